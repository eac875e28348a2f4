/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Who is at the other end of a socket, how one that is not served hears of it,
 * and when it is gone. */
#include "server/peer.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

gpg_error_t peer_get(int fd, struct peer *ret)
{
#ifdef SO_PEERCRED
    struct ucred who = {0};
    socklen_t len = sizeof who;

    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len) != 0)
        return gpg_error_from_syserror();
    if (len != sizeof who)
        return gpg_error(GPG_ERR_INV_LENGTH);
    *ret = (struct peer){.uid = who.uid, .pid = who.pid};
    return 0;
#else
    uid_t uid = 0;
    gid_t gid = 0;

    if (getpeereid(fd, &uid, &gid) != 0)
        return gpg_error_from_syserror();
    *ret = (struct peer){.uid = uid};
    return 0;
#endif
}

void peer_refuse(int fd, gpg_err_code_t code, const char *text)
{
    char line[200];
    int n = snprintf(line, sizeof line, "ERR %u %s <SCD> - %s\n",
                     gpg_error(code), gpg_strerror(code), text);

    if (n > 0 && (size_t)n < sizeof line)
        (void)!send(fd, line, (size_t)n, MSG_DONTWAIT | MSG_NOSIGNAL);
    (void)close(fd);
}

/* Wait until the other end of FD is closed; false: STOP_FD became readable. */
static bool wait_hangup(int fd, int stop_fd)
{
    struct pollfd fds[2] = {{.fd = fd}, {.fd = stop_fd, .events = POLLIN}};

    while (poll(fds, 2, -1) < 0)
        if (errno != EINTR)
            return false;
    return fds[1].revents == 0;
}

bool peer_wait_gone(int in_fd, int out_fd, int stop_fd)
{
    return wait_hangup(in_fd, stop_fd) && wait_hangup(out_fd, stop_fd);
}
