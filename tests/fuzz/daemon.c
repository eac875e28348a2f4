/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The daemon of a test, and ordinary conversation with it. */
#include "daemon.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static bool complain(const char *what, const char *about)
{
    fprintf(stderr, "fuzz: %s: %s\n", what, about);
    return false;
}

/* The next line, without its end, in LINE. */
static bool read_line(struct daemon *daemon, struct text *line)
{
    for (;;) {
        struct pollfd fd = {.fd = daemon->in, .events = POLLIN};
        char buffer[1024];
        ssize_t n = 0;
        char *end = daemon->unread.len == 0
                        ? NULL
                        : memchr(daemon->unread.data, '\n', daemon->unread.len);

        if (end != NULL) {
            line->len = 0;
            *end = '\0';
            text_puts(line, daemon->unread.data);
            text_putc(line, '\0');
            text_remove(&daemon->unread, 0,
                        (size_t)(end - daemon->unread.data) + 1);
            return true;
        }
        if (poll(&fd, 1, PATIENCE_MS) == 0)
            return complain("no answer", "waited long enough");
        n = read(daemon->in, buffer, sizeof buffer);
        if (n == 0)
            return complain("the daemon is gone", "end of its output");
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            return complain("reading", strerror(errno));
        if (n > 0)
            text_add(&daemon->unread, buffer, (size_t)n);
    }
}

static bool send_line(struct daemon *daemon, const char *line)
{
    struct text text = {0};
    size_t at = 0;
    bool good = true;

    text_puts(&text, line);
    text_putc(&text, '\n');
    while (good && at < text.len) {
        struct pollfd fd = {.fd = daemon->out, .events = POLLOUT};
        const ssize_t n = write(daemon->out, text.data + at, text.len - at);

        if (n > 0)
            at += (size_t)n;
        else if (errno != EAGAIN && errno != EINTR)
            good = complain(line, strerror(errno));
        else if (poll(&fd, 1, PATIENCE_MS) == 0)
            good = complain(line, "it is not read");
    }
    text_free(&text);
    return good;
}

static bool answer_question(struct daemon *daemon, const char *question,
                            const char *pin)
{
    struct text line = {0};
    bool good = true;

    if (strncmp(question, "INQUIRE NEEDPIN", 15) == 0) {
        text_puts(&line, "D ");
        text_puts(&line, pin);
        text_putc(&line, '\0');
        good = send_line(daemon, line.data);
    }
    text_free(&line);
    return good && send_line(daemon, "END");
}

/* What LINE, one of the answer, means.  True: there is more to come. */
static bool take_line(struct daemon *daemon, const char *line, const char *pin,
                      struct text *answer, bool *good)
{
    if (strncmp(line, "OK", 2) == 0 || strncmp(line, "ERR ", 4) == 0)
        return false;
    if (strncmp(line, "INQUIRE ", 8) == 0) {
        *good = answer_question(daemon, line, pin);
        return *good;
    }
    text_puts(answer, line);
    text_putc(answer, '\n');
    return true;
}

bool daemon_ask(struct daemon *daemon, const char *command, const char *pin,
                struct text *answer, bool *ret_ok)
{
    struct text line = {0};
    bool good = send_line(daemon, command);

    answer->len = 0;
    while (good && (good = read_line(daemon, &line)) &&
           take_line(daemon, line.data, pin, answer, &good))
        ;
    text_putc(answer, '\0');
    if (ret_ok != NULL)
        *ret_ok = good && line.data[0] == 'O';
    else if (good && line.data[0] != 'O')
        good = complain(command, line.data);
    text_free(&line);
    return good;
}

static void become_daemon(const char *program, const char *home, int in,
                          int out)
{
    if (dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0)
        (void)execl(program, program, "--multi-server", "--homedir", home,
                    (char *)NULL);
    fprintf(stderr, "fuzz: %s: %s\n", program, strerror(errno));
    _exit(127);
}

bool daemon_start(struct daemon *daemon, const char *program, const char *home)
{
    int to[2] = {-1, -1};
    int from[2] = {-1, -1};
    struct text line = {0};
    bool good = false;

    if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0)
        return complain("pipe2", strerror(errno));
    *daemon = (struct daemon){.pid = fork(), .in = from[0], .out = to[1]};
    if (daemon->pid == 0)
        become_daemon(program, home, to[0], from[1]);
    (void)close(to[0]);
    (void)close(from[1]);
    if (daemon->pid < 0)
        return complain("fork", strerror(errno));
    (void)fcntl(daemon->in, F_SETFL, O_NONBLOCK);
    (void)fcntl(daemon->out, F_SETFL, O_NONBLOCK);
    good =
        read_line(daemon, &line) && (strncmp(line.data, "OK ", 3) == 0 ||
                                     complain("a strange greeting", line.data));
    text_free(&line);
    return good;
}

int daemon_connect(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    (void)snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    if (fd < 0 ||
        connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        (void)complain(path, strerror(errno));
        if (fd >= 0)
            (void)close(fd);
        return -1;
    }
    (void)fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

bool daemon_end(struct daemon *daemon)
{
    int status = 0;

    (void)close(daemon->out);
    for (int ms = 0; waitpid(daemon->pid, &status, WNOHANG) == 0; ms += 10) {
        if (ms > PATIENCE_MS)
            return complain("the daemon", "it does not end");
        (void)poll(NULL, 0, 10);
    }
    (void)close(daemon->in);
    text_free(&daemon->unread);
    daemon->pid = -1;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "fuzz: the daemon ended with %s %d\n",
                WIFEXITED(status) ? "status" : "signal",
                WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
        return false;
    }
    return true;
}
