/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The slots of all modules, and the tokens in them. */
#ifndef TOKEN_SLOTS_H
#define TOKEN_SLOTS_H

#include "base/config.h"
#include "token/token.h"

struct slots;

/* Nothing is loaded yet.  CONFIG must outlive it. */
NODISCARD gpg_error_t slots_new(const struct config *config,
                                struct slots **ret);
/* Unloads the modules: every token must have been released. */
void slots_free(struct slots *slots);

/* Walk all slots (the modules are loaded at the first time).  A token that
 * was there before and still is stays the same struct; RET_CHANGED: some came
 * or went.  One caller at a time. */
NODISCARD gpg_error_t slots_update(struct slots *slots, bool *ret_changed);

/* The initialised tokens, in the order of the modules and their slots; valid
 * until the next update. */
struct token *const *slots_tokens(const struct slots *slots, size_t *ret_n);

/* How many tokens, slots and modules the last update left out because no
 * "match-uri" fits. */
size_t slots_left_out(const struct slots *slots);

#endif
