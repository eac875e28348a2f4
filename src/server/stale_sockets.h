/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Removes the sockets that daemons left behind when they were killed. */
#ifndef SERVER_STALE_SOCKETS_H
#define SERVER_STALE_SOCKETS_H

/* A daemon's socket is PARENT/gnupg-pkcs11-scd.XXXXXX/agent.S, as it was in
 * gnupg-pkcs11-scd 0.10. */
#define STALE_SOCKETS_PREFIX "gnupg-pkcs11-scd."
#define STALE_SOCKETS_NAME "agent.S"

/* Remove those in PARENT that are ours and that no process has open any more,
 * with their directories.  Anything else stays, and a daemon that runs does
 * not notice. */
void stale_sockets_remove(const char *parent);

#endif
