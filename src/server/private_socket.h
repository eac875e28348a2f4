/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A Unix socket in a directory that only this user can enter. */
#ifndef SERVER_PRIVATE_SOCKET_H
#define SERVER_PRIVATE_SOCKET_H

#include <gpg-error.h>

#include "base/cleanup.h"

struct private_socket {
    char *directory;
    char *path; /* DIRECTORY/agent.S */
    int fd;     /* listening */
};

/* Make it in the first of $GNUPG_PKCS11_SOCKETDIR, $TMPDIR and /tmp that
 * works. */
NODISCARD gpg_error_t private_socket_open(struct private_socket *ret);

/* Remove the socket and its directory: nobody new finds it. */
void private_socket_remove(const struct private_socket *s);

/* Close it, when no thread uses it any more. */
void private_socket_close(struct private_socket *s);

#endif
