/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A Unix socket in a directory of its own, for the clients of one user. */
#include "server/private_socket.h"

#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "server/stale_sockets.h"

#define BACKLOG 64

/* Under this name, which is not longer than the final one, the socket is made
 * ready. */
#define UNFINISHED_NAME "new"

/* One that is taken away if it is not finished. */
struct draft {
    char *directory;
    char *unfinished;
    char *path;
    int fd;
};

static void draft_clear(struct draft *draft)
{
    if (draft->fd >= 0) {
        (void)close(draft->fd);
        (void)unlink(draft->unfinished);
    }
    if (draft->directory != NULL)
        (void)rmdir(draft->directory);
    free(draft->directory);
    free(draft->unfinished);
    free(draft->path);
}

static gpg_error_t join(const char *directory, const char *name, char **ret)
{
    AUTO_STRBUF path = {0};

    strbuf_printf(&path, "%s/%s", directory, name);
    return strbuf_take(&path, ret);
}

static gpg_error_t listen_at(const char *path, int *ret_fd)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    if (fd < 0)
        return gpg_error_from_syserror();
    memcpy(address.sun_path, path, strlen(path) + 1);
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

/* The names in PARENT, of which the directory's is not complete yet.  A name
 * that is too long for a socket is refused before anything is made. */
static gpg_error_t choose_names(const char *parent, char **ret_directory)
{
    const size_t max = sizeof((struct sockaddr_un *)NULL)->sun_path - 1;
    AUTO_FREE char *directory = NULL;
    size_t len = 0;
    gpg_error_t err = join(parent, STALE_SOCKETS_PREFIX "XXXXXX", &directory);

    if (err != 0)
        return err;
    len = strlen(directory) + strlen("/" STALE_SOCKETS_NAME);
    if (len > max) {
        log_warning("no socket in %s: its name would have %zu bytes, and one "
                    "of a socket %zu at most; set GNUPG_PKCS11_SOCKETDIR to a "
                    "shorter one",
                    parent, len, max);
        return gpg_error(GPG_ERR_ENAMETOOLONG);
    }
    *ret_directory = TAKE(directory);
    return 0;
}

/* What is made for another user can be reached by all.  The directory comes
 * last: until then nobody sees that anything is there. */
static gpg_error_t open_to_others(const struct draft *draft)
{
    if (chmod(draft->path, 0666) != 0 || chmod(draft->directory, 0755) != 0)
        return gpg_error_from_syserror();
    return 0;
}

static gpg_error_t fill(struct draft *draft, uid_t client)
{
    gpg_error_t err =
        join(draft->directory, UNFINISHED_NAME, &draft->unfinished);

    if (err == 0)
        err = join(draft->directory, STALE_SOCKETS_NAME, &draft->path);
    if (err == 0)
        err = listen_at(draft->unfinished, &draft->fd);
    if (err != 0)
        return err;
    /* A socket that nobody listens on yet looks like one of a daemon that was
     * killed; so it has its name from the moment on when somebody does. */
    if (rename(draft->unfinished, draft->path) != 0)
        return gpg_error_from_syserror();
    if (client == geteuid())
        return 0;
    err = open_to_others(draft);
    if (err != 0)
        (void)unlink(draft->path);
    return err;
}

static gpg_error_t open_in(const char *parent, uid_t client,
                           struct private_socket *ret)
{
    AUTO(draft_clear) struct draft draft = {.fd = -1};
    AUTO_FREE char *directory = NULL;
    gpg_error_t err = choose_names(parent, &directory);

    if (err != 0)
        return err;
    if (mkdtemp(directory) == NULL) { /* mode 0700 */
        err = gpg_error_from_syserror();
    } else {
        draft.directory = TAKE(directory);
        err = fill(&draft, client);
    }
    if (err != 0) {
        log_warning("no socket in %s: %s", parent, gpg_strerror(err));
        return err;
    }
    ret->directory = TAKE(draft.directory);
    ret->path = TAKE(draft.path);
    ret->client = client;
    ret->fd = draft.fd;
    draft.fd = -1;
    stale_sockets_remove(parent);
    return 0;
}

/* The same for a place that may be named relative to the working directory,
 * which is another one later, and clients have one of their own. */
static gpg_error_t open_in_place(const char *place, uid_t client,
                                 struct private_socket *ret)
{
    AUTO_FREE char *start = NULL;
    AUTO_FREE char *parent = NULL;
    gpg_error_t err = 0;

    if (place[0] == '/')
        return open_in(place, client, ret);
    start = getcwd(NULL, 0);
    if (start == NULL)
        return gpg_error_from_syserror();
    err = join(start, place, &parent);
    return err != 0 ? err : open_in(parent, client, ret);
}

/* GnuPG's directory for its own sockets, if there is one. */
static bool is_ours_alone(const char *directory)
{
    struct stat info = {0};

    return lstat(directory, &info) == 0 && S_ISDIR(info.st_mode) &&
           info.st_uid == geteuid() && (info.st_mode & 07777) == 0700;
}

gpg_error_t private_socket_open(uid_t client, struct private_socket *ret)
{
    AUTO_STRBUF name = {0};
    AUTO_FREE char *gnupg = NULL;
    const char *places[] = {getenv("GNUPG_PKCS11_SOCKETDIR"), getenv("TMPDIR"),
                            NULL, "/tmp"};
    gpg_error_t err = 0;

    strbuf_printf(&name, "%s/%lu/gnupg", "/run/user", (unsigned long)geteuid());
    err = strbuf_take(&name, &gnupg);
    if (err != 0)
        return err;
    /* Another user would not get there. */
    if (client == geteuid() && is_ours_alone(gnupg))
        places[2] = gnupg;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (places[i] == NULL || places[i][0] == '\0')
            continue;
        err = open_in_place(places[i], client, ret);
        if (err == 0)
            return 0;
    }
    log_error("no socket can be made: set GNUPG_PKCS11_SOCKETDIR to a folder "
              "that can be written to");
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
