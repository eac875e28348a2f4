/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What all clients share: the configuration and the keyring in force, and how
 * others take their place. */
#ifndef COMMANDS_SERVICE_H
#define COMMANDS_SERVICE_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/config.h"
#include "commands/events.h"
#include "keyring/keyring.h"
#include "token/housekeeping.h"

struct client;

/* One configuration with what is known because of it.  A command has the same
 * one from its beginning to its end, whatever is read anew meanwhile. */
struct generation {
    _Atomic unsigned references;
    unsigned long number; /* 1 is the first */
    struct config config;
    struct keyring *keyring;
};

/* Reads the configuration anew: RET, which was initialised, is to take the
 * place of OLD.  An error, which the log has: OLD stays in force. */
typedef gpg_error_t (*service_read_fn)(void *context, const struct config *old,
                                       struct config *ret);

struct service {
    const char *socket_name; /* NULL: there is none (--server) */
    _Atomic unsigned n_connections;
    _Atomic bool stopping; /* the daemon is on its way out */
    int stop_fd;           /* readable then */
    struct events events;
    struct libraries libraries;

    service_read_fn read;
    void *read_context;
    pthread_mutex_t reload_lock; /* one at a time reads it anew */
    pthread_mutex_t lock;        /* of the next */
    struct generation *generation;

    struct housekeeping *looker; /* what nobody waits for */
    struct chore look;           /* tokens may have come or gone */
    struct chore first_look;     /* the modules are to be watched */

    pthread_mutex_t card_lock;      /* of the next two */
    pthread_cond_t unlocked;        /* by the monotonic clock */
    const struct client *locked_by; /* LOCK, NULL: nobody */
};

/* SERVICE is zeros but for stop_fd.  CONFIG is taken over. */
NODISCARD gpg_error_t service_init(struct service *service,
                                   struct config *config, service_read_fn read,
                                   void *read_context);
/* When no command is under way any more: gives the modules back.  False: a
 * module does not end, a thread is in it still, and the process can only be
 * left as it is. */
NODISCARD bool service_stop(struct service *service);
/* After that. */
void service_done(struct service *service);

/* What is in force now, the caller's to unref. */
struct generation *service_generation(struct service *service);
void generation_unref(struct generation *generation);

/* Read the configuration anew.  Commands that begin from then on have the new
 * one, and tokens are logged out: what nobody uses now, modules too, goes at
 * once, the rest when the commands that use it end.  Clients are told that
 * tokens may have come or gone.  RET_MISTAKES: so many lines cannot be used;
 * errors: those of "read". */
NODISCARD gpg_error_t service_reload(struct service *service,
                                     unsigned *ret_mistakes);

#endif
