/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Equal byte strings kept once: a token tells each of its moduli two or three
 * times, and all of them again at each look. */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <pthread.h>

#include "base/bytes.h"

/* For any thread, and so is what it gave. */
struct pool {
    pthread_mutex_t lock; /* of the rest */
    struct bytes *places; /* open addressing */
    size_t size;          /* a power of two, or 0 */
    size_t n;
};

void pool_init(struct pool *pool);
void pool_done(struct pool *pool);

/* Let B share the bytes of an equal string that came before, if there is one;
 * else it is kept for those that come.  Out of memory it stays alone. */
void pool_share(struct pool *pool, struct bytes *b);

/* Give up what nobody but the pool holds. */
void pool_sweep(struct pool *pool);

#endif
