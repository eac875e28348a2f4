/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The module's calls that sign, decrypt, unwrap or derive, in one session. */
#ifndef TOKEN_COMPUTE_H
#define TOKEN_COMPUTE_H

#include "token/sessions.h"
#include "token/token_private.h"

/* What is to be done, and how: with one of the request's two mechanisms. */
struct compute {
    struct token *token;
    const struct token_request *request;
    enum key_way way;
    enum mech mech;
    struct span input;
};

/* C_SignInit, C_SignRecoverInit or C_DecryptInit. */
NODISCARD CK_RV compute_begin(const struct compute *c, struct session *session,
                              CK_OBJECT_HANDLE key);

/* C_Sign, C_SignRecover or C_Decrypt into room for what the algorithm can give;
 * more only if the token insists. */
CK_RV compute_finish(const struct compute *c, struct session *session,
                     struct secret *ret);

/* C_DeriveKey (PKCS#11 2.40 mechanisms, section 2.3.8): the raw point in, a
 * generic secret that may be read out; all modules take this form. */
NODISCARD CK_RV compute_derive(const struct compute *c, struct session *session,
                               CK_OBJECT_HANDLE key, struct secret *ret);

/* C_UnwrapKey (PKCS#11 2.40, section 5.13.4): the ciphertext in, a generic
 * secret of whatever length, the plaintext, that may be read out. */
NODISCARD CK_RV compute_unwrap(const struct compute *c, struct session *session,
                               CK_OBJECT_HANDLE key, struct secret *ret);

#endif
