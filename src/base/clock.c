/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* How much time has passed. */
#include "base/clock.h"

#include <time.h>

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
