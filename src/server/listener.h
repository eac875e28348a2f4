/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The daemon's clients: the one on standard input and output, and those that
 * come through a socket in a private directory; a thread for each. */
#ifndef SERVER_LISTENER_H
#define SERVER_LISTENER_H

#include "base/cleanup.h"
#include "base/config.h"
#include "server/private_socket.h"

struct listener;

/* More clients than this at a time are told to come back, and more than the
 * process has descriptors for. */
#define LISTENER_MAX_CLIENTS 256

/* What ends the daemon: called from a client's thread. */
typedef void (*listener_end_fn)(void *context);

/* Nothing is served yet; CONFIG must outlive it. */
NODISCARD gpg_error_t listener_new(const struct config *config,
                                   listener_end_fn end, void *context,
                                   struct listener **ret);

/* Accept clients on SOCKET, which it takes over, on failure too: processes of
 * the socket's user alone. */
NODISCARD gpg_error_t listener_serve_socket(struct listener *listener,
                                            struct private_socket *socket);

/* The socket's name, as long as it is served; NULL: there is none. */
const char *listener_socket_name(const struct listener *listener);

/* Serve the client on these descriptors; the daemon ends when it leaves. */
NODISCARD gpg_error_t listener_serve_pipe(struct listener *listener, int in_fd,
                                          int out_fd);

/* Remove the socket, end all connections (as if their input had ended, also
 * one that waits for a PIN), wait for their threads, unload the modules.
 * False: a module does not end, and a thread is in it still; the process can
 * only be left as it is.  Takes NULL. */
NODISCARD bool listener_stop(struct listener *listener);

#endif
