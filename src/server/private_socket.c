/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A Unix socket in a directory that only this user can enter. */
#include "server/private_socket.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"

#define BACKLOG 64

static gpg_error_t listen_at(const char *path, int *ret_fd)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = -1;

    if (strlen(path) >= sizeof address.sun_path)
        return gpg_error(GPG_ERR_ENAMETOOLONG);
    memcpy(address.sun_path, path, strlen(path) + 1);
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return gpg_error_from_syserror();
    if (bind(fd, (const struct sockaddr *)&address, sizeof address) != 0 ||
        listen(fd, BACKLOG) != 0) {
        gpg_error_t err = gpg_error_from_syserror();

        (void)close(fd);
        (void)unlink(path);
        return err;
    }
    *ret_fd = fd;
    return 0;
}

static gpg_error_t open_in(const char *parent, struct private_socket *ret)
{
    AUTO_STRBUF name = {0};
    AUTO_FREE char *directory = NULL;
    AUTO_FREE char *path = NULL;
    gpg_error_t err = 0;

    strbuf_printf(&name, "%s/gnupg-pkcs11-scd.XXXXXX", parent);
    err = strbuf_take(&name, &directory);
    if (err != 0)
        return err;
    if (mkdtemp(directory) == NULL) /* mode 0700 */
        return gpg_error_from_syserror();
    strbuf_printf(&name, "%s/agent.S", directory);
    err = strbuf_take(&name, &path);
    if (err == 0)
        err = listen_at(path, &ret->fd);
    if (err != 0) {
        (void)rmdir(directory);
        return err;
    }
    ret->directory = TAKE(directory);
    ret->path = TAKE(path);
    return 0;
}

gpg_error_t private_socket_open(struct private_socket *ret)
{
    const char *parents[] = {getenv("GNUPG_PKCS11_SOCKETDIR"), getenv("TMPDIR"),
                             "/tmp"};
    gpg_error_t err = gpg_error(GPG_ERR_ENOENT);

    for (size_t i = 0; i < sizeof parents / sizeof parents[0]; i++) {
        if (parents[i] == NULL || parents[i][0] == '\0')
            continue;
        err = open_in(parents[i], ret);
        if (err == 0)
            return 0;
        log_warning("no socket in %s: %s", parents[i], gpg_strerror(err));
    }
    return err;
}

void private_socket_remove(const struct private_socket *s)
{
    (void)unlink(s->path);
    (void)rmdir(s->directory);
}

void private_socket_close(struct private_socket *s)
{
    (void)close(s->fd);
    free(s->path);
    free(s->directory);
    *s = (struct private_socket){.fd = -1};
}
