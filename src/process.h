/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The process: what it inherits and gives away, and how it is told to end. */
#ifndef PROCESS_H
#define PROCESS_H

#include <gpg-error.h>

#include "base/cleanup.h"

/* Open those of the standard descriptors that are closed to /dev/null: the next
 * file would take their place. */
void process_open_stdio(void);

/* No core dumps, no tracing by other programs of the user: there are PINs in
 * memory.  The standard descriptors are open.  SIGPIPE and SIGXFSZ off,
 * SIGCHLD as usual. */
void process_harden(void);

/* Close what was inherited but the standard descriptors and KEPT_FD, which may
 * be -1: once, before a file of ours is open. */
void process_close_inherited(int kept_fd);

/* SIGUSR1 waits from now on, in this thread and all it starts, for
 * process_wait: who tells all daemons to read their configuration anew ends
 * none that has just been started. */
void process_hold_reload(void);

/* Move standard input and output to other descriptors, which modules do not
 * know, and put /dev/null and standard error in their place. */
NODISCARD gpg_error_t process_take_stdio(int *ret_in, int *ret_out);

/* Hold the signals that end us back, in this thread and all it starts, and
 * those that agents use (SIGUSR1, SIGUSR2); once, before the first of them. */
void process_block_signals(void);

/* Wait for SIGTERM, SIGINT, SIGHUP or SIGUSR1, and return it, or for
 * process_end: 0. */
int process_wait(void);

/* Make process_wait return 0, from any thread; nothing happens if nobody
 * calls it any more. */
void process_end(void *unused);

/* The end has begun: from now on SIGTERM and SIGINT end the process at once,
 * and so does the time, after SECONDS. */
void process_end_within(unsigned seconds);

#endif
