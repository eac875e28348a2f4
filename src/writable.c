/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Warns of files and folders of the configuration that others can change. */
#include "writable.h"

#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"

static const char danger[] =
    "who can change it can have any library loaded into this program";

/* PATH is one that can be printed.  In a folder with the sticky bit nobody can
 * touch the files of others: whether that will do is IS_STICKY_GOOD. */
static void check(const char *path, const struct stat *info,
                  bool is_sticky_good)
{
    const unsigned mode = info->st_mode & 07777;
    const bool excused = is_sticky_good && S_ISDIR(info->st_mode) &&
                         (info->st_mode & S_ISVTX) != 0;

    if (info->st_uid != geteuid() && info->st_uid != 0)
        log_warning("%s belongs to another user (uid %lu): %s; make it yours: "
                    "chown %lu %s",
                    path, (unsigned long)info->st_uid, danger,
                    (unsigned long)geteuid(), path);
    if ((mode & (S_IWGRP | S_IWOTH)) != 0 && !excused)
        log_warning("%s can be written by %s (mode %04o): %s; close it: "
                    "chmod go-w %s",
                    path, (mode & S_IWOTH) != 0 ? "everybody" : "its group",
                    mode, danger, path);
}

static void check_path(const char *path, bool is_sticky_good)
{
    AUTO_FREE char *shown = str_printable(span_str(path));
    struct stat info = {0};

    /* A device, /dev/null for instance, is as its makers want it. */
    if (shown != NULL && stat(path, &info) == 0 && !S_ISCHR(info.st_mode))
        check(shown, &info, is_sticky_good);
}

static bool are_same(const char *a, const char *b)
{
    struct stat info_a = {0};
    struct stat info_b = {0};

    return stat(a, &info_a) == 0 && stat(b, &info_b) == 0 &&
           info_a.st_dev == info_b.st_dev && info_a.st_ino == info_b.st_ino;
}

void writable_check(const char *home, const char *file)
{
    /* NULL also for a pipe of the shell, which is nobody's to replace. */
    AUTO_FREE char *path = file != NULL ? realpath(file, NULL) : NULL;
    char *slash = path != NULL ? strrchr(path, '/') : NULL;

    if (home != NULL)
        check_path(home, false);
    if (slash == NULL)
        return;
    check_path(path, false);
    slash[slash == path ? 1 : 0] = '\0';
    if (home == NULL || !are_same(home, path))
        check_path(path, true);
}
