/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The kinds of keys that keymaker can make, and how a token is asked. */
#ifndef TOKEN_KEYTYPE_H
#define TOKEN_KEYTYPE_H

#include "module.h"

enum key_family { FAMILY_RSA, FAMILY_EC, FAMILY_ED, FAMILY_X };

struct keytype {
    const char *name;
    enum key_family family;
    CK_ULONG bits;            /* RSA only */
    const unsigned char *oid; /* DER, the whole element; curves only */
    size_t oid_len;
    size_t point_len;  /* of a public point, uncompressed */
    const char *curve; /* its PrintableString name, if it has one */
};

/* The type called NAME, or NULL; rsaN for any N from 1024 to 16384. */
const struct keytype *keytype_find(const char *name);

/* The curve with these CKA_EC_PARAMS, whichever form they have, or NULL. */
const struct keytype *keytype_of_params(const unsigned char *params,
                                        size_t len);

/* CKA_EC_PARAMS for TYPE in BUFFER; the length.  By name where the type has
 * one, unless BY_OID. */
size_t keytype_params(const struct keytype *type, bool by_oid,
                      unsigned char *buffer, size_t size);

/* The mechanism that makes such a key on the token of S, and its
 * CKA_KEY_TYPE. */
CK_MECHANISM_TYPE keytype_mechanism(const struct session *s,
                                    const struct keytype *type,
                                    CK_KEY_TYPE *ret_key_type);

#endif
