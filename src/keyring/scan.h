/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Making a card's keys and certificates of its token's objects. */
#ifndef KEYRING_SCAN_H
#define KEYRING_SCAN_H

#include "keyring/card.h"
#include "keyring/memory.h"
#include "pkcs11/objects.h"

/* Fill in the keys, certificates, holder (if a certificate of a key tells it)
 * and skipped objects of CARD (its identity is
 * made, its lists are empty).  COMPLETE: OBJECTS has the private keys; then
 * MEMORY, empty before, gets what a listing without a login would not show, or
 * get wrong.  Else MEMORY says what is no key.  It may be NULL. */
NODISCARD gpg_error_t scan_objects(struct card *card,
                                   const struct config *config,
                                   const struct object_list *objects,
                                   bool complete, struct memory *memory);

#endif
