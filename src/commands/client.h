/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What the commands know of the client that sent them. */
#ifndef COMMANDS_CLIENT_H
#define COMMANDS_CLIENT_H

#include <assuan.h>

#include "commands/events.h"
#include "commands/service.h"

/* One Assuan client: its connection's thread alone touches it. */
struct client {
    struct service *service;
    assuan_context_t assuan;
    struct prompter prompter;
    void (*flush)(void); /* send what was written, before what takes long */
    struct generation *generation; /* of the command under way; NULL: it has not
                                    * needed one yet */
    struct bytes data;             /* of SETDATA */
    bool has_data;
    bool has_looked; /* for new slots, in this session */
    char *serial;    /* the card it chose, NULL: none */
    struct event_target events;
    bool is_primary;    /* the daemon ends with this client */
    bool has_pin_cache; /* it knows PINCACHE_GET: it is GnuPG 2.3 or newer */
    bool ends_daemon;   /* KILLSCD: stop when this connection closes */
};

/* The configuration and the keyring of the command under way, always the same
 * ones. */
const struct config *client_config(struct client *client);
struct keyring *client_keyring(struct client *client);
/* Their number: another one after they were read anew. */
unsigned long client_generation(struct client *client);

/* At its end, or before it waits for something that can take long: it has no
 * snapshot any more.  What it asks for from then on is what is in force
 * then. */
void client_leave_generation(struct client *client);

/* A session of the agent ends: forget its data, its card, its lock. */
void client_reset(struct client *client);

/* Answer ERR with a text for a person in place of the code's own.  Use:
 * return client_error(client, GPG_ERR_INV_VALUE, "..."); */
gpg_error_t client_error(struct client *client, gpg_err_code_t code,
                         const char *text);

/* Has another client the lock of the command LOCK?  Then this one must not
 * choose a card or describe it. */
bool client_is_locked_out(struct client *client);

/* How to look which tokens there are: for new slots once in a session, or if
 * a token is wanted that is not there. */
enum keyring_look client_look(struct client *client);

/* The snapshot and this client's card in it: the one it chose, else the one
 * anybody asked for last, else the default one.  RET_CARD is NULL if the chosen
 * one is gone or there is none. */
NODISCARD gpg_error_t client_card(struct client *client, enum keyring_look look,
                                  struct snapshot **ret_snapshot,
                                  const struct card **ret_card);

/* The same, but without a card: GPG_ERR_ENODEV if there is no token,
 * GPG_ERR_CARD_NOT_PRESENT if the chosen one is gone. */
NODISCARD gpg_error_t client_need_card(struct client *client,
                                       enum keyring_look look,
                                       struct snapshot **ret_snapshot,
                                       const struct card **ret_card);

/* Answer that the client has no card: with one of these errors. */
gpg_error_t client_no_card(struct client *client,
                           const struct snapshot *snapshot);

/* Make the token with this serial number, any that it is known by, the
 * client's.  GPG_ERR_NOT_FOUND if there is none: the client keeps what it
 * has. */
NODISCARD gpg_error_t client_choose_card(struct client *client,
                                         const struct snapshot *snapshot,
                                         const char *serial,
                                         const struct card **ret_card);

/* Answer that no token has the serial number asked for: with the error that
 * makes GnuPG ask for the card. */
gpg_error_t client_no_such_card(struct client *client,
                                const struct snapshot *snapshot);

/* A key by any name a client may use; what is unknown is looked for on the
 * tokens again.  The key lives as long as RET_SNAPSHOT. */
NODISCARD gpg_error_t client_find_key(struct client *client, const char *name,
                                      struct snapshot **ret_snapshot,
                                      const struct key **ret_key);

/* The token whose PIN NAME means: this client's for nothing and for the
 * numbers of PINs that gpg and gpg-card use ("1", "2", "OPENPGP.1" and so on);
 * else that of a serial number or of a key by any of its names. */
NODISCARD gpg_error_t client_find_token(struct client *client, const char *name,
                                        struct snapshot **ret_snapshot,
                                        struct token **ret);

/* NAME names a key for an operation: only GnuPG 2.3 or newer uses keygrips for
 * that. */
void client_note_key_name(struct client *client, const char *name);

/* An operation with KEY of SNAPSHOT came to ERR.  If its token was pulled out,
 * and the same key is on another one: that key takes its place, and true.  The
 * other token wants a PIN of its own. */
bool client_find_elsewhere(struct client *client, gpg_error_t err,
                           struct snapshot **snapshot, const struct key **key);

#endif
