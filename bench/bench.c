/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Measures how long PKSIGN takes, with and without the verification of
 * signatures: two daemons at the same time, asked by turns, so that whatever
 * else the machine does hits both alike.
 *
 *   bench DAEMON HOME_ON HOME_OFF PIN ROUNDS NAME=REFERENCE...
 *
 * Prints for each key a line "NAME ROUNDS ON OFF RATIO EXTRA LEAST_ON
 * LEAST_OFF", separated by tabs: the medians of both in microseconds, ON / OFF,
 * the median of what the verification adds in one round, and the shortest time
 * of both, which a busy machine disturbs least. */
#include <assuan.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_ROUNDS 100000
/* A DigestInfo of SHA-256; EdDSA keys take it, too. */
#define DIGEST_INFO                          \
    "3031300D060960864801650304020105000420" \
    "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"

enum { ON, OFF, DAEMONS };

static const char *pin;

static void check(const char *what, gpg_error_t err)
{
    if (err == 0)
        return;
    fprintf(stderr, "bench: %s: %s\n", what, gpg_strerror(err));
    exit(1);
}

static gpg_error_t count(void *n, const void *data, size_t len)
{
    (void)data;
    *(size_t *)n += len;
    return 0;
}

static gpg_error_t give_pin(void *ctx, const char *line)
{
    (void)line;
    return assuan_send_data(ctx, pin, strlen(pin));
}

/* The answer of COMMAND; how many bytes of data it had. */
static size_t ask(assuan_context_t ctx, const char *command)
{
    size_t n = 0;

    check(command,
          assuan_transact(ctx, command, count, &n, give_pin, ctx, NULL, NULL));
    return n;
}

static assuan_context_t start(const char *daemon, const char *home)
{
    const char *argv[] = {daemon, "--server", "--homedir", home, NULL};
    assuan_fd_t no_fds[] = {ASSUAN_INVALID_FD};
    assuan_context_t ctx = NULL;

    check("assuan_new", assuan_new(&ctx));
    check(daemon,
          assuan_pipe_connect(ctx, daemon, argv, no_fds, NULL, NULL, 0));
    ask(ctx, "SERIALNO");
    ask(ctx, "CHECKPIN");
    ask(ctx, "SETDATA " DIGEST_INFO);
    return ctx;
}

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double sign(assuan_context_t ctx, const char *command)
{
    double begin = now();

    if (ask(ctx, command) == 0) {
        fprintf(stderr, "bench: %s: no signature came\n", command);
        exit(1);
    }
    return now() - begin;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double median(double *values, int n)
{
    qsort(values, (size_t)n, sizeof *values, compare);
    return n % 2 != 0 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

/* What was measured with one key. */
struct series {
    const char *name;
    char command[256];
    double *times[DAEMONS];
    double *extra;
};

static double *make_times(int rounds)
{
    double *times = calloc((size_t)rounds, sizeof *times);

    if (times == NULL)
        abort();
    return times;
}

static void prepare(struct series *s, char *arg, int rounds)
{
    char *reference = strchr(arg, '=');

    if (reference == NULL) {
        fprintf(stderr, "bench: %s is not NAME=REFERENCE\n", arg);
        exit(2);
    }
    *reference = '\0';
    s->name = arg;
    snprintf(s->command, sizeof s->command, "PKSIGN --hash=sha256 %s",
             reference + 1);
    for (int d = 0; d < DAEMONS; d++)
        s->times[d] = make_times(rounds);
    s->extra = make_times(rounds);
}

/* One signature by each daemon; who is first changes from round to round. */
static void measure(struct series *s, assuan_context_t *daemons, int round)
{
    for (int i = 0; i < DAEMONS; i++) {
        int d = (i + round) % DAEMONS;

        s->times[d][round] = sign(daemons[d], s->command);
    }
    s->extra[round] = s->times[ON][round] - s->times[OFF][round];
}

static void report(struct series *s, int rounds)
{
    double on = median(s->times[ON], rounds);
    double off = median(s->times[OFF], rounds);

    /* The times are sorted now. */
    printf("%s\t%d\t%.1f\t%.1f\t%.3f\t%.1f\t%.1f\t%.1f\n", s->name, rounds, on,
           off, on / off, median(s->extra, rounds), s->times[ON][0],
           s->times[OFF][0]);
    for (int d = 0; d < DAEMONS; d++)
        free(s->times[d]);
    free(s->extra);
}

int main(int argc, char **argv)
{
    const int n = argc - 6;
    const int rounds = argc > 6 ? (int)strtol(argv[5], NULL, 10) : 0;
    assuan_context_t daemons[DAEMONS];
    struct series *series = NULL;

    if (rounds < 1 || rounds > MAX_ROUNDS) {
        fputs("usage: bench DAEMON HOME_ON HOME_OFF PIN ROUNDS "
              "NAME=REFERENCE...\n",
              stderr);
        return 2;
    }
    pin = argv[4];
    series = calloc((size_t)n, sizeof *series);
    if (series == NULL)
        abort();
    for (int d = 0; d < DAEMONS; d++)
        daemons[d] = start(argv[1], argv[2 + d]);
    /* The first round finds the keys and does not count. */
    for (int i = 0; i < n; i++) {
        prepare(&series[i], argv[6 + i], rounds);
        measure(&series[i], daemons, 0);
    }
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < n; i++)
            measure(&series[i], daemons, round);
    for (int i = 0; i < n; i++)
        report(&series[i], rounds);
    for (int d = 0; d < DAEMONS; d++)
        assuan_release(daemons[d]);
    free(series);
    return 0;
}
