/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* How much time has passed. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <pthread.h>
#include <stdint.h>
#include <time.h>

/* Milliseconds since some moment; nobody can set this clock.  Where the system
 * has such a one it counts the time asleep too: a login does not outlive a
 * night because the computer slept. */
int64_t clock_ms(void);

/* A moment that does not come. */
#define CLOCK_NEVER INT64_MAX

/* A condition variable whose timed waits end at a clock_after_ms, by a clock
 * that nobody can set. */
void clock_init_cond(pthread_cond_t *cond);
struct timespec clock_after_ms(long ms);

#endif
