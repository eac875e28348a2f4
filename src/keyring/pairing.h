/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Pairing under way: the pairs that there are already. */
#ifndef KEYRING_PAIRING_H
#define KEYRING_PAIRING_H

#include "base/map.h"
#include "keyring/pair.h"

struct pairing {
    struct pairs result;
    struct map by_grip; /* hex keygrip -> pair */
    char (*grips)[KEYGRIP_HEX_LEN + 1];
};

void pairing_clear(struct pairing *p);

/* Note for people why OBJECT is of no use. */
void pairing_skip(struct pairing *p, const struct object *object,
                  const char *why);

/* NULL if there is none. */
struct pair *pairing_find(const struct pairing *p,
                          const uint8_t grip[KEYGRIP_LEN]);

/* A new pair for PUBKEY, which it takes over.  There is room: the arrays are
 * as long as there are objects. */
NODISCARD gpg_error_t pairing_add(struct pairing *p, struct pubkey *pubkey,
                                  const uint8_t grip[KEYGRIP_LEN],
                                  struct pair **ret);

/* All is paired: what the configuration leaves out goes, and what has no
 * private key is no key.  COMPLETE and MEMORY as for pairs_make. */
void pairing_drop(struct pairing *p, bool complete,
                  const struct memory *memory);

#endif
