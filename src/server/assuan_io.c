/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Reading and writing for libassuan, in a way that the daemon's end can
 * interrupt; and all that differs between libassuan 2.5 and 3. */
#include "server/assuan_io.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

#include "base/secret.h"

/* A line without an end is given up after so much. */
#define MAX_SKIPPED (1024L * 1024)

/* One for the process; hooks have no argument of their own. */
static _Atomic int stop_fd = -1;

/* Where libassuan's line is that a secret was read into; a thread serves one
 * client. */
static _Thread_local struct {
    bool is_on;
    char *from;
    char *to;
} secret;

/* Wait until FD is ready for EVENTS.  False: the daemon ends. */
static bool wait_ready(int fd, short events)
{
    struct pollfd fds[2] = {{.fd = fd, .events = events},
                            {.fd = atomic_load(&stop_fd), .events = POLLIN}};

    for (;;) {
        int n = poll(fds, 2, -1);

        if (n < 0 && errno == EINTR)
            continue;
        /* An answer that can be written still goes out; another command is
         * not read, however many the client has sent. */
        if (n >= 0 && events == POLLIN && fds[1].revents != 0)
            return false;
        if (n < 0 || fds[0].revents != 0)
            return true;
        if (fds[1].revents != 0)
            return false;
    }
}

static ssize_t read_some(int fd, void *buffer, size_t size)
{
    return wait_ready(fd, POLLIN) ? read(fd, buffer, size) : 0;
}

static ssize_t read_hook(assuan_context_t ctx, assuan_fd_t fd, void *buffer,
                         size_t size)
{
    (void)ctx;
    if (!secret.is_on)
        return read_some(fd, buffer, size);
    if (secret.from == NULL || (char *)buffer < secret.from)
        secret.from = buffer;
    if (secret.to == NULL || (char *)buffer >= secret.to)
        secret.to = (char *)buffer + 1;
    return read_some(fd, buffer, 1);
}

static ssize_t write_hook(assuan_context_t ctx, assuan_fd_t fd,
                          const void *buffer, size_t size)
{
    (void)ctx;
    if (wait_ready(fd, POLLOUT))
        return write(fd, buffer, size);
    errno = EPIPE;
    return -1;
}

/* libassuan 2.5 and 3.0 have the same hooks on POSIX systems; the types of
 * some that we leave to libassuan differ, which is why they are named nowhere
 * else. */
static struct assuan_system_hooks hooks = {
    ASSUAN_SYSTEM_HOOKS_VERSION,
    __assuan_usleep,
    __assuan_pipe,
    __assuan_close,
    read_hook,
    write_hook,
    __assuan_recvmsg,
    __assuan_sendmsg,
    __assuan_spawn,
    __assuan_waitpid,
    __assuan_socketpair,
    __assuan_socket,
    __assuan_connect,
};

/* libassuan's own trace would show what goes over the line; ours has the
 * commands' names. */
static int log_nothing(assuan_context_t ctx, void *hook, unsigned category,
                       const char *message)
{
    (void)ctx;
    (void)hook;
    (void)category;
    (void)message;
    return 0;
}

gpg_error_t assuan_io_new(int fd, assuan_context_t *ret)
{
    assuan_context_t ctx = NULL;
    gpg_error_t err = assuan_new_ext(
        &ctx, GPG_ERR_SOURCE_SCD, assuan_get_malloc_hooks(), log_nothing, NULL);

    if (err != 0)
        return err;
    atomic_store(&stop_fd, fd);
    assuan_ctx_set_system_hooks(ctx, &hooks);
    /* The client's process is no child of ours to wait for. */
    assuan_set_flag(ctx, ASSUAN_NO_WAITPID, 1);
    *ret = ctx;
    return 0;
}

gpg_error_t assuan_io_serve_pipe(assuan_context_t ctx, int in_fd, int out_fd)
{
    assuan_fd_t fds[2] = {in_fd, out_fd};

    return assuan_init_pipe_server(ctx, fds);
}

gpg_error_t assuan_io_serve_socket(assuan_context_t ctx, int fd)
{
    return assuan_init_socket_server(ctx, fd, ASSUAN_SOCKET_SERVER_ACCEPTED);
}

void assuan_io_begin_secret(assuan_context_t ctx)
{
    assuan_begin_confidential(ctx);
    secret.is_on = true;
}

void assuan_io_wipe_secret(void)
{
    if (secret.from != NULL)
        secret_wipe(secret.from, (size_t)(secret.to - secret.from));
    secret.from = secret.to = NULL;
}

void assuan_io_end_secret(assuan_context_t ctx)
{
    assuan_io_wipe_secret();
    secret.is_on = false;
    assuan_end_confidential(ctx);
}

gpg_error_t assuan_io_skip_line(assuan_context_t ctx)
{
    assuan_fd_t fds[2] = {ASSUAN_INVALID_FD, ASSUAN_INVALID_FD};

    if (assuan_get_active_fds(ctx, 0, fds, 2) < 1)
        return gpg_error(GPG_ERR_EOF);
    for (long n = 0; n < MAX_SKIPPED; n++) {
        char c = 0;

        if (read_some(fds[0], &c, 1) != 1)
            return gpg_error(GPG_ERR_EOF);
        if (c == '\n')
            return 0;
    }
    return gpg_error(GPG_ERR_EOF);
}
