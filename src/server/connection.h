/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One Assuan connection, from hello to bye. */
#ifndef SERVER_CONNECTION_H
#define SERVER_CONNECTION_H

#include "commands/client.h"

/* Serve CTX, which is set up for its descriptors and is released, until the
 * client leaves or the daemon ends.  SOCKET is the client's, which is closed
 * too; -1: CTX has two descriptors, and closes them.  IS_PRIMARY: it is the one
 * that started the daemon.  RET_ENDS_DAEMON: the client said KILLSCD. */
void connection_serve(struct service *service, assuan_context_t ctx, int socket,
                      bool is_primary, bool *ret_ends_daemon);

#endif
