/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tokens that come and go while nobody asks: a thread for each library waits
 * for its events or, where that does not work, looks at its slots once a
 * second. */
#ifndef PKCS11_WATCH_H
#define PKCS11_WATCH_H

#include "pkcs11/module.h"

struct watch;

struct watch_caller {
    /* Called from a thread of the watch when a token may have come or gone; it
     * must not block. */
    void (*notice)(void *context);
    void *context;
    /* While this is 0, no module is polled and nothing is told. */
    const _Atomic unsigned *n_wanting;
};

/* Begin, unless LIBRARY is watched already: everything that changes after this
 * call is told, until the library is closed.  Blocks for as long as the module
 * takes to list its slots.
 *
 * C_WaitForSlotEvent (PKCS#11 2.40, section 5.5.4) is used for modules that
 * have it.  Not for one that is serialised, as nobody else could call it
 * meanwhile, nor for one that is not ours to finalise, as nothing else makes
 * it return. */
NODISCARD gpg_error_t watch_start(struct library *library,
                                  const struct watch_caller *caller);

/* Somebody who looks at the slots, with or without being told, has found SLOTS
 * with a token: from now on other ones are told of.  So nothing is missed of
 * tokens that come and go between two looks of the watch. */
void watch_note(struct library *library, const CK_SLOT_ID *slots, CK_ULONG n);

/* The same look found none in SLOT after all: it is told of when there is one
 * again, even if it was away for less time than anybody could see. */
void watch_note_gone(struct library *library, CK_SLOT_ID slot);

/* Nothing is told from now on.  False: the module does not come back within a
 * second from listing its slots.  Takes NULL. */
NODISCARD bool watch_stop(struct watch *watch);

/* The end of one that was stopped, when the library is finalised, which makes
 * it return if it waits.  False: it does not within a second; then what it uses
 * must stay.  Takes NULL. */
NODISCARD bool watch_free(struct watch *watch);

#endif
