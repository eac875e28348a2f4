/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tokens that tell the same four names (modules for TPMs report zeros for all
 * of them): each gets a serial number of its own. */
#ifndef KEYRING_TWINS_H
#define KEYRING_TWINS_H

#include "keyring/card.h"

/* Tell each of the N tokens that are present whether another one tells the same
 * names; before their objects are read. */
void twins_note(struct token *const *tokens, size_t n);

/* Name the N cards that are present, before anybody else sees them.  What
 * tells a twin apart is stable: the lowest keygrip that is seen without a
 * login; if there is none, or the other has it too, the slot.  A card that
 * becomes a twin, or is one no longer, is replaced by one made anew, as cards
 * do not change.  Twins of one module are put in the order of these serial
 * numbers. */
NODISCARD gpg_error_t twins_name(struct card **cards, size_t n,
                                 const struct config *config);

/* Is SERIAL (hex, either case) one that this card had, or would have, as a
 * twin?  With each of its keys: the lowest keygrip may have been another one
 * when somebody kept the number. */
bool twins_could_be(const struct card *card, const char *serial);

#endif
