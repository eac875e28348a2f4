/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Equal byte strings kept once. */
#include "base/pool.h"

void pool_clear(struct pool *pool)
{
    for (size_t i = 0; i < pool->size; i++)
        bytes_clear(&pool->places[i]);
    free(pool->places);
    *pool = (struct pool){0};
}

/* FNV-1a, 64 bits; its low bits depend on the low bits of what is hashed
 * alone, so that the high ones are folded in. */
static size_t hash(struct span s)
{
    uint64_t h = 0xcbf29ce484222325U;

    for (size_t i = 0; i < s.len; i++)
        h = (h ^ s.data[i]) * 0x100000001b3U;
    return (size_t)(h ^ (h >> 32));
}

/* Where an equal string is, or the free place where it belongs. */
static struct bytes *place(const struct pool *pool, struct span s)
{
    size_t i = hash(s) & (pool->size - 1);

    while (pool->places[i].data != NULL &&
           !span_equal(span_of(&pool->places[i]), s))
        i = (i + 1) & (pool->size - 1);
    return &pool->places[i];
}

/* The same strings in a table of SIZE places; false if there is no memory. */
static bool resize(struct pool *pool, size_t size)
{
    struct pool other = {.size = size, .n = pool->n};

    other.places = calloc(size, sizeof *other.places);
    if (other.places == NULL)
        return false;
    for (size_t i = 0; i < pool->size; i++)
        if (pool->places[i].data != NULL)
            *place(&other, span_of(&pool->places[i])) =
                bytes_take(&pool->places[i]);
    free(pool->places);
    *pool = other;
    return true;
}

/* A quarter of the places stays free. */
static bool is_full(const struct pool *pool)
{
    return pool->n + 1 > pool->size - pool->size / 4;
}

void pool_share(struct pool *pool, struct bytes *b)
{
    struct bytes *known = NULL;

    if (b->len == 0 ||
        (is_full(pool) && !resize(pool, pool->size != 0 ? 2 * pool->size : 16)))
        return;
    known = place(pool, span_of(b));
    if (known->data == NULL) {
        *known = bytes_share(b);
        pool->n++;
    } else if (known->data != b->data) {
        bytes_clear(b);
        *b = bytes_share(known);
    }
}

void pool_sweep(struct pool *pool)
{
    size_t size = 16;

    for (size_t i = 0; i < pool->size; i++) {
        if (pool->places[i].data == NULL || bytes_is_shared(&pool->places[i]))
            continue;
        bytes_clear(&pool->places[i]);
        pool->n--;
    }
    if (pool->size == 0)
        return;
    while (pool->n + 1 > size - size / 4)
        size *= 2;
    /* In any case anew: a string is searched for from its place up to the
     * first free one. */
    if (!resize(pool, size))
        pool_clear(pool);
}
