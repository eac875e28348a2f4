/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What a client may say: lines that make sense, lines that nearly do, and
 * lines that do not. */
#ifndef FUZZ_GRAMMAR_H
#define FUZZ_GRAMMAR_H

#include "rng.h"
#include "text.h"

/* A command, with the words of its help. */
struct command {
    char *name;
    struct words options; /* "--hash=", "--list" */
    struct words operands;
};

struct grammar {
    struct command *commands;
    size_t n_commands;
    struct words names; /* of keys, certificates and tokens */
    const char *pin;    /* the right one, for who may know it; or NULL */
};

/* A line of the answer to HELP or to HELP NAME, without its "# ". */
void grammar_add_command(struct grammar *grammar, const char *line);
void grammar_add_help(struct grammar *grammar, const char *name,
                      const char *line);
void grammar_free(struct grammar *grammar);

/* Add the next lines of a client to TEXT, each with its line end: mostly one,
 * or a command and what is said when it asks.  A client WITH_PIN types the
 * right one when it is asked, now and then. */
void grammar_say(const struct grammar *grammar, struct rng *rng, bool with_pin,
                 struct text *text);

#endif
