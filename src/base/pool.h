/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Equal byte strings kept once: a token tells each of its moduli two or three
 * times, and all of them again at each look. */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include "base/bytes.h"

/* {0} is empty.  For one thread at a time; what it gave may be used and cleared
 * in any. */
struct pool {
    struct bytes *places; /* open addressing */
    size_t size;          /* a power of two, or 0 */
    size_t n;
};

void pool_clear(struct pool *pool);

/* Let B share the bytes of an equal string that came before, if there is one;
 * else it is kept for those that come.  Out of memory it stays alone. */
void pool_share(struct pool *pool, struct bytes *b);

/* Give up what nobody but the pool holds. */
void pool_sweep(struct pool *pool);

#endif
