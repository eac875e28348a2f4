/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One operation while it is under way, for these two files only. */
#ifndef TOKEN_OPERATION_PRIVATE_H
#define TOKEN_OPERATION_PRIVATE_H

#include "token/token_private.h"

struct operation {
    struct token *token;
    const struct key_locator *key;
    const struct token_request *request;
    const struct prompter *prompter;
    struct pin_reason reason;
    bool *pin_sent; /* the key's own PIN was handed to the token */
};

/* The key, from memory or looked for on the token. */
NODISCARD CK_RV operation_find(const struct operation *op,
                               struct known_key *ret);

/* Do it with KEY: with the mechanism that the algorithm prefers or the other
 * one, by the function that the key's attributes or "private-mask" name or, if
 * the token refuses that, the other one that the mask allows.  PIN: for a key
 * that wants it at each use, NULL for others.  It is sent once at most, and
 * nothing else is tried when it was. */
NODISCARD CK_RV operation_run(const struct operation *op,
                              const struct known_key *key,
                              const struct secret *pin, struct secret *ret,
                              enum mech *ret_mech);

/* Does RV say that the key is not to be used by this function? */
bool operation_is_other_way(CK_RV rv);

#endif
