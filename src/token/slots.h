/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The slots of all modules, and the tokens in them. */
#ifndef TOKEN_SLOTS_H
#define TOKEN_SLOTS_H

#include "base/config.h"
#include "pkcs11/watch.h"
#include "token/token.h"

struct slots;

/* Nothing is loaded yet.  CONFIG must outlive it.  Modules are opened in
 * LIBRARIES.  From the first update at which WATCHER wants it, it is told of
 * slots that may have changed; it is the same for all of these libraries. */
NODISCARD gpg_error_t slots_new(const struct config *config,
                                struct libraries *libraries,
                                const struct watch_caller *watcher,
                                struct slots **ret);
/* Gives the modules back: every token must have been released. */
void slots_free(struct slots *slots);

/* Walk all slots (the modules are loaded at the first time).  A token that
 * was there before and still is stays the same struct; RET_CHANGED: some came
 * or went.  One caller at a time. */
NODISCARD gpg_error_t slots_update(struct slots *slots, bool *ret_changed);

/* The initialised tokens, in the order of the modules (those of the
 * configuration as they stand there, then those of the registry as p11-kit has
 * them: by priority and name), those of one module by label, serial number,
 * model and manufacturer.  Valid until the next update. */
struct token *const *slots_tokens(const struct slots *slots, size_t *ret_n);

/* How many tokens, slots and modules the last update left out because no
 * "match-uri" fits. */
size_t slots_left_out(const struct slots *slots);

#endif
