/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Signatures that a token made, verified before they are handed out. */
#ifndef KEYRING_VERIFY_H
#define KEYRING_VERIFY_H

#include "keyring/pubkey.h"
#include "token/token.h"

/* Any number of threads may use it. */
struct verifier;

/* PUBKEY stays with the caller, for as long as the verifier. */
NODISCARD gpg_error_t verifier_new(const struct pubkey *pubkey,
                                   struct verifier **ret);
void verifier_free(struct verifier *verifier);

/* Is SIGNATURE, in the form that gpg-agent gets, this key's signature of what
 * REQUEST asked the token to sign?  GPG_ERR_BAD_SIGNATURE if not.  0 also if
 * libgcrypt cannot verify anything with such a key; NAME stands for the key
 * in the log, which says so once. */
NODISCARD gpg_error_t verifier_check(struct verifier *verifier,
                                     const struct token_request *request,
                                     struct span signature, const char *name);

#endif
