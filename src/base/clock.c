/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* How much time has passed. */
#include "base/clock.h"

#ifdef CLOCK_BOOTTIME
#define CLOCK_ASLEEP_TOO CLOCK_BOOTTIME
#else
#define CLOCK_ASLEEP_TOO CLOCK_MONOTONIC
#endif

int64_t clock_ms(void)
{
    struct timespec now = {0};

    (void)clock_gettime(CLOCK_ASLEEP_TOO, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void clock_init_cond(pthread_cond_t *cond)
{
    pthread_condattr_t attributes;

    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(cond, &attributes);
    (void)pthread_condattr_destroy(&attributes);
}

struct timespec clock_after_ms(long ms)
{
    struct timespec at = {0};

    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += ms / 1000;
    at.tv_nsec += ms % 1000 * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}
