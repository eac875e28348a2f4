/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Making a card's keys and certificates of its token's objects. */
#ifndef KEYRING_SCAN_H
#define KEYRING_SCAN_H

#include "keyring/card.h"
#include "pkcs11/objects.h"

/* Fill in the keys, certificates and skipped objects of CARD (its identity is
 * made, its lists are empty).  COMPLETE: OBJECTS has the private keys. */
NODISCARD gpg_error_t scan_objects(struct card *card,
                                   const struct config *config,
                                   const struct object_list *objects,
                                   bool complete);

#endif
