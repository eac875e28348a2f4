/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The mode --daemon: a process in the background, and the one that started it,
 * which tells where the socket is or becomes a command that knows it. */
#include "background.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "process.h"

#define VARIABLE "SCDAEMON_INFO"

/* How often it is looked whether the starter is there, on a system that does
 * not tell. */
#define LOOK_SECONDS 2

/* Longer than any name of a socket, and any error. */
#define MAX_REPORT 1024

/* A report is one of these and a name or a text. */
#define REPORT_READY 'S'
#define REPORT_FAILED 'E'

/* --- The process that was started ----------------------------------------- */

static int complain(const char *what, const char *why)
{
    (void)fprintf(stderr, "gnupg-pkcs11-scd: %s: %s\n", what, why);
    return EXIT_FAILURE;
}

/* Read up to the end: it comes when the child has reported, or is gone. */
static void read_report(int fd, char report[MAX_REPORT])
{
    size_t n = 0;

    while (n < MAX_REPORT - 1) {
        ssize_t got = read(fd, report + n, MAX_REPORT - 1 - n);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        n += (size_t)got;
    }
    report[n] = '\0';
}

static void wait_for(pid_t child)
{
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
}

/* It takes its socket with it. */
static void end_child(pid_t child)
{
    (void)kill(child, SIGTERM);
    wait_for(child);
}

/* VALUE as a word of a shell: as it is, if nothing in it means anything to
 * one. */
static void put_word(struct strbuf *line, const char *value, bool csh)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789/._-+,:@%";

    if (value[strspn(value, plain)] == '\0') {
        strbuf_puts(line, value);
        return;
    }
    strbuf_putc(line, '\'');
    for (const char *p = value; *p != '\0'; p++) {
        if (*p == '\'')
            strbuf_puts(line, "'\\''");
        else if (csh && (*p == '!' || *p == '\n'))
            strbuf_printf(line, "\\%c", *p);
        else
            strbuf_putc(line, *p);
    }
    strbuf_putc(line, '\'');
}

/* The line that the user's shell evaluates. */
static gpg_error_t print_line(const char *value, bool csh)
{
    AUTO_STRBUF buffer = {0};
    AUTO_FREE char *line = NULL;
    gpg_error_t err = 0;

    strbuf_puts(&buffer, csh ? "setenv " VARIABLE " " : VARIABLE "=");
    put_word(&buffer, value, csh);
    strbuf_puts(&buffer, csh ? "\n" : "; export " VARIABLE "\n");
    err = strbuf_take(&buffer, &line);
    if (err != 0)
        return err;
    if (fputs(line, stdout) == EOF || fflush(stdout) == EOF)
        return gpg_error_from_syserror();
    return 0;
}

/* The child serves SOCKET_NAME: say so, or become the command. */
static int hand_over(const struct options *options, pid_t child,
                     const char *socket_name)
{
    AUTO_STRBUF text = {0};
    AUTO_FREE char *value = NULL;
    gpg_error_t err = 0;

    strbuf_printf(&text, "%s:%ld:1", socket_name, (long)child);
    err = strbuf_take(&text, &value);
    if (err == 0 && options->command == NULL) {
        err = print_line(value, options->csh);
        if (err == 0)
            return EXIT_SUCCESS;
    } else if (err == 0) {
        if (setenv(VARIABLE, value, 1) == 0)
            (void)execvp(options->command[0], options->command);
        err = gpg_error_from_syserror();
    }
    end_child(child);
    return complain(options->command != NULL
                        ? options->command[0]
                        : "cannot tell where the socket is",
                    gpg_strerror(err));
}

static int lead(const struct options *options, pid_t child, int report_fd)
{
    char report[MAX_REPORT];

    read_report(report_fd, report);
    (void)close(report_fd);
    if (report[0] == REPORT_READY)
        return hand_over(options, child, report + 1);
    wait_for(child);
    return complain("the daemon could not be started",
                    report[0] == REPORT_FAILED ? report + 1 : "it has ended");
}

bool background_start(const struct options *options, struct background *ret,
                      int *ret_status)
{
    const pid_t starter = getpid();
    int fds[2] = {-1, -1};
    pid_t child = -1;

    process_open_stdio();
    if (pipe2(fds, O_CLOEXEC) == 0)
        child = fork();
    if (child < 0) {
        *ret_status = complain("cannot start a daemon", strerror(errno));
        return false;
    }
    if (child == 0) {
        (void)close(fds[0]);
        *ret = (struct background){.starter = starter, .report_fd = fds[1]};
        return true;
    }
    (void)close(fds[1]);
    *ret_status = lead(options, child, fds[0]);
    return false;
}

/* --- The process in the background ---------------------------------------- */

gpg_error_t background_detach(void)
{
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

    if (null < 0 || setsid() < 0 || chdir("/") != 0) {
        gpg_error_t err = gpg_error_from_syserror();

        if (null >= 0)
            (void)close(null);
        return err;
    }
    (void)dup2(null, STDIN_FILENO);
    (void)close(null);
    log_give_up_stderr();
    log_take_stdout();
    return 0;
}

static gpg_error_t report(struct background *background, char kind,
                          const char *text)
{
    char message[MAX_REPORT];
    const int fd = background->report_fd;
    int len = snprintf(message, sizeof message, "%c%s", kind, text);
    ssize_t written = -1;
    gpg_error_t err = 0;

    background->report_fd = -1;
    /* So short a message is written as a whole. */
    if (len > 0 && (size_t)len < sizeof message)
        written = write(fd, message, (size_t)len);
    if (written != len)
        err = gpg_error(GPG_ERR_EPIPE);
    (void)close(fd);
    return err;
}

gpg_error_t background_ready(struct background *background,
                             const char *socket_name)
{
    return report(background, REPORT_READY, socket_name);
}

void background_failed(struct background *background, gpg_error_t err)
{
    if (background->report_fd >= 0)
        (void)!report(background, REPORT_FAILED, gpg_strerror(err));
}

static void wait_for_end_of(pid_t starter)
{
    struct pollfd fd = {.fd = -1, .events = POLLIN};

#ifdef SYS_pidfd_open
    fd.fd = (int)syscall(SYS_pidfd_open, starter, 0);
#endif
    /* It is our parent as long as it lives: if it still is after the handle was
     * made, that is no other process's. */
    while (getppid() == starter) {
        if (fd.fd < 0)
            (void)sleep(LOOK_SECONDS);
        else if (poll(&fd, 1, -1) > 0)
            break;
    }
    if (fd.fd >= 0)
        (void)close(fd.fd);
}

static void *watch(void *argument)
{
    const struct background *background = argument;

    wait_for_end_of(background->starter);
    log_verbose("the command that we were started for has ended");
    process_end(NULL);
    return NULL;
}

gpg_error_t background_watch(struct background *background)
{
    pthread_t thread;
    int rc = pthread_create(&thread, NULL, watch, background);

    if (rc != 0)
        return gpg_error_from_errno(rc);
    (void)pthread_detach(thread);
    return 0;
}
