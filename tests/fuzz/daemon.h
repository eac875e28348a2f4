/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The daemon of a test, and ordinary conversation with it. */
#ifndef FUZZ_DAEMON_H
#define FUZZ_DAEMON_H

#include <stdbool.h>
#include <sys/types.h>

#include "text.h"

/* Nothing that was asked may take longer, on whatever machine. */
#define PATIENCE_MS (180 * 1000)

struct daemon {
    pid_t pid;
    int in; /* what it says; reading does not block */
    int out;
    struct text unread;
};

/* Start PROGRAM for the GnuPG home HOME and read its greeting.  False here and
 * below: it was said why on standard error. */
bool daemon_start(struct daemon *daemon, const char *program, const char *home);

/* Another client, connected through the socket PATH; < 0 if that fails. */
int daemon_connect(const char *path);

/* Send COMMAND, answer every question with PIN, put the lines before OK into
 * ANSWER.  An ERR is a failure, unless RET_OK wants to know of it. */
bool daemon_ask(struct daemon *daemon, const char *command, const char *pin,
                struct text *answer, bool *ret_ok);

/* Leave it; it has to end with status 0. */
bool daemon_end(struct daemon *daemon);

#endif
