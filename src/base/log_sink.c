/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Where lines of the log go: a file or a socket, and never a wait without end.
 */
#include "base/log_sink.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"

#define LOCAL_PREFIX "socket://"
#define TCP_PREFIX "tcp://"

bool log_sink_is_socket(const char *name)
{
    return str_has_prefix(name, LOCAL_PREFIX) ||
           str_has_prefix(name, TCP_PREFIX);
}

/* A file from before may be open to others, and a device is not ours.  What
 * root made for us, with "create" of logrotate for instance, is as root wants
 * it. */
static bool is_to_be_closed(const struct stat *info)
{
    return S_ISREG(info->st_mode) &&
           (info->st_mode & (S_IRWXG | S_IRWXO)) != 0 &&
           (info->st_uid != 0 || geteuid() == 0);
}

gpg_error_t log_sink_open_file(const char *name, struct log_sink *ret)
{
    struct stat info = {0};
    gpg_error_t err = 0;
    /* Not to wait for somebody who reads, if it is a FIFO. */
    int fd = open(name,
                  O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK |
                      O_NOCTTY | O_CLOEXEC,
                  S_IRUSR | S_IWUSR);

    if (fd < 0)
        return gpg_error_from_syserror();
    if (fstat(fd, &info) != 0 ||
        (is_to_be_closed(&info) && fchmod(fd, S_IRUSR | S_IWUSR) != 0)) {
        err = gpg_error_from_syserror();
        (void)close(fd);
        return err;
    }
    *ret = (struct log_sink){.fd = fd};
    return 0;
}

static gpg_error_t read_local(const char *path, struct log_sink *ret)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const size_t len = strlen(path);

    if (len == 0)
        return gpg_error(GPG_ERR_BAD_URI);
    if (len >= sizeof address.sun_path)
        return gpg_error(GPG_ERR_ENAMETOOLONG);
    memcpy(address.sun_path, path, len + 1);
    memcpy(&ret->address, &address, sizeof address);
    ret->address_len = sizeof address;
    return 0;
}

static bool read_port(const char *text, in_port_t *ret)
{
    char *end = NULL;
    unsigned long number = 0;

    if (text[0] < '0' || text[0] > '9')
        return false;
    number = strtoul(text, &end, 10);
    if (*end != '\0' || number == 0 || number > UINT16_MAX)
        return false;
    *ret = htons((uint16_t)number);
    return true;
}

/* No names of hosts: to look them up can take any time. */
static gpg_error_t read_tcp(const char *place, struct log_sink *ret)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    const bool is_v6 = place[0] == '[';
    const char *end = strchr(place, is_v6 ? ']' : ':');
    const char *colon = end != NULL && is_v6 ? end + 1 : end;
    AUTO_FREE char *address = NULL;
    in_port_t port = 0;

    if (end == NULL || *colon != ':' || !read_port(colon + 1, &port))
        return gpg_error(GPG_ERR_BAD_URI);
    place += is_v6;
    address = strndup(place, (size_t)(end - place));
    if (address == NULL)
        return gpg_error(GPG_ERR_ENOMEM);
    if (inet_pton(is_v6 ? AF_INET6 : AF_INET, address,
                  is_v6 ? (void *)&v6.sin6_addr : (void *)&v4.sin_addr) != 1)
        return gpg_error(GPG_ERR_BAD_URI);
    v4.sin_port = port;
    v6.sin6_port = port;
    ret->address_len = is_v6 ? sizeof v6 : sizeof v4;
    memcpy(&ret->address, is_v6 ? (void *)&v6 : (void *)&v4, ret->address_len);
    return 0;
}

gpg_error_t log_sink_open_socket(const char *name, struct log_sink *ret)
{
    struct log_sink s = {.fd = -1, .is_socket = true};
    gpg_error_t err = str_has_prefix(name, TCP_PREFIX)
                          ? read_tcp(name + strlen(TCP_PREFIX), &s)
                          : read_local(name + strlen(LOCAL_PREFIX), &s);

    if (err == 0)
        *ret = s;
    return err;
}

gpg_error_t log_sink_open_fd(int fd, struct log_sink *ret)
{
    /* Above the standard ones, that nobody's reads or writes get there. */
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);

    if (copy < 0)
        return gpg_error_from_syserror();
    *ret = (struct log_sink){.fd = copy};
    return 0;
}

void log_sink_close(struct log_sink *s)
{
    if (s->fd >= 0)
        (void)close(s->fd);
    *s = LOG_SINK_NONE;
}

/* Until what moment may a line wait? */
static int64_t get_deadline(const struct log_sink *s)
{
    const int64_t now = clock_ms();

    return now < s->rest_until ? now : now + LOG_SINK_WAIT_MS;
}

/* Wait until FD takes something; errno is ETIMEDOUT if it does not, and EPIPE
 * if it is a socket whose other end is gone. */
static bool wait_for(struct log_sink *s, int fd, int64_t deadline)
{
    const short gone = s->is_socket ? POLLRDHUP | POLLHUP | POLLERR : 0;

    for (;;) {
        struct pollfd wanted = {fd, (short)(POLLOUT | (gone & POLLRDHUP)), 0};
        const int64_t left = deadline - clock_ms();
        const int n = poll(&wanted, 1, left > 0 ? (int)left : 0);

        if (n > 0 && (wanted.revents & gone) != 0) {
            errno = EPIPE;
            return false;
        }
        if (n > 0)
            return true;
        if (n < 0 && errno != EINTR)
            return false;
        if (n == 0 && left <= 0) {
            s->rest_until = clock_ms() + LOG_SINK_REST_MS;
            errno = ETIMEDOUT;
            return false;
        }
    }
}

static bool put(struct log_sink *s, const char *line, size_t len)
{
    const int64_t deadline = get_deadline(s);

    s->is_torn = false;
    while (len > 0) {
        /* So much fits into a blocking pipe that takes anything. */
        const size_t part = len < PIPE_BUF ? len : PIPE_BUF;
        ssize_t n = 0;

        if (!wait_for(s, s->fd, deadline))
            return false;
        n = s->is_socket ? send(s->fd, line, part, MSG_NOSIGNAL)
                         : write(s->fd, line, part);
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            return false;
        if (n > 0) {
            line += n;
            len -= (size_t)n;
            s->is_torn = len > 0;
        }
    }
    return true;
}

static bool is_connected(struct log_sink *s, int fd)
{
    int error = 0;
    socklen_t len = sizeof error;

    if (connect(fd, (const struct sockaddr *)&s->address, s->address_len) == 0)
        return true;
    if (errno != EINPROGRESS ||
        (!wait_for(s, fd, get_deadline(s)) && errno != EPIPE))
        return false;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len) != 0)
        return false;
    errno = error;
    return error == 0;
}

static void drop(int fd)
{
    const int saved = errno;

    (void)close(fd);
    errno = saved;
}

static bool connect_to(struct log_sink *s)
{
    int fd = -1;

    if (clock_ms() < s->rest_until) {
        errno = ETIMEDOUT;
        return false;
    }
    fd = socket(s->address.ss_family,
                SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return false;
    if (!is_connected(s, fd)) {
        drop(fd);
        return false;
    }
    s->fd = fd;
    return true;
}

/* To the connection that is there, or else to a new one.  One that failed is
 * closed: a part of a line may have gone through it. */
static bool put_socket(struct log_sink *s, const char *line, size_t len)
{
    for (int i = 0; i < 2; i++) {
        const bool is_new = s->fd < 0;

        if (is_new && !connect_to(s))
            return false;
        if (put(s, line, len))
            return true;
        drop(s->fd);
        s->fd = -1;
        if (is_new)
            return false;
    }
    return false;
}

/* What a full disk has cut off gets an end first. */
static bool put_file(struct log_sink *s, const char *line, size_t len)
{
    if (s->is_torn && !put(s, "\n", 1)) {
        s->is_torn = true;
        return false;
    }
    return put(s, line, len);
}

bool log_sink_write(struct log_sink *s, const char *line, size_t len)
{
    return s->is_socket ? put_socket(s, line, len) : put_file(s, line, len);
}
