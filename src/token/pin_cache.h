/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A token's PIN in the cache of a client, gpg-agent: encrypted, so that only
 * this token's struct, in this process, can make use of it.
 *
 * One token's PIN can never be offered to another one, not even to the same
 * one when it has been away: the key they are encrypted with goes with the
 * struct.  Forgetting that key is forgetting all PINs, in whatever cache. */
#ifndef TOKEN_PIN_CACHE_H
#define TOKEN_PIN_CACHE_H

#include <pthread.h>

#include "token/prompter.h"

struct pin_cache {
    pthread_mutex_t lock;
    struct secret wrap_key; /* empty: no PIN of this token is in any cache */
    char name[32];          /* under which a client keeps it */
};

void pin_cache_init(struct pin_cache *cache);
void pin_cache_done(struct pin_cache *cache);

/* The PIN that the client of PROMPTER has for this token; RET stays empty if
 * it has none that can be read.  Errors: what the client said. */
NODISCARD gpg_error_t pin_cache_get(struct pin_cache *cache,
                                    const struct prompter *prompter,
                                    struct secret *ret);

/* Hand the client PIN, unless it is too long for that. */
void pin_cache_put(struct pin_cache *cache, const struct prompter *prompter,
                   const struct secret *pin);

/* No PIN that was handed out so far is good any more. */
void pin_cache_forget(struct pin_cache *cache, const struct prompter *prompter);

#endif
