/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* How long each of many things took. */
#ifndef BENCH_TIMES_H
#define BENCH_TIMES_H

#include <stdbool.h>
#include <stddef.h>

/* {0} is empty. */
struct times {
    float *us;
    size_t n;
    size_t room;
    char apart[64]; /* threads that note do not share a line of the cache */
};

/* Microseconds since whenever. */
double times_now_us(void);

void times_note(struct times *times, double us);

/* Print one line about all that is in N_TIMES of them, which were noted side by
 * side within US: how many in a second, and of each the median, the 99th of a
 * hundred and the longest, in microseconds.  False if there is none.  They are
 * empty then. */
bool times_report(struct times *times, int n_times, double us);

#endif
