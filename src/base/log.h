/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The log: what happened, for the person who has to find out.
 *
 * A line of it is
 *
 *     2026-03-01 12:00:00 gnupg-pkcs11-scd[4711] error token: the message
 *
 * with the level of the message and the part of the program that speaks,
 * which is taken from the folder of its source file.  Lines to a socket have
 * no time: watchgnupg(1) adds it.
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

enum log_kind {
    LOG_KIND_ERROR,
    LOG_KIND_WARNING,
    LOG_KIND_INFO,    /* at every level */
    LOG_KIND_VERBOSE, /* "info" too */
    LOG_KIND_DEBUG
};

/* Nothing is written before the first log_open: messages until then are kept
 * and written to what it opens.
 *
 * Send the log to FILE (opened for append, mode 0600, a symbolic link is not
 * followed), to a socket ("socket://PATH", "tcp://ADDRESS:PORT", where nobody
 * has to listen yet), or with NULL or "stderr" to the standard error that the
 * process was started with.  A file becomes standard error as well, so that
 * what modules print ends up in it.
 *
 * On failure the log stays where it was; the first time that is standard
 * error.  At any time, in any thread: no line gets lost, or into both. */
NODISCARD gpg_error_t log_open(const char *file);

/* Send it to standard error, with nothing but our name in front of a message,
 * for a person or a program that waits for it. */
void log_open_plain(void);

/* Does FILE, as log_open takes it, name a file?  It may be a device. */
bool log_is_file_name(const char *file);

/* Where it goes.  With a file, that is what standard error is as well. */
enum log_place { LOG_ON_STDERR, LOG_IN_FILE, LOG_ON_SOCKET };
enum log_place log_place(void);

/* From now on standard output is where standard error is, now and after each
 * log_open. */
void log_take_stdout(void);

/* The standard error that the process was started with is given up, to
 * whoever waits for its end: what would go there goes nowhere. */
void log_give_up_stderr(void);

void log_set_level(enum log_level level);
bool log_is_debug(void);

/* One line.  The message may have anything in it: control characters and what
 * is no UTF-8 become '?', and a very long one is cut.  SOURCE is the file that
 * speaks. */
void log_write(enum log_kind kind, const char *source, const char *format, ...)
    PRINTF_LIKE(3, 4);

#define log_error(...) log_write(LOG_KIND_ERROR, __FILE__, __VA_ARGS__)
#define log_warning(...) log_write(LOG_KIND_WARNING, __FILE__, __VA_ARGS__)
/* What has to be known later, for instance that a PIN was used that nobody
 * typed: at every level. */
#define log_info(...) log_write(LOG_KIND_INFO, __FILE__, __VA_ARGS__)
#define log_verbose(...) log_write(LOG_KIND_VERBOSE, __FILE__, __VA_ARGS__)
#define log_debug(...) log_write(LOG_KIND_DEBUG, __FILE__, __VA_ARGS__)

#endif
