/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tokens that come and go while nobody asks: a thread for each module waits
 * for its events or, where that does not work, looks at its slots once a
 * second. */
#ifndef TOKEN_WATCH_H
#define TOKEN_WATCH_H

#include "pkcs11/module.h"

struct watch;

struct watch_caller {
    /* Called from a thread of the watch when a token may have come or gone;
     * it may make module calls and take long. */
    void (*notice)(void *context);
    void *context;
    /* While this is 0, no module is polled and nothing is told. */
    const _Atomic unsigned *n_wanting;
};

/* Begin: everything that changes after this call is told.  Blocks for as long
 * as the modules take to list their slots.  MODULES must outlive it.
 *
 * C_WaitForSlotEvent (PKCS#11 2.40, section 5.5.4) is used for modules that
 * have it.  Not for one that is serialised, as nobody else could call it
 * meanwhile, nor for one that is not ours to finalise, as nothing else makes
 * it return. */
NODISCARD gpg_error_t watch_start(const struct modules *modules,
                                  const struct watch_caller *caller,
                                  struct watch **ret);

/* Nothing is told from now on.  False: a module or what is told does not come
 * back within a second; then nothing that they use may be freed. */
NODISCARD bool watch_stop(struct watch *watch);

/* The end of one that was stopped: modules whose events are waited for are
 * finalised, which makes them return.  One that does not within a second is
 * marked as stuck.  Takes NULL. */
void watch_free(struct watch *watch);

#endif
