/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The table of configuration keywords. */
#ifndef BASE_CONFIG_KEYWORD_H
#define BASE_CONFIG_KEYWORD_H

#include "base/bytes.h"
#include "base/config_value.h"

enum config_scope {
    CONFIG_SCOPE_GLOBAL,    /* sets a member of struct config */
    CONFIG_SCOPE_PROVIDER,  /* sets a member of struct provider_config */
    CONFIG_SCOPE_PROVIDERS, /* the list of names, set when all is read */
    CONFIG_SCOPE_REMOVED    /* of older releases: any value, no effect */
};

struct config_keyword {
    const char *name; /* as config_keyword() gives it */
    enum config_scope scope;
    size_t offset;       /* where the value goes, in what SCOPE says */
    const char *expects; /* "write ...": the value; NULL: takes none */
    config_value_fn *parse;
    config_show_fn *show;
};

/* The I-th row of the table, or NULL past the last. */
const struct config_keyword *config_keyword_row(size_t i);

/* The row that KEY belongs to, or NULL; the provider that it speaks of, empty
 * for other keywords, points into KEY. */
const struct config_keyword *config_keyword_find(const char *key,
                                                 struct span *ret_provider);

/* Do several lines with it add up, instead of the last one replacing the
 * others? */
bool config_keyword_is_list(const struct config_keyword *keyword);

/* A number below 64 that no other row has. */
unsigned config_keyword_number(const struct config_keyword *keyword);

/* The keyword that was probably meant by KEY, which is none; the caller frees
 * it.  NULL if nothing is near (or no memory is left). */
char *config_keyword_suggest(const char *key);

#endif
