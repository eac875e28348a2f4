/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Equal byte strings kept once. */
#include "base/pool.h"

void pool_init(struct pool *pool)
{
    *pool = (struct pool){.places = NULL};
    (void)pthread_mutex_init(&pool->lock, NULL);
}

static void forget_all(struct pool *pool)
{
    for (size_t i = 0; i < pool->size; i++)
        bytes_clear(&pool->places[i]);
    free(TAKE(pool->places));
    pool->size = pool->n = 0;
}

void pool_done(struct pool *pool)
{
    forget_all(pool);
    (void)pthread_mutex_destroy(&pool->lock);
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

/* Where among SIZE places an equal string is, or the free one where it
 * belongs. */
static struct bytes *place(struct bytes *places, size_t size, struct span s)
{
    size_t i = hash(s) & (size - 1);

    while (places[i].data != NULL && !span_equal(span_of(&places[i]), s))
        i = (i + 1) & (size - 1);
    return &places[i];
}

/* The same strings in a table of SIZE places; false if there is no memory. */
static bool resize_locked(struct pool *pool, size_t size)
{
    struct bytes *places = calloc(size, sizeof *places);

    if (places == NULL)
        return false;
    for (size_t i = 0; i < pool->size; i++)
        if (pool->places[i].data != NULL)
            *place(places, size, span_of(&pool->places[i])) =
                bytes_take(&pool->places[i]);
    free(pool->places);
    pool->places = places;
    pool->size = size;
    return true;
}

/* A quarter of the places stays free. */
static bool is_full(const struct pool *pool)
{
    return pool->n + 1 > pool->size - pool->size / 4;
}

static void share_locked(struct pool *pool, struct bytes *b)
{
    struct bytes *known = NULL;

    if (is_full(pool) &&
        !resize_locked(pool, pool->size != 0 ? 2 * pool->size : 16))
        return;
    known = place(pool->places, pool->size, span_of(b));
    if (known->data == NULL) {
        *known = bytes_share(b);
        pool->n++;
    } else if (known->data != b->data) {
        bytes_clear(b);
        *b = bytes_share(known);
    }
}

void pool_share(struct pool *pool, struct bytes *b)
{
    if (b->len == 0)
        return;
    (void)pthread_mutex_lock(&pool->lock);
    share_locked(pool, b);
    (void)pthread_mutex_unlock(&pool->lock);
}

static void sweep_locked(struct pool *pool)
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
    if (!resize_locked(pool, size))
        forget_all(pool);
}

void pool_sweep(struct pool *pool)
{
    (void)pthread_mutex_lock(&pool->lock);
    sweep_locked(pool);
    (void)pthread_mutex_unlock(&pool->lock);
}
