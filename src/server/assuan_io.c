/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Reading and writing for libassuan, in a way that the daemon's end can
 * interrupt; and all that differs between libassuan 2.5 and 3. */
#include "server/assuan_io.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/secret.h"

/* A line without an end is given up after so much. */
#define MAX_SKIPPED (1024L * 1024)

/* One for the process; hooks have no argument of their own. */
static _Atomic int stop_fd = -1;

/* What is not more than this a pipe takes at once if it is ready (PIPE_BUF).
 */
#define OUTPUT_SIZE 4096

/* What this thread's client is to be told: libassuan writes an answer in
 * pieces, of which one system call is made. */
static _Thread_local struct {
    uint8_t data[OUTPUT_SIZE];
    size_t len;
    int fd;
    bool is_pipe; /* or whatever else is no socket */
    bool is_broken;
} output;

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

/* Some of LEN bytes, or -1 with errno.  What a socket takes at once needs no
 * waiting; a pipe cannot be asked for that. */
static ssize_t write_some(int fd, const uint8_t *data, size_t len)
{
    if (!output.is_pipe) {
        ssize_t n = send(fd, data, len, MSG_DONTWAIT | MSG_NOSIGNAL);

        if (n >= 0 || (errno != EAGAIN && errno != ENOTSOCK))
            return n;
        output.is_pipe = errno == ENOTSOCK;
    }
    if (wait_ready(fd, POLLOUT))
        return write(fd, data, len);
    errno = EPIPE;
    return -1;
}

void assuan_io_flush(void)
{
    size_t done = 0;

    while (done < output.len && !output.is_broken) {
        ssize_t n =
            write_some(output.fd, output.data + done, output.len - done);

        if (n >= 0)
            done += (size_t)n;
        else if (errno != EINTR)
            output.is_broken = true;
    }
    /* A plaintext may have been in it. */
    secret_wipe(output.data, output.len);
    output.len = 0;
}

/* The client reads all that it was told before it says more. */
static ssize_t read_some(int fd, void *buffer, size_t size)
{
    assuan_io_flush();
    if (output.is_broken || !wait_ready(fd, POLLIN))
        return 0;
    return read(fd, buffer, size);
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
    size_t n = size < OUTPUT_SIZE ? size : OUTPUT_SIZE;

    (void)ctx;
    if (n > OUTPUT_SIZE - output.len)
        assuan_io_flush();
    if (output.is_broken) {
        errno = EPIPE;
        return -1;
    }
    output.fd = fd;
    memcpy(output.data + output.len, buffer, n);
    output.len += n;
    return (ssize_t)n;
}

/* libassuan closes the connection by itself after BYE. */
static int close_hook(assuan_context_t ctx, assuan_fd_t fd)
{
    assuan_io_flush();
    return __assuan_close(ctx, fd);
}

/* libassuan 2.5 and 3.0 have the same hooks on POSIX systems; the types of
 * some that we leave to libassuan differ, which is why they are named nowhere
 * else. */
static struct assuan_system_hooks hooks = {
    ASSUAN_SYSTEM_HOOKS_VERSION,
    __assuan_usleep,
    __assuan_pipe,
    close_hook,
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
