/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Knowing when another thread waits for a condition, without a guess at how
 * long that takes: the linker puts us before pthread_cond_wait. */
#include "fake_module.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t begun = PTHREAD_COND_INITIALIZER;
static unsigned n_waits;

/* The caller holds MUTEX, so that whoever gets it next finds the caller
 * waiting. */
int __wrap_pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex)
{
    (void)pthread_mutex_lock(&lock);
    n_waits++;
    (void)pthread_cond_broadcast(&begun);
    (void)pthread_mutex_unlock(&lock);
    return __real_pthread_cond_wait(cond, mutex);
}

void fake_await_waits(unsigned n)
{
    (void)pthread_mutex_lock(&lock);
    while (n_waits < n)
        (void)__real_pthread_cond_wait(&begun, &lock);
    (void)pthread_mutex_unlock(&lock);
}

void fake_reset_waits(void)
{
    (void)pthread_mutex_lock(&lock);
    n_waits = 0;
    (void)pthread_mutex_unlock(&lock);
}
