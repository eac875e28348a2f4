/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A Unix socket in a directory of its own, for the clients of one user. */
#ifndef SERVER_PRIVATE_SOCKET_H
#define SERVER_PRIVATE_SOCKET_H

#include <gpg-error.h>
#include <sys/types.h>

#include "base/cleanup.h"

struct private_socket {
    char *directory;
    char *path;   /* DIRECTORY/agent.S, a full path */
    uid_t client; /* whose processes may use it */
    int fd;       /* listening, non-blocking */
};

/* Make it in the first place that works of $GNUPG_PKCS11_SOCKETDIR, $TMPDIR,
 * GnuPG's directory for the sockets of this user, and /tmp; the log says why
 * one does not.  Sockets of daemons that were killed are removed there.
 *
 * CLIENT is the user whose processes may connect, and nobody else: whoever
 * accepts them has to see to that.  The directory has mode 0700, so that the
 * others do not get that far; for another CLIENT than our own user it can be
 * entered by all. */
NODISCARD gpg_error_t private_socket_open(uid_t client,
                                          struct private_socket *ret);

/* Remove the socket and its directory: nobody new finds it. */
void private_socket_remove(const struct private_socket *s);

/* Close it, when no thread uses it any more. */
void private_socket_close(struct private_socket *s);

#endif
