/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A PIN that nobody types: reading it from where the configuration says. */
#include "token/pin_source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"

/* More than any PIN, its newline included. */
#define MAX_BYTES 1024

/* A command that takes longer has lost its chance. */
#define COMMAND_MS 30000

/* For files: nothing that could block. */
#define FILE_MS 1000

gpg_error_t pin_source_read_fd(int fd, int stop_fd, int64_t deadline,
                               struct secret *ret)
{
    AUTO_SECRET buffer = {0};
    struct pollfd fds[2] = {{.fd = fd, .events = POLLIN},
                            {.fd = stop_fd, .events = POLLIN}};
    size_t len = 0;
    gpg_error_t err = secret_alloc(&buffer, MAX_BYTES + 1);

    while (err == 0) {
        const int64_t left = deadline - clock_ms();
        ssize_t n = 0;

        if (left <= 0)
            return gpg_error(GPG_ERR_TIMEOUT);
        if (poll(fds, 2, left > 1000 ? 1000 : (int)left) <= 0)
            continue;
        if (fds[1].revents != 0)
            return gpg_error(GPG_ERR_CANCELED);
        n = read(fd, buffer.data + len, buffer.len - len);
        if (n == 0)
            break;
        if (n > 0)
            len += (size_t)n;
        else if (errno != EINTR && errno != EAGAIN)
            err = gpg_error_from_syserror();
        if (len > MAX_BYTES)
            return gpg_error(GPG_ERR_TOO_LARGE);
    }
    if (err != 0)
        return err;
    secret_truncate(&buffer, len);
    *ret = buffer;
    buffer = (struct secret){0};
    return 0;
}

/* Who else could read the file, or write it; and what to do about it. */
static gpg_error_t check_file(const char *path, const struct stat *info,
                              mode_t refused)
{
    if (!S_ISREG(info->st_mode)) {
        log_error("%s is no regular file: no PIN is taken from it", path);
        return gpg_error(GPG_ERR_INV_VALUE);
    }
    if (info->st_uid != geteuid() && info->st_uid != 0) {
        log_error("%s belongs to somebody else: no PIN is taken from it; "
                  "chown %lu %s",
                  path, (unsigned long)geteuid(), path);
        return gpg_error(GPG_ERR_EPERM);
    }
    if ((info->st_mode & refused) != 0) {
        log_error("%s is open to others (mode %04o): no PIN is taken from "
                  "it; chmod 600 %s",
                  path, (unsigned)(info->st_mode & 07777), path);
        return gpg_error(GPG_ERR_EPERM);
    }
    return 0;
}

/* Where anybody could put another file in its place. */
static gpg_error_t check_folder(const char *path)
{
    AUTO_FREE char *folder = NULL;
    struct stat info = {0};
    const char *slash = strrchr(path, '/');
    gpg_error_t err = str_copy(path, &folder);

    if (err != 0)
        return err;
    folder[slash == path ? 1 : slash - path] = '\0';
    if (stat(folder, &info) != 0) {
        err = gpg_error_from_syserror();
        log_error("%s: %s", folder, gpg_strerror(err));
        return err;
    }
    if ((info.st_mode & S_IWOTH) == 0 || (info.st_mode & S_ISVTX) != 0)
        return 0;
    log_error("%s can be written by anybody: no PIN is taken from %s; "
              "chmod o-w %s",
              folder, path, folder);
    return gpg_error(GPG_ERR_EPERM);
}

/* REFUSED are the bits of its mode that it must not have. */
static gpg_error_t read_file(const char *path, mode_t refused,
                             struct secret *ret)
{
    struct stat info = {0};
    gpg_error_t err = check_folder(path);
    int fd = -1;

    if (err != 0)
        return err;
    fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        err = gpg_error_from_syserror();
        if (gpg_err_code(err) == GPG_ERR_ELOOP)
            log_error("%s is a symbolic link: name the file itself", path);
        else
            log_error("%s: %s", path, gpg_strerror(err));
        return err;
    }
    if (fstat(fd, &info) != 0)
        err = gpg_error_from_syserror();
    else
        err = check_file(path, &info, refused);
    if (err == 0) {
        err = pin_source_read_fd(fd, -1, clock_ms() + FILE_MS, ret);
        if (err != 0)
            log_error("%s: %s", path, gpg_strerror(err));
    }
    (void)close(fd);
    return err;
}

/* The service manager makes the file, for us only; what looks like access for
 * a group is the mask of its access list. */
static gpg_error_t read_credential(const char *name, struct secret *ret)
{
    AUTO_STRBUF text = {0};
    AUTO_FREE char *path = NULL;
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    gpg_error_t err = 0;

    if (folder == NULL || folder[0] != '/') {
        log_error("no PIN from the credential %s: CREDENTIALS_DIRECTORY is "
                  "not set; only a service that systemd starts with "
                  "LoadCredential= or the like has it",
                  name);
        return gpg_error(GPG_ERR_NOT_FOUND);
    }
    if (str_equal(name, ".") || str_equal(name, ".."))
        return gpg_error(GPG_ERR_INV_VALUE);
    strbuf_printf(&text, "%s/%s", folder, name);
    err = strbuf_take(&text, &path);
    return err != 0 ? err : read_file(path, S_IWGRP | S_IRWXO, ret);
}

/* One line is a PIN; anything else is a file that was meant for something
 * else, and no try is spent on it. */
static gpg_error_t take_line(const char *source, struct secret *pin)
{
    AUTO_FREE char *name = pin_source_name(source);
    bool good = true;

    if (pin->len > 0 && pin->data[pin->len - 1] == '\n')
        secret_truncate(pin, pin->len - 1);
    for (size_t i = 0; i < pin->len; i++)
        good = good && pin->data[i] != '\0' && pin->data[i] != '\n' &&
               pin->data[i] != '\r';
    if (good && pin->len > 0)
        return 0;
    log_error("no PIN in %s: one line is expected, without a carriage return",
              name != NULL ? name : source);
    return gpg_error(GPG_ERR_INV_VALUE);
}

gpg_error_t pin_source_read(const char *source, int stop_fd, struct secret *ret)
{
    AUTO_SECRET pin = {0};
    const char *value = strchr(source, ':');
    gpg_error_t err = gpg_error(GPG_ERR_INV_VALUE);

    if (value == NULL)
        return err;
    value++;
    if (str_has_prefix(source, "file:"))
        err = read_file(value, S_IRWXG | S_IRWXO, &pin);
    else if (str_has_prefix(source, "credential:"))
        err = read_credential(value, &pin);
    else if (str_has_prefix(source, "command:"))
        err = pin_source_run(value, stop_fd, COMMAND_MS, &pin);
    if (err == 0)
        err = take_line(source, &pin);
    if (err != 0)
        return err;
    *ret = pin;
    pin = (struct secret){0};
    return 0;
}

char *pin_source_name(const char *source)
{
    const bool is_command = str_has_prefix(source, "command:");

    return str_printable(span_make(source, is_command ? strcspn(source, " \t")
                                                      : strlen(source)));
}
