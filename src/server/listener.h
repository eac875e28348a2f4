/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The daemon's clients: the one on standard input and output, and those that
 * come through a socket in a private directory; a thread for each. */
#ifndef SERVER_LISTENER_H
#define SERVER_LISTENER_H

#include "base/cleanup.h"
#include "base/config.h"
#include "commands/service.h"
#include "server/private_socket.h"

struct listener;

/* More clients than this at a time are told to come back, and more than the
 * process has descriptors for. */
#define LISTENER_MAX_CLIENTS 256

struct listener_caller {
    /* Ends the daemon: called from a client's thread. */
    void (*end)(void *context);
    /* Reads the configuration anew, in any thread, one at a time. */
    service_read_fn read;
    void *context;
};

/* Nothing is served yet; CONFIG is taken over. */
NODISCARD gpg_error_t listener_new(struct config *config,
                                   const struct listener_caller *caller,
                                   struct listener **ret);

/* As a client's RELOADCONF does it, in a thread of its own: the log says what
 * it came to. */
void listener_reload(struct listener *listener);

/* Accept clients on SOCKET, which it takes over, on failure too: processes of
 * the socket's user alone. */
NODISCARD gpg_error_t listener_serve_socket(struct listener *listener,
                                            struct private_socket *socket);

/* The socket's name, as long as it is served; NULL: there is none. */
const char *listener_socket_name(const struct listener *listener);

/* Serve the client on these descriptors; the daemon ends when it leaves. */
NODISCARD gpg_error_t listener_serve_pipe(struct listener *listener, int in_fd,
                                          int out_fd);

/* Remove the socket: no other client finds us.  Takes NULL. */
void listener_hide(struct listener *listener);

/* Remove the socket, end all connections (as if their input had ended, also
 * one that waits for a PIN), wait for their threads, unload the modules.
 * False: a module does not end, and a thread is in it still; the process can
 * only be left as it is.  So it can while this waits for ever.  Takes NULL. */
NODISCARD bool listener_stop(struct listener *listener);

/* Log which calls into which modules listener_stop waits for: in another
 * thread. */
void listener_log_calls(struct listener *listener);

/* After listener_stop was true.  Takes NULL. */
void listener_free(struct listener *listener);

#endif
