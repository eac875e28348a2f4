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

static gpg_error_t copy_object(const struct object *from, struct object *ret)
{
    struct object copy = *from;
    gpg_error_t err = 0;

    copy.id = copy.label = copy.modulus = copy.exponent = copy.ec_params =
        copy.ec_point = copy.spki = copy.start_date = copy.certificate =
            (struct bytes){0};
    err = bytes_set(&copy.id, span_of(&from->id));
    if (err == 0)
        err = bytes_set(&copy.label, span_of(&from->label));
    if (err == 0)
        err = bytes_set(&copy.modulus, span_of(&from->modulus));
    if (err == 0)
        err = bytes_set(&copy.exponent, span_of(&from->exponent));
    if (err == 0)
        err = bytes_set(&copy.ec_params, span_of(&from->ec_params));
    if (err == 0)
        err = bytes_set(&copy.ec_point, span_of(&from->ec_point));
    if (err == 0)
        err = bytes_set(&copy.spki, span_of(&from->spki));
    if (err == 0)
        err = bytes_set(&copy.start_date, span_of(&from->start_date));
    if (err == 0)
        err = bytes_set(&copy.certificate, span_of(&from->certificate));
    if (err == 0)
        *ret = copy;
    else
        object_clear(&copy);
    return err;
}

gpg_error_t memory_add_object(struct memory *memory,
                              const struct object *object)
{
    struct object_list *list = &memory->objects;
    struct object *objects = NULL;
    gpg_error_t err = 0;

    if (list->n == MEMORY_MAX_ENTRIES)
        return gpg_error(GPG_ERR_TOO_MANY);
    objects = realloc(list->objects, (list->n + 1) * sizeof *objects);
    if (objects == NULL)
        return gpg_error(GPG_ERR_ENOMEM);
    list->objects = objects;
    err = copy_object(object, &objects[list->n]);
    list->n += err == 0;
    return err;
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

bool memory_is_without_key(const struct memory *memory,
                           const uint8_t grip[KEYGRIP_LEN])
{
    for (size_t i = 0; i < memory->n_without_key; i++)
        if (memcmp(memory->without_key[i], grip, KEYGRIP_LEN) == 0)
            return true;
    return false;
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

/* One that can be seen now is not taken for a second one. */
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

static bool has_object(const struct object_list *list, size_t n,
                       const struct object *object)
{
    for (size_t i = 0; i < n; i++)
        if (is_same(&list->objects[i], object))
            return true;
    return false;
}

gpg_error_t memory_recall(struct memory *memory, struct object_list *list)
{
    struct object_list *from = &memory->objects;
    const size_t n_seen = list->n;
    struct object *objects = NULL;

    if (from->n == 0)
        return 0;
    objects = realloc(list->objects, (n_seen + from->n) * sizeof *objects);
    if (objects == NULL)
        return gpg_error(GPG_ERR_ENOMEM);
    list->objects = objects;
    for (size_t i = 0; i < from->n; i++) {
        if (has_object(list, n_seen, &from->objects[i]))
            continue;
        objects[list->n++] = from->objects[i];
        from->objects[i] = (struct object){0};
    }
    return 0;
}
