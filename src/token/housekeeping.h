/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Things to be done later: one thread that sleeps until the first is due, and
 * is there only if something is to be done. */
#ifndef TOKEN_HOUSEKEEPING_H
#define TOKEN_HOUSEKEEPING_H

#include <gpg-error.h>
#include <stdint.h>

#include "base/cleanup.h"

struct housekeeping;

/* Something to be done; its owner's to keep.  RUN is called in the thread,
 * without a lock, and says when to call it again (CLOCK_NEVER: when somebody
 * sets it). */
struct chore {
    int64_t (*run)(void *context);
    void *context;
    int64_t at; /* the rest is this file's */
    struct chore *next;
};

NODISCARD gpg_error_t housekeeping_new(struct housekeeping **ret);
/* Ends the thread; what is running is waited for, nothing else is done, also if
 * it is set later. */
void housekeeping_stop(struct housekeeping *h);
/* The same; nobody may set a chore any more. */
void housekeeping_free(struct housekeeping *h);

/* Do CHORE at AT (clock_ms; CLOCK_NEVER: not any more). */
void housekeeping_set(struct housekeeping *h, struct chore *chore, int64_t at);

/* CHORE goes: waits until it is not running any more. */
void housekeeping_cancel(struct housekeeping *h, struct chore *chore);

#endif
