/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One look into the slots: which tokens are there, and which of them are the
 * same as before; for token/slots, which keeps the outcome. */
#ifndef TOKEN_LOOK_H
#define TOKEN_LOOK_H

#include "base/config.h"
#include "pkcs11/module.h"
#include "token/housekeeping.h"
#include "token/left_out.h"

/* {0} is empty. */
struct token_list {
    struct token **tokens; /* a reference to each */
    size_t n;
    struct left_out left_out;
};

void token_list_clear(struct token_list *list);

/* One look at all modules, one after the other. */
struct look {
    const struct config *config;
    struct housekeeping *housekeeping;
    bool anew;                       /* there may be new slots */
    const struct token_list *before; /* what the last look found */
    struct token_list found;         /* the caller's, on failure too */
    bool has_new;                    /* a token that was not there before */
};

/* Put the tokens in the slots of MODULE at the end of what was found, in an
 * order that does not depend on the slots; one that was there before and still
 * is stays the same struct. */
NODISCARD gpg_error_t look_at_module(struct look *look, struct module *module);

#endif
