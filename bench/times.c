/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* How long each of many things took. */
#include "times.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FIRST_ROOM 4096

double times_now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void make_room(struct times *times, size_t room)
{
    times->us = realloc(times->us, room * sizeof *times->us);
    if (times->us == NULL)
        abort();
    times->room = room;
}

void times_note(struct times *times, double us)
{
    if (times->n == times->room)
        make_room(times, times->room != 0 ? 2 * times->room : FIRST_ROOM);
    times->us[times->n++] = (float)us;
}

static int compare(const void *a, const void *b)
{
    const float x = *(const float *)a;
    const float y = *(const float *)b;

    return (x > y) - (x < y);
}

bool times_report(struct times *times, int n_times, double us)
{
    struct times all = {0};

    for (int i = 0; i < n_times; i++) {
        if (times[i].n != 0) {
            make_room(&all, all.n + times[i].n);
            memcpy(all.us + all.n, times[i].us, times[i].n * sizeof *all.us);
            all.n += times[i].n;
        }
        free(times[i].us);
        times[i] = (struct times){0};
    }
    if (all.n == 0)
        return false;
    qsort(all.us, all.n, sizeof *all.us, compare);
    printf("%.1f %.1f %.1f %.1f\n", (double)all.n / us * 1e6,
           (double)all.us[all.n / 2], (double)all.us[all.n - 1 - all.n / 100],
           (double)all.us[all.n - 1]);
    free(all.us);
    return true;
}
