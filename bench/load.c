/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A client that costs next to nothing: so many connections to one Assuan
 * server's socket, each with the same command again and again.
 *
 *   load SOCKET PIN CLIENTS SECONDS SETUP... -- COMMAND
 *
 * Each connection sends the SETUP lines once.  Then all begin at the same
 * moment with COMMAND, whose answer has to be OK, and go on for SECONDS.
 * Prints what times_report prints.
 *
 * No libassuan here: a line is written, and what comes is searched for the
 * line that ends the answer. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "times.h"

#define MAX_CLIENTS 512
#define BUFFER_SIZE 65536

struct client {
    pthread_t thread;
    int fd;
    struct times *times; /* one for each answer */
    char buffer[BUFFER_SIZE];
    size_t len; /* bytes in it that were not used yet */
};

static const char *socket_name;
static char pin_line[256];
static char **setup;
static int n_setup;
static const char *command;
static pthread_barrier_t begin;
static _Atomic bool is_over;

static void fail(const char *what, const char *detail)
{
    fprintf(stderr, "load: %s: %s\n", what, detail);
    exit(1);
}

static void send_line(const struct client *c, const char *line)
{
    char text[1024];
    int len = snprintf(text, sizeof text, "%s\n", line);

    if (len < 0 || (size_t)len >= sizeof text ||
        send(c->fd, text, (size_t)len, MSG_NOSIGNAL) != len)
        fail(line, "cannot be sent");
}

/* The next line in the buffer, ended by a NUL; it is used up with the call of
 * take_line that follows. */
static char *take_line(struct client *c, size_t *used)
{
    memmove(c->buffer, c->buffer + *used, c->len - *used);
    c->len -= *used;
    for (;;) {
        char *end = memchr(c->buffer, '\n', c->len);
        ssize_t n = 0;

        if (end != NULL) {
            *end = '\0';
            *used = (size_t)(end - c->buffer) + 1;
            return c->buffer;
        }
        n = read(c->fd, c->buffer + c->len, sizeof c->buffer - c->len);
        if (n <= 0)
            fail(socket_name, "the connection ended");
        c->len += (size_t)n;
    }
}

/* Read up to the end of one answer, which must be OK. */
static void read_answer(struct client *c, const char *what)
{
    size_t used = 0;

    for (;;) {
        const char *line = take_line(c, &used);

        if (strncmp(line, "INQUIRE", 7) == 0) {
            send_line(c, pin_line);
            send_line(c, "END");
        } else if (strncmp(line, "ERR", 3) == 0) {
            fail(what, line);
        } else if (strncmp(line, "OK", 2) == 0) {
            memmove(c->buffer, c->buffer + used, c->len - used);
            c->len -= used;
            return;
        }
    }
}

static void ask(struct client *c, const char *line)
{
    send_line(c, line);
    read_answer(c, line);
}

static void open_client(struct client *c)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    if (strlen(socket_name) >= sizeof address.sun_path)
        fail(socket_name, "the name is too long");
    memcpy(address.sun_path, socket_name, strlen(socket_name) + 1);
    c->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (c->fd < 0 ||
        connect(c->fd, (const struct sockaddr *)&address, sizeof address) != 0)
        fail(socket_name, "cannot connect");
    read_answer(c, "the greeting");
    for (int i = 0; i < n_setup; i++)
        ask(c, setup[i]);
    /* Once without counting: what is found then is known. */
    ask(c, command);
}

static void *run(void *argument)
{
    struct client *c = argument;

    pthread_barrier_wait(&begin);
    while (!atomic_load_explicit(&is_over, memory_order_relaxed)) {
        const double from = times_now_us();

        ask(c, command);
        times_note(c->times, times_now_us() - from);
    }
    return NULL;
}

static void measure(int n_clients, double seconds)
{
    struct client *clients = calloc((size_t)n_clients, sizeof *clients);
    struct times *times = calloc((size_t)n_clients, sizeof *times);
    struct timespec rest = {(time_t)seconds,
                            (long)((seconds - (double)(time_t)seconds) * 1e9)};
    double from = 0;

    if (clients == NULL || times == NULL)
        abort();
    pthread_barrier_init(&begin, NULL, (unsigned)n_clients + 1);
    for (int i = 0; i < n_clients; i++) {
        clients[i].times = &times[i];
        open_client(&clients[i]);
    }
    for (int i = 0; i < n_clients; i++)
        if (pthread_create(&clients[i].thread, NULL, run, &clients[i]) != 0)
            fail("a thread", "cannot be made");
    pthread_barrier_wait(&begin);
    from = times_now_us();
    nanosleep(&rest, NULL);
    atomic_store(&is_over, true);
    for (int i = 0; i < n_clients; i++)
        pthread_join(clients[i].thread, NULL);
    if (!times_report(times, n_clients, times_now_us() - from))
        fail(command, "nothing was answered");
    free(times);
    free(clients);
}

int main(int argc, char **argv)
{
    const int n_clients = argc > 6 ? (int)strtol(argv[3], NULL, 10) : 0;
    const double seconds = argc > 6 ? strtod(argv[4], NULL) : 0;

    if (n_clients < 1 || n_clients > MAX_CLIENTS || seconds <= 0 ||
        strcmp(argv[argc - 2], "--") != 0) {
        fputs("usage: load SOCKET PIN CLIENTS SECONDS SETUP... -- COMMAND\n",
              stderr);
        return 2;
    }
    socket_name = argv[1];
    snprintf(pin_line, sizeof pin_line, "D %s", argv[2]);
    setup = argv + 5;
    n_setup = argc - 7;
    command = argv[argc - 1];
    measure(n_clients, seconds);
    return 0;
}
