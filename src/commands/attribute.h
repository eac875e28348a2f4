/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The attributes of a card, for GETATTR and LEARN. */
#ifndef COMMANDS_ATTRIBUTE_H
#define COMMANDS_ATTRIBUTE_H

#include "commands/client.h"

/* Write the status lines of the attribute NAME of CARD; of its KEY where that
 * makes a difference, NULL if none was named.  No line if it has no value.
 * GPG_ERR_INV_NAME if there is no such attribute. */
NODISCARD gpg_error_t attribute_write(struct client *client,
                                      const struct card *card,
                                      const struct key *key, const char *name);

/* All those that LEARN tells, in its order. */
NODISCARD gpg_error_t attribute_write_all(struct client *client,
                                          const struct card *card);

#endif
