/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The files in which it is kept what a login has shown of a token. */
#include "keyring/memory_file.h"

#include <errno.h>
#include <fcntl.h>
#include <gcrypt.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hex.h"
#include "base/log.h"

#define FOLDER "gnupg-pkcs11-scd.d"

static void close_auto(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
}
#define AUTO_FD AUTO(close_auto) int

static int take_fd(int *fd)
{
    const int taken = *fd;

    *fd = -1;
    return taken;
}

/* Nobody else may have a say in what we believe of a token. */
static bool is_ours(const struct stat *st)
{
    return st->st_uid == geteuid() && (st->st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/* The folder in HOME, made if MAKE says so; -1: there is none of use. */
static int open_folder(const char *home, bool make)
{
    AUTO_STRBUF b = {0};
    AUTO_FREE char *name = NULL;
    AUTO_FD fd = -1;
    struct stat st = {0};

    strbuf_printf(&b, "%s/" FOLDER, home);
    if (strbuf_take(&b, &name) != 0)
        return -1;
    if (make && mkdir(name, 0700) != 0 && errno != EEXIST) {
        log_verbose("%s cannot be made: %s", name,
                    gpg_strerror(gpg_error_from_syserror()));
        return -1;
    }
    fd = open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT)
        return -1;
    if (fd < 0 || fstat(fd, &st) != 0) {
        log_verbose("%s cannot be used: %s", name,
                    gpg_strerror(gpg_error_from_syserror()));
        return -1;
    }
    if (!is_ours(&st)) {
        log_verbose("%s is not used: others may write to it", name);
        return -1;
    }
    return take_fd(&fd);
}

static gpg_error_t read_all(int fd, size_t size, struct bytes *ret)
{
    AUTO_BYTES text = {0};
    size_t n = 0;
    gpg_error_t err = size != 0 ? bytes_alloc(&text, size) : 0;

    while (n < size && err == 0) {
        ssize_t got = read(fd, text.data + n, size - n);

        if (got < 0 && errno != EINTR)
            err = gpg_error_from_syserror();
        if (got == 0)
            err = gpg_error(GPG_ERR_EOF);
        n += got > 0 ? (size_t)got : 0;
    }
    if (err == 0)
        *ret = bytes_take(&text);
    return err;
}

/* The file NAME, if it is one that we could have written. */
static gpg_error_t read_file(int folder, const char *name, struct bytes *ret)
{
    /* Opening a FIFO must not wait for somebody who writes. */
    AUTO_FD fd =
        openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat st = {0};

    if (fd < 0 || fstat(fd, &st) != 0)
        return gpg_error_from_syserror();
    if (!S_ISREG(st.st_mode) || !is_ours(&st))
        return gpg_error(GPG_ERR_EPERM);
    if (st.st_size < 0 || (size_t)st.st_size > MEMORY_MAX_SIZE)
        return gpg_error(GPG_ERR_TOO_LARGE);
    return read_all(fd, (size_t)st.st_size, ret);
}

static const char *why(gpg_error_t err)
{
    switch (gpg_err_code(err)) {
    case GPG_ERR_UNKNOWN_VERSION:
        return "it is not of this version's kind";
    case GPG_ERR_WRONG_CARD:
        return "it is about another token";
    case GPG_ERR_INV_VALUE:
        return "it is damaged";
    case GPG_ERR_TOO_LARGE:
        return "it is too large";
    case GPG_ERR_EPERM:
        return "it is no file that its user alone can write to";
    default:
        return gpg_strerror(err);
    }
}

void memory_load(const char *home, const char *serial, struct memory *ret)
{
    AUTO_FD folder = home != NULL ? open_folder(home, false) : -1;
    AUTO_BYTES text = {0};
    gpg_error_t err = 0;

    if (folder < 0)
        return;
    err = read_file(folder, serial, &text);
    if (gpg_err_code(err) == GPG_ERR_ENOENT)
        return;
    if (err == 0)
        err = memory_decode(span_of(&text), serial, ret);
    if (err != 0)
        log_warning("%s/" FOLDER "/%s is not used, and written anew after the "
                    "next login: %s",
                    home, serial, why(err));
}

static gpg_error_t write_all(int fd, const struct strbuf *text)
{
    size_t n = 0;

    while (n < text->len) {
        ssize_t put = write(fd, text->text + n, text->len - n);

        if (put < 0 && errno != EINTR)
            return gpg_error_from_syserror();
        n += put > 0 ? (size_t)put : 0;
    }
    return 0;
}

/* The file is there as a whole or not at all, and two that write at the same
 * time do not disturb each other.  It is not forced to the disk: its hash would
 * show that it did not get there. */
static gpg_error_t replace(int folder, const char *name,
                           const struct strbuf *text)
{
    uint8_t nonce[8] = {0};
    AUTO_FREE char *hex = NULL;
    char fresh[128];
    AUTO_FD fd = -1;
    gpg_error_t err = 0;

    gcry_create_nonce(nonce, sizeof nonce);
    hex = hex_encode(span_make(nonce, sizeof nonce));
    if (hex == NULL || (size_t)snprintf(fresh, sizeof fresh, "%s.%s", name,
                                        hex) >= sizeof fresh)
        return gpg_error(GPG_ERR_ENOMEM);
    fd = openat(folder, fresh,
                O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return gpg_error_from_syserror();
    err = write_all(fd, text);
    if (err == 0 && renameat(folder, fresh, folder, name) != 0)
        err = gpg_error_from_syserror();
    if (err != 0)
        (void)unlinkat(folder, fresh, 0);
    return err;
}

static void forget(int folder, const char *serial)
{
    if (unlinkat(folder, serial, 0) == 0)
        log_verbose("token %s: nothing needs to be remembered any more",
                    serial);
    else if (errno != ENOENT)
        log_verbose("token %s: what was remembered cannot be removed: %s",
                    serial, gpg_strerror(gpg_error_from_syserror()));
}

void memory_store(const char *home, const char *serial,
                  const struct memory *memory)
{
    const bool is_empty = memory_is_empty(memory);
    AUTO_FD folder = home != NULL ? open_folder(home, !is_empty) : -1;
    AUTO_STRBUF text = {0};
    AUTO_BYTES old = {0};
    gpg_error_t err = 0;

    if (folder < 0)
        return;
    if (is_empty) {
        forget(folder, serial);
        return;
    }
    err = memory_encode(memory, serial, &text);
    if (err == 0 && read_file(folder, serial, &old) == 0 &&
        span_equal(span_of(&old), span_make(text.text, text.len)))
        return;
    if (err == 0)
        err = replace(folder, serial, &text);
    if (err != 0)
        log_verbose("token %s: what the login showed is not remembered: %s",
                    serial, gpg_strerror(err));
    else
        log_verbose("token %s: remembered %zu objects that it hides, %zu keys "
                    "that it does not have",
                    serial, memory->objects.n, memory->n_without_key);
}
