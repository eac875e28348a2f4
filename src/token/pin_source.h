/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A PIN that nobody types: read from a file, a credential of the service
 * manager, or a command, at the moment when it is needed. */
#ifndef TOKEN_PIN_SOURCE_H
#define TOKEN_PIN_SOURCE_H

#include "base/secret.h"

/* Read SOURCE, in the form that the configuration has checked: "file:/PATH",
 * "credential:NAME" or "command:/PATH ARGUMENTS".  The log says what is wrong
 * with one that cannot be used, and what helps.  One newline at the end is not
 * part of the PIN.  GPG_ERR_CANCELED if STOP_FD (or -1) becomes readable
 * before. */
NODISCARD gpg_error_t pin_source_read(const char *source, int stop_fd,
                                      struct secret *ret);

/* SOURCE for a log: its kind and what it names, without the arguments of a
 * command.  NULL if out of memory; the caller frees it. */
char *pin_source_name(const char *source);

/* Read FD to its end, more than any PIN being too much, until DEADLINE
 * (clock_ms).  GPG_ERR_TIMEOUT, GPG_ERR_TOO_LARGE, GPG_ERR_CANCELED. */
NODISCARD gpg_error_t pin_source_read_fd(int fd, int stop_fd, int64_t deadline,
                                         struct secret *ret);

/* Run COMMAND ("/PATH ARGUMENTS", words separated by blanks) and take what it
 * writes to its standard output, for TIMEOUT_MS at most; pin_command.c. */
NODISCARD gpg_error_t pin_source_run(const char *command, int stop_fd,
                                     int64_t timeout_ms, struct secret *ret);

#endif
