/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The module alone, as fast as it goes: so many threads, each with a session
 * of its own, each signing again and again.
 *
 *   raw MODULE LABEL PIN ID DATA THREADS SECONDS
 *
 * DATA in hex is what is signed.  Prints what times_report prints. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "times.h"
#include "token.h"

#define MAX_THREADS 512

struct worker {
    pthread_t thread;
    struct bench_key key;
    struct times *times;
};

static unsigned char data[256];
static CK_ULONG data_len;
static pthread_barrier_t begin;
static _Atomic bool is_over;

static void *run(void *argument)
{
    struct worker *w = argument;
    unsigned char signature[1024];

    pthread_barrier_wait(&begin);
    while (!atomic_load_explicit(&is_over, memory_order_relaxed)) {
        const double from = times_now_us();

        (void)bench_sign(&w->key, data, data_len, signature);
        times_note(w->times, times_now_us() - from);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    const int n = argc == 8 ? (int)strtol(argv[6], NULL, 10) : 0;
    const double seconds = argc == 8 ? strtod(argv[7], NULL) : 0;
    struct timespec rest = {(time_t)seconds,
                            (long)((seconds - (double)(time_t)seconds) * 1e9)};
    struct worker *workers = NULL;
    struct times *times = NULL;
    double from = 0;

    if (n < 1 || n > MAX_THREADS || seconds <= 0) {
        fputs("usage: raw MODULE LABEL PIN ID DATA THREADS SECONDS\n", stderr);
        return 2;
    }
    data_len = bench_hex(argv[5], data, sizeof data);
    bench_open(argv[1], argv[2], argv[3]);
    workers = calloc((size_t)n, sizeof *workers);
    times = calloc((size_t)n, sizeof *times);
    if (workers == NULL || times == NULL)
        abort();
    pthread_barrier_init(&begin, NULL, (unsigned)n + 1);
    for (int i = 0; i < n; i++) {
        workers[i].key = bench_find_key(argv[4]);
        workers[i].times = &times[i];
        if (pthread_create(&workers[i].thread, NULL, run, &workers[i]) != 0)
            abort();
    }
    pthread_barrier_wait(&begin);
    from = times_now_us();
    nanosleep(&rest, NULL);
    atomic_store(&is_over, true);
    for (int i = 0; i < n; i++)
        pthread_join(workers[i].thread, NULL);
    if (!times_report(times, n, times_now_us() - from))
        abort();
    free(times);
    free(workers);
    return 0;
}
