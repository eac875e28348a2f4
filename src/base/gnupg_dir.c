/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* GnuPG's directories: its home, and the one in which it has its sockets. */
#include "base/gnupg_dir.h"

#include <errno.h>
#include <gcrypt.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"

/* More than any entry of the list of users. */
#define MAX_USER ((size_t)1024 * 1024)

#define SHA1_SIZE 20
#define N_DIGITS 24 /* of 5 bits each: 15 bytes of the digest */

/* A full path without a slash at its end. */
static gpg_error_t get_full(const char *path, char **ret)
{
    AUTO_STRBUF full = {0};
    AUTO_FREE char *here = NULL;

    if (path[0] != '/') {
        here = getcwd(NULL, 0);
        if (here == NULL)
            return gpg_error_from_syserror();
        strbuf_printf(&full, "%s/", here);
    }
    strbuf_puts(&full, path);
    while (full.len > 1 && full.text[full.len - 1] == '/')
        full.text[--full.len] = '\0';
    return strbuf_take(&full, ret);
}

/* The user's directory as the list of users has it, "" if it has not the user;
 * RET_ORIGIN says so. */
static gpg_error_t find_user(char **ret, const char **ret_origin)
{
    int rc = ERANGE;

    for (size_t size = 1024; rc == ERANGE && size <= MAX_USER; size *= 4) {
        AUTO_FREE char *room = malloc(size);
        struct passwd entry;
        struct passwd *user = NULL;

        if (room == NULL)
            return gpg_error_from_syserror();
        rc = getpwuid_r(getuid(), &entry, room, size, &user);
        if (rc == 0 && user != NULL) {
            *ret_origin = "from the list of users, as HOME is not set";
            return str_copy(user->pw_dir, ret);
        }
    }
    *ret_origin = "as HOME is not set, and the list of users has no such user: "
                  "set HOME or GNUPGHOME";
    return str_copy("", ret);
}

gpg_error_t gnupg_dir_standard_home(char **ret, const char **ret_origin)
{
    AUTO_FREE char *directory = NULL;
    AUTO_STRBUF home = {0};
    const char *variable = getenv("HOME");
    gpg_error_t err = 0;

    if (variable != NULL && variable[0] != '\0') {
        *ret_origin = "from HOME";
        err = str_copy(variable, &directory);
    } else {
        err = find_user(&directory, ret_origin);
    }
    if (err != 0)
        return err;
    strbuf_printf(&home, "%s/.gnupg",
                  str_equal(directory, "/") ? "" : directory);
    return strbuf_take(&home, ret);
}

/* Is HOME, a full path, the one that GnuPG takes if nobody names another? */
static gpg_error_t is_standard(const char *home, bool *ret)
{
    AUTO_FREE char *standard = NULL;
    const char *origin = NULL;
    gpg_error_t err = gnupg_dir_standard_home(&standard, &origin);

    if (err == 0)
        *ret = str_equal(home, standard);
    return err;
}

gpg_error_t gnupg_dir_name(const char *home, char **ret)
{
    /* z-base-32 */
    static const char digits[] = "ybndrfg8ejkmcpqxot1uwisza345h769";
    uint8_t digest[SHA1_SIZE];
    AUTO_STRBUF name = {0};

    gcry_md_hash_buffer(GCRY_MD_SHA1, digest, home, strlen(home));
    strbuf_puts(&name, "d.");
    for (unsigned i = 0; i < N_DIGITS; i++) {
        const unsigned bit = i * 5;
        const unsigned two =
            (unsigned)digest[bit / 8] << 8 | digest[bit / 8 + 1];

        strbuf_putc(&name, digits[two >> (11 - bit % 8) & 0x1f]);
    }
    return strbuf_take(&name, ret);
}

/* DIRECTORY is where sockets are if it is the user's alone. */
static bool is_ours(const char *directory)
{
    struct stat info = {0};

    return stat(directory, &info) == 0 && S_ISDIR(info.st_mode) &&
           info.st_uid == getuid() && (info.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

gpg_error_t gnupg_dir_of_sockets(const char *home, char **ret)
{
    static const char *const bases[] = {"/run/user", "/var/run/user"};
    AUTO_FREE char *full = NULL;
    AUTO_FREE char *name = NULL;
    bool standard = false;
    gpg_error_t err = get_full(home, &full);

    if (err == 0)
        err = is_standard(full, &standard);
    if (err == 0 && !standard)
        err = gnupg_dir_name(full, &name);
    if (err != 0)
        return err;
    for (size_t i = 0; i < sizeof bases / sizeof bases[0]; i++) {
        AUTO_STRBUF place = {0};
        AUTO_FREE char *directory = NULL;

        strbuf_printf(&place, "%s/%lu/gnupg%s%s", bases[i],
                      (unsigned long)getuid(), name != NULL ? "/" : "",
                      name != NULL ? name : "");
        err = strbuf_take(&place, &directory);
        if (err != 0)
            return err;
        if (is_ours(directory)) {
            *ret = TAKE(directory);
            return 0;
        }
    }
    *ret = TAKE(full);
    return 0;
}
