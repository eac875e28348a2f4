/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The log: what happened, for the person who has to find out. */
#include "base/log.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"

/* Set while only one thread runs, read by all. */
static _Atomic int current_level = LOG_LEVEL_NORMAL;

/* What is said before there is a log, the mistakes in the configuration that
 * names it for instance. */
#define MAX_EARLY 256

#define TIME_AND_PID (GPGRT_LOG_WITH_TIME | GPGRT_LOG_WITH_PID)

static struct {
    int level;
    char *text;
} early[MAX_EARLY];
static size_t n_early;
static bool is_open;

static void start(unsigned in_front)
{
    gpgrt_log_set_prefix("gnupg-pkcs11-scd", GPGRT_LOG_WITH_PREFIX | in_front);
    is_open = true;
    for (size_t i = 0; i < n_early; i++) {
        gpgrt_log(early[i].level, "%s\n", early[i].text);
        free(early[i].text);
    }
    n_early = 0;
}

static gpg_error_t open_file(const char *file, int *ret_fd)
{
    struct stat info = {0};
    gpg_error_t err = 0;
    /* Not to wait for somebody who reads, if it is a FIFO. */
    int fd = open(file,
                  O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK |
                      O_CLOEXEC,
                  S_IRUSR | S_IWUSR);

    if (fd < 0)
        return gpg_error_from_syserror();
    /* A file from before may be open to others; a device is not ours. */
    if (fstat(fd, &info) != 0 ||
        (S_ISREG(info.st_mode) && (info.st_mode & (S_IRWXG | S_IRWXO)) != 0 &&
         fchmod(fd, S_IRUSR | S_IWUSR) != 0)) {
        err = gpg_error_from_syserror();
        (void)close(fd);
        return err;
    }
    *ret_fd = fd;
    return 0;
}

static bool is_standard_error(const char *file)
{
    return str_equal(file, "stderr") || str_equal(file, "-") ||
           str_equal(file, "/dev/stderr");
}

gpg_error_t log_open(const char *file)
{
    gpg_error_t err = 0;
    int fd = -1;

    if (file != NULL &&
        (str_has_prefix(file, "socket://") || str_has_prefix(file, "tcp://"))) {
        gpgrt_log_set_sink(file, NULL, -1);
        start(TIME_AND_PID);
        return 0;
    }
    if (file != NULL && !is_standard_error(file)) {
        err = open_file(file, &fd);
        if (err != 0)
            return err;
        (void)dup2(fd, STDERR_FILENO);
        (void)close(fd);
    }
    gpgrt_log_set_sink("-", NULL, -1);
    start(TIME_AND_PID);
    return 0;
}

void log_open_plain(void)
{
    gpgrt_log_set_sink("-", NULL, -1);
    start(0);
}

void log_set_level(enum log_level level)
{
    atomic_store(&current_level, (int)level);
}

bool log_is_debug(void)
{
    return atomic_load(&current_level) >= LOG_LEVEL_DEBUG;
}

/* One message, one line: gpgrt keeps a line without its end back. */
static void PRINTF_LIKE(2, 0)
    write_line(int level, const char *format, va_list args)
{
    AUTO_STRBUF line = {0};
    AUTO_FREE char *text = NULL;

    strbuf_vprintf(&line, format, args);
    if (strbuf_take(&line, &text) != 0)
        return;
    if (is_open) {
        gpgrt_log(level, "%s\n", text);
    } else if (n_early < MAX_EARLY) {
        early[n_early].level = level;
        early[n_early++].text = TAKE(text);
    }
}

void log_error(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    write_line(GPGRT_LOGLVL_ERROR, format, args);
    va_end(args);
}

void log_warning(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    write_line(GPGRT_LOGLVL_WARN, format, args);
    va_end(args);
}

void log_info(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    write_line(GPGRT_LOGLVL_INFO, format, args);
    va_end(args);
}

void log_verbose(const char *format, ...)
{
    va_list args;

    if (atomic_load(&current_level) < LOG_LEVEL_VERBOSE)
        return;
    va_start(args, format);
    write_line(GPGRT_LOGLVL_INFO, format, args);
    va_end(args);
}

void log_debug(const char *format, ...)
{
    va_list args;

    if (!log_is_debug())
        return;
    va_start(args, format);
    write_line(GPGRT_LOGLVL_DEBUG, format, args);
    va_end(args);
}
