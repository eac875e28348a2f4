/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Finds a card's keys by their names.  No name but the one that is sent is
 * kept: a name is taken apart, and what is in it is searched for. */
#include <string.h>

#include "keyring/card.h"

static int compare_ids(struct span a, struct span b)
{
    const size_t len = a.len < b.len ? a.len : b.len;
    const int order = len != 0 ? memcmp(a.data, b.data, len) : 0;

    if (order != 0 || a.len == b.len)
        return order;
    return a.len < b.len ? -1 : 1;
}

static struct span id_of(const struct key *key)
{
    return span_of(&key->locator.id);
}

static int compare_keys(const void *a, const void *b)
{
    const struct key *ka = a;
    const struct key *kb = b;
    const int order = compare_ids(id_of(ka), id_of(kb));

    return order != 0 ? order : strcmp(ka->grip, kb->grip);
}

static int compare_grips(const void *a, const void *b)
{
    const struct key *const *ka = a;
    const struct key *const *kb = b;

    return strcmp((*ka)->grip, (*kb)->grip);
}

gpg_error_t card_sort_keys(struct card *card)
{
    const struct key **by_grip =
        calloc(card->n_keys + 1, sizeof(const struct key *));

    if (by_grip == NULL)
        return gpg_error_from_syserror();
    qsort(card->keys, card->n_keys, sizeof(struct key), compare_keys);
    for (size_t i = 0; i < card->n_keys; i++)
        by_grip[i] = &card->keys[i];
    qsort(by_grip, card->n_keys, sizeof(const struct key *), compare_grips);
    free(card->by_grip);
    card->by_grip = by_grip;
    return 0;
}

/* The first key whose CKA_ID is not less than ID. */
static size_t first_with_id(const struct card *card, struct span id)
{
    size_t low = 0;
    size_t high = card->n_keys;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (compare_ids(id_of(&card->keys[middle]), id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool has_id(const struct card *card, size_t i, struct span id)
{
    return i < card->n_keys && span_equal(id_of(&card->keys[i]), id);
}

bool card_shares_id(const struct card *card, const struct key *key)
{
    const size_t i = first_with_id(card, id_of(key));

    return has_id(card, i + 1, id_of(key));
}

/* The first whose keygrip begins with the LEN digits of GRIP. */
static const struct key *with_grip(const struct card *card, const char *grip,
                                   size_t len)
{
    size_t low = 0;
    size_t high = card->by_grip != NULL ? card->n_keys : 0;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = strncmp(card->by_grip[middle]->grip, grip, len);

        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return card->by_grip != NULL && low < card->n_keys &&
                   strncmp(card->by_grip[low]->grip, grip, len) == 0
               ? card->by_grip[low]
               : NULL;
}

const struct key *card_key_by_grip(const struct card *card, const char *grip)
{
    return with_grip(card, grip, KEYGRIP_HEX_LEN);
}

/* A reference that was once sent must go on meaning its key when another one
 * with the same CKA_ID comes into sight: GnuPG 2.2 keeps it. */
static const struct key *public_one_first(const struct card *card,
                                          struct span id)
{
    const size_t first = first_with_id(card, id);

    for (size_t i = first; has_id(card, i, id); i++)
        if (card->keys[i].is_public)
            return &card->keys[i];
    return has_id(card, first, id) ? &card->keys[first] : NULL;
}

const struct key *card_key_by_own_ref(const struct card *card, const char *ref)
{
    AUTO_BYTES id = {0};
    const char *digits = identity_own_ref_grip(ref);

    if (digits != NULL)
        return with_grip(card, digits, strlen(digits));
    if (identity_own_ref_id(ref, &id) != 0)
        return NULL;
    return public_one_first(card, span_of(&id));
}

const struct key *card_key_by_old_ref(const struct card *card, const char *ref)
{
    AUTO_BYTES id = {0};
    size_t i = 0;

    if (identity_old_ref_id(&card->identity, ref, &id) != 0)
        return NULL;
    i = first_with_id(card, span_of(&id));
    return has_id(card, i, span_of(&id)) ? &card->keys[i] : NULL;
}

const struct key *card_key_by_ref(const struct card *card, const char *ref)
{
    return identity_is_own_ref(ref) ? card_key_by_own_ref(card, ref)
                                    : card_key_by_old_ref(card, ref);
}

bool card_has_own_ref(const struct card *card, const char *ref)
{
    const struct key *key = card_key_by_own_ref(card, ref);

    if (key == NULL)
        return false;
    return identity_own_ref_grip(ref) != NULL || !card_shares_id(card, key);
}
