/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Removes the sockets that daemons left behind when they were killed. */
#include "server/stale_sockets.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"

/* The start does not wait for a directory that somebody filled up. */
#define MAX_OURS 256
#define MAX_NAMES 65536

/* What mkdtemp(3) makes of the X's. */
#define N_RANDOM 6

static void close_fd(const int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
}

static void close_directory(DIR **directory)
{
    if (*directory != NULL)
        (void)closedir(*directory);
}

static bool is_candidate(const char *name)
{
    return str_has_prefix(name, STALE_SOCKETS_PREFIX) &&
           strlen(name) == strlen(STALE_SOCKETS_PREFIX) + N_RANDOM;
}

/* Has no process the socket at PATH?  Asked with a socket of the other kind: a
 * daemon that has it sees no connection, and how busy it is does not matter.
 */
static bool is_dead(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    AUTO(close_fd) int fd = -1;
    const size_t len = strlen(path);

    if (len >= sizeof address.sun_path)
        return false;
    memcpy(address.sun_path, path, len + 1);
    fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    return fd >= 0 &&
           connect(fd, (const struct sockaddr *)&address, sizeof address) !=
               0 &&
           errno == ECONNREFUSED;
}

/* Look at the directory NAME in PARENT, which is open as PARENT_FD, if it is
 * ours: true.  Nothing is followed, and nothing removed but a socket by this
 * one name. */
static bool look_at(const char *parent, int parent_fd, const char *name)
{
    AUTO(close_fd)
    int fd = openat(parent_fd, name,
                    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    struct stat info = {0};
    AUTO_STRBUF text = {0};
    AUTO_FREE char *path = NULL;

    if (fd < 0 || fstat(fd, &info) != 0 || info.st_uid != geteuid())
        return false;
    if (fstatat(fd, STALE_SOCKETS_NAME, &info, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISSOCK(info.st_mode) || info.st_uid != geteuid())
        return true;
    strbuf_printf(&text, "%s/%s/" STALE_SOCKETS_NAME, parent, name);
    if (strbuf_take(&text, &path) != 0 || !is_dead(path) ||
        unlinkat(fd, STALE_SOCKETS_NAME, 0) != 0)
        return true;
    (void)unlinkat(parent_fd, name, AT_REMOVEDIR);
    log_verbose("removed %s, which a daemon left behind", path);
    return true;
}

void stale_sockets_remove(const char *parent)
{
    AUTO(close_directory) DIR *directory = opendir(parent);
    unsigned n_ours = 0;

    if (directory == NULL)
        return;
    for (unsigned n = 0; n < MAX_NAMES && n_ours < MAX_OURS; n++) {
        const struct dirent *entry = readdir(directory);

        if (entry == NULL)
            return;
        if (is_candidate(entry->d_name) &&
            look_at(parent, dirfd(directory), entry->d_name))
            n_ours++;
    }
}
