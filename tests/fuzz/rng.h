/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Numbers that look random and are the same for the same seed. */
#ifndef FUZZ_RNG_H
#define FUZZ_RNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rng {
    uint64_t state;
};

static inline uint64_t rng_next(struct rng *rng)
{
    uint64_t z = 0;

    rng->state += 0x9e3779b97f4a7c15u;
    z = rng->state;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* The NUMBER-th of the independent generators of a seed. */
static inline struct rng rng_make(uint64_t seed, uint64_t number)
{
    struct rng rng = {seed};

    rng.state = rng_next(&rng) + number;
    rng.state = rng_next(&rng);
    return rng;
}

/* A number from 0 to N - 1; N is not 0. */
static inline size_t rng_below(struct rng *rng, size_t n)
{
    return (size_t)(rng_next(rng) % n);
}

/* True once in N times. */
static inline bool rng_one_in(struct rng *rng, size_t n)
{
    return rng_below(rng, n) == 0;
}

#endif
