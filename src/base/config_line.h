/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The lines of a configuration file as keys and values, for config.c. */
#ifndef BASE_CONFIG_LINE_H
#define BASE_CONFIG_LINE_H

#include "base/bytes.h"

/* More bytes than this no line may have, its end not counted. */
#define CONFIG_LINE_MAX ((size_t)64 * 1024)

/* One line.  {0} is the one before the first. */
struct config_line {
    unsigned number;
    char *key;           /* NULL: blank, a comment, or PROBLEM */
    char *value;         /* NULL: nothing but the key */
    const char *problem; /* why the line cannot be read, or NULL */
};

void config_line_clear(struct config_line *line);
#define AUTO_CONFIG_LINE AUTO(config_line_clear) struct config_line

/* Take the next line off TEXT, which is not empty, and put it in LINE, which
 * holds the one before.
 *
 * Key and value are separated by blanks or tabs; blanks at either end of the
 * line do not count.  '#' at the start, after a blank or in a key begins a
 * comment. */
NODISCARD gpg_error_t config_line_take(struct span *text,
                                       struct config_line *line);

#endif
