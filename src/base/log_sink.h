/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Where lines of the log go: a file or a socket, and never a wait without end.
 *
 * gpgrt_log can do both by itself, but waits for a reader of its socket as
 * long as that takes, and all threads of the daemon with it. */
#ifndef BASE_LOG_SINK_H
#define BASE_LOG_SINK_H

#include <sys/socket.h>

#include "base/bytes.h"

/* Who does not take a line within this time loses it ... */
#define LOG_SINK_WAIT_MS 500
/* ... and is not waited for again before this time has passed. */
#define LOG_SINK_REST_MS 5000

struct log_sink {
    int fd; /* of a socket: -1 while nobody listens */
    bool is_socket;
    bool is_torn; /* only a part of the last line is there */
    struct sockaddr_storage address;
    socklen_t address_len;
    int64_t rest_until;
};

#define LOG_SINK_NONE ((struct log_sink){.fd = -1})

/* Is this the name of a socket? */
bool log_sink_is_socket(const char *name);

/* Open a file for append: made with mode 0600, others lose their access to one
 * that is there unless it is root's, a symbolic link is not followed. */
NODISCARD gpg_error_t log_sink_open_file(const char *name,
                                         struct log_sink *ret);

/* Understand the name of a socket, "socket://PATH" or "tcp://ADDRESS:PORT".
 * It is connected to with the first line, and again after a failure. */
NODISCARD gpg_error_t log_sink_open_socket(const char *name,
                                           struct log_sink *ret);

/* A second descriptor for FD's file. */
NODISCARD gpg_error_t log_sink_open_fd(int fd, struct log_sink *ret);

void log_sink_close(struct log_sink *s);

/* False if the line is lost, and errno says why. */
bool log_sink_write(struct log_sink *s, const char *line, size_t len);

#endif
