/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A person before a PIN dialog: types what a test says, and remembers what
 * was asked. */
#ifndef FAKE_PERSON_H
#define FAKE_PERSON_H

#include "token/prompter.h"

#define PERSON_MAX 8

struct person {
    const char *types[PERSON_MAX]; /* one for each prompt; NULL: cancels */
    void (*before_typing)(void *context); /* may be NULL */
    void *context;
    struct pin_request requests[PERSON_MAX];
    unsigned n_asked;
    struct pin_request shown; /* the last PIN pad message */
    unsigned n_shown;
    unsigned n_hidden;
    gpg_error_t refuses_pinpad;
    bool has_cache; /* the client's: keeps what it is given */
    char cached_key[64];
    char cached[1100]; /* "": nothing */
    unsigned n_cache_asked;
    gpg_error_t refuses_cache;
};

/* PERSON must outlive it.  The fake module's trail shows "ask", "show" and
 * "hide", "get" and "put". */
struct prompter person_prompter(struct person *person);

#endif
