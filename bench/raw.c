/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The module alone, as fast as it goes: so many threads, each with a session
 * of its own, each signing again and again.
 *
 *   raw MODULE LABEL PIN ID DATA THREADS SECONDS
 *
 * DATA in hex is what is signed.  Prints what load.c prints. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "token.h"

#define MAX_THREADS 512
#define MAX_TIMES 4000000

struct worker {
    pthread_t thread;
    struct bench_key key;
    size_t n;
    float *times; /* microseconds */
};

static unsigned char data[256];
static CK_ULONG data_len;
static pthread_barrier_t begin;
static _Atomic bool is_over;

static double now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void *run(void *argument)
{
    struct worker *w = argument;
    unsigned char signature[1024];

    pthread_barrier_wait(&begin);
    while (!atomic_load_explicit(&is_over, memory_order_relaxed) &&
           w->n < MAX_TIMES) {
        double from = now_us();

        (void)bench_sign(&w->key, data, data_len, signature);
        w->times[w->n++] = (float)(now_us() - from);
    }
    return NULL;
}

static int compare(const void *a, const void *b)
{
    float x = *(const float *)a;
    float y = *(const float *)b;

    return (x > y) - (x < y);
}

static void report(const struct worker *workers, int n_workers, double us)
{
    size_t n = 0;
    size_t at = 0;
    float *all = NULL;

    for (int i = 0; i < n_workers; i++)
        n += workers[i].n;
    all = calloc(n + 1, sizeof *all);
    if (all == NULL || n == 0)
        abort();
    for (int i = 0; i < n_workers; i++) {
        memcpy(all + at, workers[i].times, workers[i].n * sizeof *all);
        at += workers[i].n;
    }
    qsort(all, n, sizeof *all, compare);
    printf("%.1f %.1f %.1f %.1f\n", (double)n / us * 1e6, (double)all[n / 2],
           (double)all[n - 1 - n / 100], (double)all[n - 1]);
    free(all);
}

int main(int argc, char **argv)
{
    const int n = argc == 8 ? (int)strtol(argv[6], NULL, 10) : 0;
    const double seconds = argc == 8 ? strtod(argv[7], NULL) : 0;
    struct timespec rest = {(time_t)seconds,
                            (long)((seconds - (double)(time_t)seconds) * 1e9)};
    struct worker *workers = NULL;
    double from = 0;

    if (n < 1 || n > MAX_THREADS || seconds <= 0) {
        fputs("usage: raw MODULE LABEL PIN ID DATA THREADS SECONDS\n", stderr);
        return 2;
    }
    data_len = bench_hex(argv[5], data, sizeof data);
    bench_open(argv[1], argv[2], argv[3]);
    workers = calloc((size_t)n, sizeof *workers);
    if (workers == NULL)
        abort();
    pthread_barrier_init(&begin, NULL, (unsigned)n + 1);
    for (int i = 0; i < n; i++) {
        workers[i].key = bench_find_key(argv[4]);
        /* The pages are touched as they are needed. */
        workers[i].times = malloc(MAX_TIMES * sizeof *workers[i].times);
        if (workers[i].times == NULL ||
            pthread_create(&workers[i].thread, NULL, run, &workers[i]) != 0)
            abort();
    }
    pthread_barrier_wait(&begin);
    from = now_us();
    nanosleep(&rest, NULL);
    atomic_store(&is_over, true);
    for (int i = 0; i < n; i++)
        pthread_join(workers[i].thread, NULL);
    report(workers, n, now_us() - from);
    for (int i = 0; i < n; i++)
        free(workers[i].times);
    free(workers);
    return 0;
}
