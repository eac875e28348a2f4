/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What the commands know of the daemon and of the client that sent them. */
#ifndef COMMANDS_CLIENT_H
#define COMMANDS_CLIENT_H

#include <assuan.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/config.h"
#include "keyring/keyring.h"

struct client;

/* What all clients share. */
struct service {
    const struct config *config;
    struct keyring *keyring;
    const char *socket_name; /* NULL: there is none (--server) */
    _Atomic unsigned n_connections;
    _Atomic bool stopping; /* the daemon is on its way out */

    pthread_mutex_t card_lock; /* of the next two */
    pthread_cond_t unlocked;
    const struct client *locked_by; /* LOCK, NULL: nobody */
};

/* One Assuan client: its connection's thread alone touches it. */
struct client {
    struct service *service;
    assuan_context_t assuan;
    struct prompter prompter;
    struct bytes data; /* of SETDATA */
    bool has_data;
    char *serial;       /* the card it chose, NULL: none */
    int event_signal;   /* to send on card events; 0: none */
    bool has_pin_cache; /* it knows PINCACHE_GET: it is GnuPG 2.3 or newer */
    bool ends_daemon;   /* KILLSCD: stop when this connection closes */
};

/* A session of the agent ends: forget its data, its card, its lock. */
void client_reset(struct client *client);

/* Answer ERR with a text for a person in place of the code's own.  Use:
 * return client_error(client, GPG_ERR_INV_VALUE, "..."); */
gpg_error_t client_error(struct client *client, gpg_err_code_t code,
                         const char *text);

/* The snapshot and this client's card in it: the one it chose, else the one
 * anybody asked for last, else the first.  RET_CARD is NULL if the chosen one
 * is gone or there is none. */
NODISCARD gpg_error_t client_card(struct client *client, enum keyring_look look,
                                  struct snapshot **ret_snapshot,
                                  const struct card **ret_card);

/* The same, but without a card: GPG_ERR_ENODEV if there is no token,
 * GPG_ERR_CARD_NOT_PRESENT if the chosen one is gone. */
NODISCARD gpg_error_t client_need_card(struct client *client,
                                       enum keyring_look look,
                                       struct snapshot **ret_snapshot,
                                       const struct card **ret_card);

/* Make the token with this serial number, any that it is known by, the
 * client's.  If there is none the client keeps what it has:
 * GPG_ERR_CARD_NOT_PRESENT, or GPG_ERR_ENODEV without any token. */
NODISCARD gpg_error_t client_choose_card(struct client *client,
                                         const char *serial,
                                         enum keyring_look look,
                                         struct snapshot **ret_snapshot,
                                         const struct card **ret_card);

/* A key by any name a client may use; what is unknown is looked for on the
 * tokens again.  The key lives as long as RET_SNAPSHOT. */
NODISCARD gpg_error_t client_find_key(struct client *client, const char *name,
                                      struct snapshot **ret_snapshot,
                                      const struct key **ret_key);

/* NAME names a key for an operation: only GnuPG 2.3 or newer uses keygrips for
 * that. */
void client_note_key_name(struct client *client, const char *name);

#endif
