/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Clients of the daemon for the long run: each connects, works, and leaves,
 * again and again.
 *
 *   client SOCKET CLIENTS CONNECTIONS OPERATIONS GRIP...
 *
 * So many clients at the same time open so many connections together, with so
 * many operations each: in turn KEYINFO, READKEY, SETDATA with PKSIGN, with
 * one key after the other.  Every answer is looked at.  Half of the
 * connections end with BYE, the others without a word. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define MAX_CLIENTS 64
#define BUFFER_SIZE 4096
#define DIGEST \
    "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"

struct connection {
    int fd;
    char buffer[BUFFER_SIZE]; /* what was read and not used yet */
    size_t len;
};

static const char *socket_name;
static char **grips;
static unsigned n_grips;
static long n_operations;  /* of each connection */
static atomic_long n_left; /* connections */

static void fail(const char *what, const char *detail)
{
    fprintf(stderr, "client: %s: %s\n", what, detail);
    exit(1);
}

/* The next line, up to the next call. */
static const char *read_line(struct connection *c, size_t *used)
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

/* Read an answer up to its OK, which has to have one line that begins with
 * WANTED, if that is not NULL. */
static void read_answer(struct connection *c, const char *what,
                        const char *wanted)
{
    size_t used = 0;
    bool found = wanted == NULL;

    for (;;) {
        const char *line = read_line(c, &used);

        if (strncmp(line, "OK", 2) == 0)
            break;
        if (strncmp(line, "ERR", 3) == 0 || strncmp(line, "INQUIRE", 7) == 0)
            fail(what, line);
        if (!found)
            found = strncmp(line, wanted, strlen(wanted)) == 0;
    }
    memmove(c->buffer, c->buffer + used, c->len - used);
    c->len -= used;
    if (!found)
        fail(what, "nothing was answered");
}

static void ask(struct connection *c, const char *command, const char *argument,
                const char *wanted)
{
    char line[256];
    const int len = snprintf(line, sizeof line, "%s%s\n", command, argument);

    if (send(c->fd, line, (size_t)len, MSG_NOSIGNAL) != len)
        fail(line, "cannot be sent");
    read_answer(c, command, wanted);
}

static void work(struct connection *c, unsigned long number)
{
    const char *grip = grips[number / 3 % n_grips];

    switch (number % 3) {
    case 0:
        ask(c, "KEYINFO ", grip, "S KEYINFO ");
        break;
    case 1:
        ask(c, "READKEY ", grip, "D ");
        break;
    default:
        ask(c, "SETDATA ", DIGEST, NULL);
        ask(c, "PKSIGN --hash=sha256 ", grip, "D ");
        break;
    }
}

static void open_connection(struct connection *c)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    (void)snprintf(address.sun_path, sizeof address.sun_path, "%s",
                   socket_name);
    c->len = 0;
    c->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (c->fd < 0 ||
        connect(c->fd, (const struct sockaddr *)&address, sizeof address) != 0)
        fail(socket_name, "cannot connect");
    read_answer(c, "the greeting", NULL);
}

static void *run(void *argument)
{
    static atomic_ulong number;
    struct connection *c = argument;

    for (;;) {
        const long left = atomic_fetch_sub(&n_left, 1);

        if (left <= 0)
            return NULL;
        open_connection(c);
        for (long i = 0; i < n_operations; i++)
            work(c, atomic_fetch_add(&number, 1));
        if (left % 2 == 0)
            ask(c, "BYE", "", NULL);
        (void)close(c->fd);
    }
}

int main(int argc, char **argv)
{
    static struct connection connections[MAX_CLIENTS];
    pthread_t threads[MAX_CLIENTS];
    const long n_clients = argc > 5 ? strtol(argv[2], NULL, 10) : 0;

    if (n_clients < 1 || n_clients > MAX_CLIENTS) {
        fputs("usage: client SOCKET CLIENTS CONNECTIONS OPERATIONS GRIP...\n",
              stderr);
        return 2;
    }
    socket_name = argv[1];
    atomic_store(&n_left, strtol(argv[3], NULL, 10));
    n_operations = strtol(argv[4], NULL, 10);
    grips = argv + 5;
    n_grips = (unsigned)argc - 5;
    for (long i = 0; i < n_clients; i++)
        if (pthread_create(&threads[i], NULL, run, &connections[i]) != 0)
            fail("a thread", "cannot be made");
    for (long i = 0; i < n_clients; i++)
        (void)pthread_join(threads[i], NULL);
    return 0;
}
