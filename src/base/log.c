/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The log: what happened, for the person who has to find out. */
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"

/* Set while only one thread runs, read by all. */
static _Atomic int current_level = LOG_LEVEL_NORMAL;

static void set_prefix(void)
{
    gpgrt_log_set_prefix("gnupg-pkcs11-scd",
                         GPGRT_LOG_WITH_PREFIX | GPGRT_LOG_WITH_TIME |
                             GPGRT_LOG_WITH_PID);
}

gpg_error_t log_open(const char *file)
{
    int fd = -1;

    if (file == NULL || str_equal(file, "stderr") || str_equal(file, "-")) {
        gpgrt_log_set_sink(NULL, NULL, STDERR_FILENO);
        set_prefix();
        return 0;
    }
    if (str_has_prefix(file, "socket://") || str_has_prefix(file, "tcp://")) {
        gpgrt_log_set_sink(file, NULL, -1);
        set_prefix();
        return 0;
    }
    fd = open(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC,
              S_IRUSR | S_IWUSR);
    if (fd < 0)
        return gpg_error_from_syserror();
    if (fchmod(fd, S_IRUSR | S_IWUSR) != 0 && errno != EPERM &&
        errno != EINVAL) {
        gpg_error_t err = gpg_error_from_syserror();

        (void)close(fd);
        return err;
    }
    (void)dup2(fd, STDERR_FILENO);
    (void)close(fd);
    gpgrt_log_set_sink(NULL, NULL, STDERR_FILENO);
    set_prefix();
    return 0;
}

void log_set_level(enum log_level level)
{
    atomic_store(&current_level, (int)level);
}

bool log_is_debug(void)
{
    return atomic_load(&current_level) >= LOG_LEVEL_DEBUG;
}

void log_error(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    gpgrt_logv(GPGRT_LOGLVL_ERROR, format, args);
    va_end(args);
}

void log_warning(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    gpgrt_logv(GPGRT_LOGLVL_WARN, format, args);
    va_end(args);
}

void log_verbose(const char *format, ...)
{
    va_list args;

    if (atomic_load(&current_level) < LOG_LEVEL_VERBOSE)
        return;
    va_start(args, format);
    gpgrt_logv(GPGRT_LOGLVL_INFO, format, args);
    va_end(args);
}

void log_debug(const char *format, ...)
{
    va_list args;

    if (!log_is_debug())
        return;
    va_start(args, format);
    /* gpgrt shows a line of its own debug level always; ours is checked. */
    gpgrt_logv(GPGRT_LOGLVL_DEBUG, format, args);
    va_end(args);
}
