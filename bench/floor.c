/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The least that a server of signatures can be: libassuan, a thread and a
 * session for each connection, and the module's two calls.
 *
 *   floor MODULE LABEL PIN ID SOCKET
 *
 * Knows SETDATA and PKSIGN, whatever follows it, and signs with the key ID.
 * Ends when its standard input does. */
#include <assuan.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "token.h"

struct client {
    int fd;
    struct bench_key key;
    unsigned char data[256];
    CK_ULONG len;
};

static const char *key_id;

static gpg_error_t cmd_setdata(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);

    client->len = bench_hex(line, client->data, sizeof client->data);
    return 0;
}

static gpg_error_t cmd_pksign(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    unsigned char signature[1024];
    CK_ULONG n = bench_sign(&client->key, client->data, client->len, signature);
    gpg_error_t err = assuan_send_data(ctx, signature, n);

    (void)line;
    return err != 0 ? err : assuan_send_data(ctx, NULL, 0);
}

static void *serve(void *argument)
{
    struct client *client = argument;
    assuan_context_t ctx = NULL;

    client->key = bench_find_key(key_id);
    if (assuan_new(&ctx) != 0 ||
        assuan_init_socket_server(ctx, client->fd,
                                  ASSUAN_SOCKET_SERVER_ACCEPTED) != 0 ||
        assuan_register_command(ctx, "SETDATA", cmd_setdata, NULL) != 0 ||
        assuan_register_command(ctx, "PKSIGN", cmd_pksign, NULL) != 0)
        abort();
    assuan_set_pointer(ctx, client);
    if (assuan_accept(ctx) == 0)
        (void)assuan_process(ctx);
    assuan_release(ctx);
    bench_close_key(&client->key);
    free(client);
    return NULL;
}

static void *accept_clients(void *argument)
{
    const int fd = *(const int *)argument;

    for (;;) {
        struct client *client = calloc(1, sizeof *client);
        pthread_t thread;

        if (client == NULL)
            abort();
        client->fd = accept(fd, NULL, NULL);
        if (client->fd < 0 || pthread_create(&thread, NULL, serve, client) != 0)
            abort();
        pthread_detach(thread);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    pthread_t thread;
    char c = 0;

    if (argc != 6 || strlen(argv[5]) >= sizeof address.sun_path) {
        fputs("usage: floor MODULE LABEL PIN ID SOCKET\n", stderr);
        return 2;
    }
    bench_open(argv[1], argv[2], argv[3]);
    key_id = argv[4];
    memcpy(address.sun_path, argv[5], strlen(argv[5]) + 1);
    if (bind(fd, (const struct sockaddr *)&address, sizeof address) != 0 ||
        listen(fd, 64) != 0 ||
        pthread_create(&thread, NULL, accept_clients, &fd) != 0) {
        perror(argv[5]);
        return 1;
    }
    puts("ready");
    (void)fflush(stdout);
    while (read(STDIN_FILENO, &c, 1) > 0)
        ;
    /* The module goes with the process: threads may be in it. */
    _exit(0);
}
