/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The slots of all modules, and the tokens in them. */
#ifndef TOKEN_SLOTS_H
#define TOKEN_SLOTS_H

#include "base/config.h"
#include "token/token.h"
#include "token/watch.h"

struct slots;

/* Nothing is loaded yet.  CONFIG must outlive it.  From the first update at
 * which WATCHER wants it, it is told of slots that may have changed. */
NODISCARD gpg_error_t slots_new(const struct config *config,
                                const struct watch_caller *watcher,
                                struct slots **ret);
/* Tell nobody any more.  False: a module does not come back, and SLOTS, the
 * tokens and who was told must stay as they are. */
NODISCARD bool slots_unwatch(struct slots *slots);
/* Unloads the modules: every token must have been released, and nobody be
 * told any more.  False: a module does not end, and a thread is in it still;
 * what it needs stays. */
NODISCARD bool slots_free(struct slots *slots);

/* Walk all slots (the modules are loaded at the first time); ANEW: there may be
 * new ones, see slots_list.  A token that
 * was there before and still is stays the same struct; RET_CHANGED: some came
 * or went.  One caller at a time. */
NODISCARD gpg_error_t slots_update(struct slots *slots, bool anew,
                                   bool *ret_changed);

/* The initialised tokens, in the order of the modules (those of the
 * configuration as they stand there, then those of the registry as p11-kit has
 * them: by priority and name), those of one module by label, serial number,
 * model and manufacturer.  Valid until the next update. */
struct token *const *slots_tokens(const struct slots *slots, size_t *ret_n);

/* How many tokens, slots and modules the last update left out because no
 * "match-uri" fits. */
size_t slots_left_out(const struct slots *slots);

#endif
