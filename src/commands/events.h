/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Clients that are told when tokens come and go: by a signal (OPTION
 * event-signal), or while they wait for it (DEVINFO --watch). */
#ifndef COMMANDS_EVENTS_H
#define COMMANDS_EVENTS_H

#include <gpg-error.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/cleanup.h"

struct client;

/* How one client is told; in its struct client. */
struct event_target {
    bool has_process; /* the next two are set */
    int process;      /* a pidfd */
    int signal;
    bool is_waiting; /* the pipe is there: a byte in it means "look" */
    int wake[2];
    struct event_target *next;
};

/* All that are told; in struct service. */
struct events {
    pthread_mutex_t lock; /* of the list and what is in it */
    struct event_target *first;
    _Atomic unsigned n_told; /* as long as there is one, tokens are watched */
};

void events_init(struct events *events);
void events_done(struct events *events);

/* Tokens came or went: tell everybody.  Does not block. */
void events_tell(struct events *events);

/* Send the client's process, which is PID if that is known, SIGNAL from now
 * on; 0: no more.  The client's connection alone calls this and the others
 * below. */
NODISCARD gpg_error_t events_set_signal(struct client *client, pid_t pid,
                                        int signal);

/* From here to events_end_wait, nothing is missed that events_wait does not
 * return for. */
NODISCARD gpg_error_t events_begin_wait(struct client *client);
void events_end_wait(struct client *client);

/* Until tokens may have come or gone: true; or until the client says something
 * or leaves, or the daemon ends: false.  Reads nothing of what it says. */
bool events_wait(struct client *client);

/* The client leaves. */
void events_leave(struct client *client);

#endif
