/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What a login has shown of a token: collected, and put back into a listing. */
#include "keyring/memory.h"

#include <string.h>

#include "keyring/pair.h"

void memory_clear(struct memory *memory)
{
    object_list_clear(&memory->objects);
    free(memory->without_key);
    *memory = (struct memory){0};
}

/* Its values are not changed any more, by nobody. */
static struct object share_object(const struct object *from)
{
    struct object copy = *from;

    copy.id = bytes_share(&from->id);
    copy.label = bytes_share(&from->label);
    copy.modulus = bytes_share(&from->modulus);
    copy.exponent = bytes_share(&from->exponent);
    copy.ec_params = bytes_share(&from->ec_params);
    copy.ec_point = bytes_share(&from->ec_point);
    copy.spki = bytes_share(&from->spki);
    copy.start_date = bytes_share(&from->start_date);
    copy.certificate = bytes_share(&from->certificate);
    return copy;
}

gpg_error_t memory_add_object(struct memory *memory,
                              const struct object *object)
{
    struct object_list *list = &memory->objects;
    struct object *objects = NULL;

    if (list->n == MEMORY_MAX_ENTRIES)
        return gpg_error(GPG_ERR_TOO_MANY);
    objects = realloc(list->objects, (list->n + 1) * sizeof *objects);
    if (objects == NULL)
        return gpg_error(GPG_ERR_ENOMEM);
    list->objects = objects;
    objects[list->n++] = share_object(object);
    return 0;
}

gpg_error_t memory_add_without_key(struct memory *memory,
                                   const uint8_t grip[KEYGRIP_LEN])
{
    const size_t n = memory->n_without_key;
    uint8_t(*grips)[KEYGRIP_LEN] = NULL;

    if (n == MEMORY_MAX_ENTRIES)
        return gpg_error(GPG_ERR_TOO_MANY);
    grips = realloc(memory->without_key, (n + 1) * sizeof *grips);
    if (grips == NULL)
        return gpg_error(GPG_ERR_ENOMEM);
    memcpy(grips[n], grip, KEYGRIP_LEN);
    memory->without_key = grips;
    memory->n_without_key = n + 1;
    return 0;
}

static gpg_error_t collect_pair(struct memory *memory, const struct pair *pair)
{
    gpg_error_t err = 0;

    if (pair->public_key != NULL && pair->public_key->is_private)
        err = memory_add_object(memory, pair->public_key);
    if (err == 0 && pair->private_key != NULL && !pair_is_public(pair))
        err = memory_add_object(memory, pair->private_key);
    return err;
}

gpg_error_t memory_collect(struct memory *memory, const struct pairs *pairs)
{
    gpg_error_t err = 0;

    for (size_t i = 0; i < pairs->n && err == 0; i++)
        err = collect_pair(memory, &pairs->pairs[i]);
    for (size_t i = 0; i < pairs->n_certificates && err == 0; i++)
        if (pairs->certificates[i].object->is_private)
            err = memory_add_object(memory, pairs->certificates[i].object);
    for (size_t i = 0; i < pairs->n_without_key && err == 0; i++)
        err = memory_add_without_key(memory, pairs->without_key[i]);
    /* As many as there is room for are better than none. */
    return gpg_err_code(err) == GPG_ERR_TOO_MANY ? 0 : err;
}

static bool is_same(const struct object *a, const struct object *b)
{
    return a->class == b->class && a->key_type == b->key_type &&
           span_equal(span_of(&a->id), span_of(&b->id)) &&
           span_equal(span_of(&a->label), span_of(&b->label)) &&
           span_equal(span_of(&a->modulus), span_of(&b->modulus)) &&
           span_equal(span_of(&a->ec_point), span_of(&b->ec_point)) &&
           span_equal(span_of(&a->spki), span_of(&b->spki)) &&
           span_equal(span_of(&a->certificate), span_of(&b->certificate));
}

/* By what mostly tells two of them apart. */
static int compare_ids(const void *a, const void *b)
{
    const struct bytes *ia = &(*(const struct object *const *)a)->id;
    const struct bytes *ib = &(*(const struct object *const *)b)->id;

    if (ia->len != ib->len)
        return ia->len < ib->len ? -1 : 1;
    return ia->len != 0 ? memcmp(ia->data, ib->data, ia->len) : 0;
}

/* Is there one like OBJECT among the N that are sorted by their ids? */
static bool has_object(const struct object *const *sorted, size_t n,
                       const struct object *object)
{
    size_t low = 0;
    size_t high = n;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (compare_ids(&sorted[middle], &object) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    while (low < n && compare_ids(&sorted[low], &object) == 0)
        if (is_same(sorted[low++], object))
            return true;
    return false;
}

/* One that can be seen now is not taken for a second one. */
gpg_error_t memory_recall(struct memory *memory, struct object_list *list)
{
    struct object_list *from = &memory->objects;
    const size_t n_seen = list->n;
    AUTO_FREE const struct object **sorted = NULL;
    struct object *objects = NULL;

    if (from->n == 0)
        return 0;
    sorted = calloc(n_seen + 1, sizeof(const struct object *));
    objects = realloc(list->objects, (n_seen + from->n) * sizeof *objects);
    if (objects != NULL)
        list->objects = objects;
    if (objects == NULL || sorted == NULL)
        return gpg_error(GPG_ERR_ENOMEM);
    for (size_t i = 0; i < n_seen; i++)
        sorted[i] = &objects[i];
    qsort(sorted, n_seen, sizeof(const struct object *), compare_ids);
    for (size_t i = 0; i < from->n; i++) {
        if (has_object(sorted, n_seen, &from->objects[i]))
            continue;
        objects[list->n++] = from->objects[i];
        from->objects[i] = (struct object){0};
    }
    return 0;
}
