/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The log: what happened, for the person who has to find out.
 *
 * Nothing secret is ever logged, at any level: no PIN, no plaintext, no data
 * of an Assuan D line. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/bytes.h"

enum log_level {
    LOG_LEVEL_NORMAL,  /* errors and warnings */
    LOG_LEVEL_VERBOSE, /* and what is done: modules, tokens, logins */
    LOG_LEVEL_DEBUG    /* and each command and module call */
};

/* Nothing is written before the first log_open: messages until then are kept
 * and written to what it opens.
 *
 * Send the log to FILE (opened for append, mode 0600, a symbolic link is not
 * followed), to a socket ("socket://PATH", "tcp://HOST:PORT"), or with NULL
 * or "stderr" to standard error.  A file becomes standard error as well, so
 * that what modules print ends up in it.  On failure the log stays where it
 * was.  While one thread runs only. */
NODISCARD gpg_error_t log_open(const char *file);

/* Send it to standard error, with neither time nor process in front of a line,
 * for a person or a program that waits for it. */
void log_open_plain(void);

void log_set_level(enum log_level level);
bool log_is_debug(void);

void log_error(const char *format, ...) PRINTF_LIKE(1, 2);
void log_warning(const char *format, ...) PRINTF_LIKE(1, 2);
/* What has to be known later, for instance that a PIN was used that nobody
 * typed: at every level. */
void log_info(const char *format, ...) PRINTF_LIKE(1, 2);
void log_verbose(const char *format, ...) PRINTF_LIKE(1, 2);
void log_debug(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
