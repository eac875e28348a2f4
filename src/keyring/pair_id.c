/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Pairs by CKA_ID and CKA_LABEL, for private keys that show nothing else. */
#include <string.h>

#include "keyring/pair_private.h"

/* A pair and what it is found by; sorted by id, label, and as they came. */
struct place {
    struct pair *pair;
    struct span id;
    struct span label;
    /* If it is the first with its id, or with its id and label: so many from
     * here on have their private key already. */
    size_t skip_id;
    size_t skip_label;
};

struct places {
    struct place *places;
    size_t n;
};

static void places_clear(struct places *places)
{
    free(places->places);
    *places = (struct places){0};
}

static int compare_spans(struct span a, struct span b)
{
    const size_t len = a.len < b.len ? a.len : b.len;
    const int order = len != 0 ? memcmp(a.data, b.data, len) : 0;

    if (order != 0 || a.len == b.len)
        return order;
    return a.len < b.len ? -1 : 1;
}

static int compare_places(const void *a, const void *b)
{
    const struct place *pa = a;
    const struct place *pb = b;
    int order = compare_spans(pa->id, pb->id);

    if (order == 0)
        order = compare_spans(pa->label, pb->label);
    if (order == 0)
        order = (pa->pair > pb->pair) - (pa->pair < pb->pair);
    return order;
}

static gpg_error_t places_make(struct pairing *p, struct places *ret)
{
    ret->places = calloc(p->result.n + 1, sizeof *ret->places);
    if (ret->places == NULL)
        return gpg_error_from_syserror();
    for (size_t i = 0; i < p->result.n; i++) {
        struct pair *pair = &p->result.pairs[i];
        const struct object *o = pair->public_key;

        if (o == NULL && pair->certificate != NULL)
            o = pair->certificate->object;
        if (pair->private_key == NULL && o != NULL)
            ret->places[ret->n++] = (struct place){.pair = pair,
                                                   .id = span_of(&o->id),
                                                   .label = span_of(&o->label)};
    }
    qsort(ret->places, ret->n, sizeof *ret->places, compare_places);
    return 0;
}

/* The first place that is not before this id and, unless NULL, label. */
static size_t find_place(const struct places *all, struct span id,
                         const struct span *label)
{
    size_t low = 0;
    size_t high = all->n;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        int order = compare_spans(all->places[middle].id, id);

        if (order == 0 && label != NULL)
            order = compare_spans(all->places[middle].label, *label);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Could PRIVATE_KEY be the other half of a key like PUBKEY? */
static bool is_same_kind(const struct object *private_key,
                         const struct pubkey *pubkey)
{
    if ((private_key->key_type == KEY_TYPE_RSA) != pubkey_is_rsa(pubkey))
        return false;
    return pubkey_is_rsa(pubkey) || private_key->ec_params.len == 0 ||
           curve_from_params(span_of(&private_key->ec_params)) == pubkey->curve;
}

/* The first pair of the right kind without a private key, of those that have
 * this id and, unless NULL, label. */
static struct pair *find_free(struct places *all,
                              const struct object *private_key, struct span id,
                              const struct span *label)
{
    const size_t first = find_place(all, id, label);
    size_t *skip = NULL;

    if (first == all->n)
        return NULL;
    skip = label != NULL ? &all->places[first].skip_label
                         : &all->places[first].skip_id;
    for (size_t i = first + *skip; i < all->n; i++) {
        const struct place *place = &all->places[i];

        if (!span_equal(place->id, id) ||
            (label != NULL && !span_equal(place->label, *label)))
            return NULL;
        if (place->pair->private_key == NULL &&
            is_same_kind(private_key, &place->pair->pubkey))
            return place->pair;
        if (place->pair->private_key != NULL && i == first + *skip)
            ++*skip;
    }
    return NULL;
}

/* The pair without a private key that has the CKA_ID of PRIVATE_KEY; with
 * several, and for keys that have no CKA_ID, the CKA_LABEL says which. */
static struct pair *find_by_id(struct places *all,
                               const struct object *private_key)
{
    const struct span id = span_of(&private_key->id);
    const struct span label = span_of(&private_key->label);
    struct pair *pair = NULL;

    if (label.len != 0)
        pair = find_free(all, private_key, id, &label);
    if (pair == NULL && id.len != 0)
        pair = find_free(all, private_key, id, NULL);
    return pair;
}

gpg_error_t pairing_by_id(struct pairing *p, const struct object_list *list,
                          const bool *pending)
{
    AUTO(places_clear) struct places all = {0};
    gpg_error_t err = places_make(p, &all);

    for (size_t i = 0; i < list->n && err == 0; i++) {
        const struct object *object = &list->objects[i];
        struct pair *pair = NULL;

        if (!pending[i])
            continue;
        pair = find_by_id(&all, object);
        if (pair != NULL)
            pair->private_key = object;
        else
            pairing_skip(p, object,
                         "the token shows no public key that belongs to "
                         "it");
    }
    return err;
}
