/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The pairing of objects while it is under way; for its three files only. */
#ifndef KEYRING_PAIR_PRIVATE_H
#define KEYRING_PAIR_PRIVATE_H

#include "base/map.h"
#include "keyring/pair.h"

/* The work under way: the result, and where its pairs are found. */
struct pairing {
    struct pairs result;
    struct map by_grip; /* hex keygrip -> pair */
    char (*grips)[KEYGRIP_HEX_LEN + 1];
};

/* Note for people why an object is of no use. */
void pairing_skip(struct pairing *p, const struct object *object,
                  const char *why);

/* The pair with this keygrip, NULL if there is none yet. */
struct pair *pairing_find(const struct pairing *p,
                          const uint8_t grip[KEYGRIP_LEN]);

/* Private keys of LIST that show no public part, each PENDING, find their pair
 * by CKA_ID and CKA_LABEL. */
NODISCARD gpg_error_t pairing_by_id(struct pairing *p,
                                    const struct object_list *list,
                                    const bool *pending);

/* Take away what the configuration leaves out, and what is no key for want of
 * a private one: all that have none in sight if COMPLETE, else those of which
 * MEMORY (or NULL) knows it.  They cannot be found by keygrip any more. */
void pairing_drop(struct pairing *p, bool complete,
                  const struct memory *memory);

#endif
