/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A module and one of its keys without anything around them: what the
 * programs of the benchmark compare the daemon with. */
#ifndef BENCH_TOKEN_H
#define BENCH_TOKEN_H

#include "pkcs11/cryptoki.h"

struct bench_key {
    CK_SESSION_HANDLE session;
    CK_OBJECT_HANDLE handle;
    CK_MECHANISM_TYPE mechanism; /* CKM_RSA_PKCS, CKM_ECDSA or CKM_EDDSA */
};

/* Initialise MODULE, log in to its token LABEL.  Failures end the program, as
 * all of them here do. */
void bench_open(const char *module, const char *label, const char *pin);

/* A session of its own, and in it the private key whose CKA_ID is one byte,
 * in hex. */
struct bench_key bench_find_key(const char *id);
void bench_close_key(const struct bench_key *key);

/* C_SignInit and C_Sign of DATA; the length of the signature in RET, which has
 * room for 1024 bytes. */
CK_ULONG bench_sign(const struct bench_key *key, const unsigned char *data,
                    CK_ULONG len, unsigned char *ret);

/* Bytes from hex digits into RET with room for SIZE; their number. */
CK_ULONG bench_hex(const char *hex, unsigned char *ret, CK_ULONG size);

#endif
