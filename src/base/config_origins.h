/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Where a configuration is from: its files, and the place of each value. */
#ifndef BASE_CONFIG_ORIGINS_H
#define BASE_CONFIG_ORIGINS_H

#include <gpg-error.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/cleanup.h"

struct config_keyword;

/* What reading a file came to. */
struct config_result {
    unsigned n_errors;  /* lines that could not be used; all logged */
    unsigned n_notices; /* keywords without effect, repeated, or read as 0.10
                           did; all logged */
};

/* A file that was looked for. */
struct config_file {
    char *name;      /* as it is shown */
    gpg_error_t err; /* why it was not read, ENOENT if it is not there; or 0 */
    struct config_result result;
};

/* One line of a file, or an option of the command line, that set something. */
struct config_origin {
    const struct config_keyword *keyword;
    char *provider; /* whose attribute it is; NULL for none */
    char *place;    /* "FILE:LINE" or "command line", as it is shown */
    bool refused;   /* a line of a list that could not be used */
};

#define CONFIG_MAX_FILES 2

/* {0} is empty. */
struct config_origins {
    struct config_file files[CONFIG_MAX_FILES];
    size_t n_files;
    const char *home;           /* what names GnuPG's home; static, or NULL */
    struct config_origin *list; /* in the order in which they were set */
    size_t n;
    size_t size;
};

void config_origins_clear(struct config_origins *origins);

/* PROVIDER is NULL or copied; PLACE is copied. */
NODISCARD gpg_error_t config_origins_add(struct config_origins *origins,
                                         const struct config_keyword *keyword,
                                         const char *provider,
                                         const char *place, bool refused);

/* The attributes of provider FROM are TO's from now on. */
NODISCARD gpg_error_t config_origins_rename(struct config_origins *origins,
                                            const char *from, const char *to);

/* The lines with KEYWORD count no more. */
void config_origins_forget(struct config_origins *origins,
                           const struct config_keyword *keyword);

/* The file NAME was looked for: ERR and RESULT as config_file has them. */
NODISCARD gpg_error_t
config_origins_add_file(struct config_origins *origins, const char *name,
                        gpg_error_t err, const struct config_result *result);

/* ERR is why the last of the files was not read. */
void config_origins_correct(struct config_origins *origins, gpg_error_t err);

/* How many lines of the files could not be used. */
unsigned config_origins_errors(const struct config_origins *origins);
/* Why one of the files that are there could not be read; 0: all could. */
gpg_error_t config_origins_unreadable(const struct config_origins *origins);

/* The next line after AFTER (NULL: the first) with KEYWORD for PROVIDER (or
 * NULL); NULL past the last. */
const struct config_origin *
config_origins_next(const struct config_origins *origins,
                    const struct config_keyword *keyword, const char *provider,
                    const struct config_origin *after);

#endif
