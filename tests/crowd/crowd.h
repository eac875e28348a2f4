/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A PKCS#11 module with as many tokens and keys as one likes: nothing is kept
 * of a key but a point, everything else is computed when it is asked for.
 *
 *   CROWD_TOKENS  tokens, each in a slot of its own (1)
 *   CROWD_KEYS    keys on each (10)
 *   CROWD_CERTS   certificates of each key (1)
 *   CROWD_KINDS   "rsa", "ec", or "mixed": every eighth key is on P-256
 *                 (mixed)
 *   CROWD_IDS     "own": each key has its CKA_ID; "none": the CKA_LABEL says
 *                 what belongs together; "one": all have the same, and labels
 *                 of their own (own)
 *   CROWD_LOGIN   "no": none is needed; "keys": private keys are seen after
 *                 it; "all": nothing is seen before (no).  The PIN is 123456.
 *   CROWD_SILENT  "yes": private keys do not show their public part (no)
 *
 * An RSA key has the public exponent 1, so that the signature of a block is
 * that block: valid for everybody who verifies it, without any work here. */
#ifndef CROWD_CROWD_H
#define CROWD_CROWD_H

#include <p11-kit/pkcs11.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

enum crowd_kinds { KINDS_MIXED, KINDS_RSA, KINDS_EC };
enum crowd_ids { IDS_OWN, IDS_NONE, IDS_ONE };
enum crowd_login { LOGIN_NO, LOGIN_KEYS, LOGIN_ALL };

struct crowd {
    unsigned tokens;
    unsigned keys;
    unsigned certs;
    enum crowd_kinds kinds;
    enum crowd_ids ids;
    enum crowd_login login;
    bool silent;
};

/* Set by C_Initialize, the same until C_Finalize. */
extern struct crowd crowd;

#define CROWD_RSA_LEN 256
#define CROWD_FIELD_LEN 32
#define CROWD_POINT_LEN (1 + 2 * CROWD_FIELD_LEN)

/* One key of all tokens: the first is 0. */
static inline unsigned crowd_number(CK_SLOT_ID slot, unsigned key)
{
    return (unsigned)slot * crowd.keys + key;
}

/* --- keys.c: what keys are ----------------------------------------------- */

/* Compute the points.  False if libgcrypt cannot. */
bool crowd_make_keys(void);
void crowd_forget_keys(void);
bool crowd_is_ec(unsigned key);
void crowd_modulus(unsigned number, unsigned char ret[CROWD_RSA_LEN]);
/* 04||X||Y of a key that is on P-256. */
void crowd_point(unsigned number, unsigned char ret[CROWD_POINT_LEN]);

/* The signature of DATA in RET, which has room for it: CROWD_RSA_LEN bytes, or
 * twice CROWD_FIELD_LEN. */
CK_RV crowd_sign(unsigned number, bool is_ec, const unsigned char *data,
                 size_t len, unsigned char *ret);

/* --- certificate.c ------------------------------------------------------- */

#define CROWD_CERT_SIZE 1024

/* DER of the certificate INDEX of a key. */
size_t crowd_certificate(CK_SLOT_ID slot, unsigned key, unsigned index,
                         unsigned char ret[CROWD_CERT_SIZE]);

/* --- objects.c: what is on a token ---------------------------------------- */

struct crowd_search {
    bool is_active;
    bool wants_class;
    bool wants_key; /* one key, by its CKA_ID or CKA_LABEL */
    bool finds_nothing;
    CK_OBJECT_CLASS class;
    unsigned key;
    CK_ULONG next; /* the first object that was not looked at */
};

CK_RV crowd_search_begin(struct crowd_search *search, CK_SLOT_ID slot,
                         const CK_ATTRIBUTE *template, CK_ULONG n);
CK_ULONG crowd_search_more(struct crowd_search *search, bool logged_in,
                           CK_OBJECT_HANDLE *handles, CK_ULONG max);
CK_RV crowd_attributes(CK_SLOT_ID slot, bool logged_in, CK_OBJECT_HANDLE handle,
                       CK_ATTRIBUTE *attributes, CK_ULONG n);
/* The key whose private half HANDLE is; false if it is none. */
bool crowd_private_key(CK_OBJECT_HANDLE handle, unsigned *ret);

#endif
