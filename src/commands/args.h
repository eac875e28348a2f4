/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A command's line taken apart: options anywhere, operands between them. */
#ifndef COMMANDS_ARGS_H
#define COMMANDS_ARGS_H

#include <gpg-error.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/cleanup.h"

#define ARGS_MAX_OPERANDS 8

/* One option that a command knows. */
struct args_option {
    const char *name;   /* "--hash" */
    bool *flag;         /* set if it is there; may be NULL */
    const char **value; /* what follows '='; NULL: takes none */
};

struct args {
    const char *operands[ARGS_MAX_OPERANDS];
    size_t n;
};

/* Split LINE, in place, at blanks.  Words that begin with "--" are options
 * until a bare "--"; those that are not among the N known ones are ignored,
 * as scdaemon does, so that a newer GnuPG's hints do no harm; STRICT: they
 * are GPG_ERR_ASS_PARAMETER.  A value where none belongs, or none where one
 * does, is GPG_ERR_ASS_PARAMETER too, as is a word too many. */
NODISCARD gpg_error_t args_parse(char *line, const struct args_option *options,
                                 size_t n, bool strict, struct args *ret);

#define ARGS_COUNT(array) (sizeof(array) / sizeof(array)[0])

/* The only operand, "" if there is none. */
const char *args_first(const struct args *args);

#endif
