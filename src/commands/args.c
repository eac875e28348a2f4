/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A command's line taken apart: options anywhere, operands between them. */
#include "commands/args.h"

#include <string.h>

#include "base/str.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The next word of *REST, ended with a NUL; NULL if there is none. */
static char *next_word(char **rest)
{
    char *word = *rest;
    char *end = NULL;

    while (is_blank(*word))
        word++;
    if (*word == '\0')
        return NULL;
    for (end = word; *end != '\0' && !is_blank(*end); end++)
        ;
    *rest = end;
    if (*end != '\0') {
        *end = '\0';
        *rest = end + 1;
    }
    return word;
}

static gpg_error_t take_option(char *word, const struct args_option *options,
                               size_t n, bool strict)
{
    char *value = strchr(word, '=');

    if (value != NULL)
        *value++ = '\0';
    for (size_t i = 0; i < n; i++) {
        if (!str_equal(word, options[i].name))
            continue;
        if ((value != NULL) && options[i].value == NULL)
            return gpg_error(GPG_ERR_ASS_PARAMETER);
        if (value == NULL && options[i].flag == NULL)
            return gpg_error(GPG_ERR_ASS_PARAMETER);
        if (options[i].flag != NULL)
            *options[i].flag = true;
        if (options[i].value != NULL && value != NULL)
            *options[i].value = value;
        return 0;
    }
    return strict ? gpg_error(GPG_ERR_ASS_PARAMETER) : 0;
}

gpg_error_t args_parse(char *line, const struct args_option *options, size_t n,
                       bool strict, struct args *ret)
{
    struct args args = {0};
    bool only_operands = false;
    char *word = NULL;

    while ((word = next_word(&line)) != NULL) {
        gpg_error_t err = 0;

        if (only_operands || !str_has_prefix(word, "--")) {
            if (args.n == ARGS_MAX_OPERANDS)
                return gpg_error(GPG_ERR_ASS_PARAMETER);
            args.operands[args.n++] = word;
        } else if (word[2] == '\0') {
            only_operands = true;
        } else {
            err = take_option(word, options, n, strict);
        }
        if (err != 0)
            return err;
    }
    *ret = args;
    return 0;
}

const char *args_first(const struct args *args)
{
    return args->n > 0 ? args->operands[0] : "";
}
