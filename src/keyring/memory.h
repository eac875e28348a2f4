/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What a login has shown of a token, and a listing without one does not: kept
 * from one start to the next, public data only. */
#ifndef KEYRING_MEMORY_H
#define KEYRING_MEMORY_H

#include "base/str.h"
#include "keyring/pubkey.h"

/* More of a token's objects, or grips, are not kept; and no longer file. */
#define MEMORY_MAX_ENTRIES ((size_t)1024)
#define MEMORY_MAX_SIZE ((size_t)8 * 1024 * 1024)

struct memory {
    /* Objects that are seen after a login only. */
    struct object_list objects;
    /* Keys of which a public key or a certificate is there, and no private
     * key. */
    uint8_t (*without_key)[KEYGRIP_LEN];
    size_t n_without_key;
};

void memory_clear(struct memory *memory);
#define AUTO_MEMORY AUTO(memory_clear) struct memory

static inline bool memory_is_empty(const struct memory *memory)
{
    return memory->objects.n == 0 && memory->n_without_key == 0;
}

/* Keep a copy.  GPG_ERR_TOO_MANY if there is no room for more. */
NODISCARD gpg_error_t memory_add_object(struct memory *memory,
                                        const struct object *object);
NODISCARD gpg_error_t memory_add_without_key(struct memory *memory,
                                             const uint8_t grip[KEYGRIP_LEN]);

/* Keep what of PAIRS, made with all private keys in sight, would not be known
 * without the login. */
struct pairs;
NODISCARD gpg_error_t memory_collect(struct memory *memory,
                                     const struct pairs *pairs);

/* Move the objects that LIST does not have to its end. */
NODISCARD gpg_error_t memory_recall(struct memory *memory,
                                    struct object_list *list);

/* As the text of a file, about the token with this serial number.
 * GPG_ERR_TOO_LARGE. */
NODISCARD gpg_error_t memory_encode(const struct memory *memory,
                                    const char *serial, struct strbuf *ret);

/* Read such a TEXT: every byte of it as memory_encode would have written it,
 * or nothing is taken.  GPG_ERR_INV_VALUE: it is damaged;
 * GPG_ERR_UNKNOWN_VERSION; GPG_ERR_WRONG_CARD: about another token.  RET is
 * empty before.  What the values are good for is for others to see. */
NODISCARD gpg_error_t memory_decode(struct span text, const char *serial,
                                    struct memory *ret);

#endif
