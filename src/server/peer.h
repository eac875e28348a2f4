/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Who is at the other end of a socket, how one that is not served hears of it,
 * and when it is gone. */
#ifndef SERVER_PEER_H
#define SERVER_PEER_H

#include <gpg-error.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/cleanup.h"

struct peer {
    uid_t uid;
    pid_t pid; /* 0: not known */
};

/* Who connected FD, as the kernel says it. */
NODISCARD gpg_error_t peer_get(int fd, struct peer *ret);

/* Answer a client that was not greeted yet with the error CODE and TEXT, in
 * one line, and close FD.  Never waits. */
void peer_refuse(int fd, gpg_err_code_t code, const char *text);

/* Wait until nobody writes to IN_FD any more, whatever is still to be read from
 * it, and nobody reads from OUT_FD.  False: STOP_FD became readable.  For files
 * and the like that alone ends it. */
bool peer_wait_gone(int in_fd, int out_fd, int stop_fd);

#endif
