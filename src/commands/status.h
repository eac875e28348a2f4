/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Status lines and data of an answer. */
#ifndef COMMANDS_STATUS_H
#define COMMANDS_STATUS_H

#include "base/secret.h"
#include "commands/client.h"

/* "S KEYWORD VALUE", the value as it is. */
NODISCARD gpg_error_t status_raw(struct client *client, const char *keyword,
                                 const char *value);

/* The same with the value escaped: it may come from a token. */
NODISCARD gpg_error_t status_text(struct client *client, const char *keyword,
                                  const char *value);

/* "S KEYPAIRINFO grip ref usage keytime algo" of a key. */
NODISCARD gpg_error_t status_keypairinfo(struct client *client,
                                         const struct key *key);

/* The text of an answer to CHV-STATUS and its like: the state of the user PIN
 * as GnuPG counts: tries left, or -2 not applicable, -3 blocked, -5
 * verified. */
const char *status_chv(struct token *token);

/* The same as a number of tries: 0 blocked, 1 the last, -2 not told. */
const char *status_chv_tries(struct token *token);

/* D lines. */
NODISCARD gpg_error_t status_data(struct client *client, struct span data);

/* D lines that libassuan must not log. */
NODISCARD gpg_error_t status_confidential(struct client *client,
                                          struct span data);

/* The name by which GnuPG knows our kind of card: "p15", or what "card-type"
 * says. */
const char *status_app(struct client *client);

#endif
