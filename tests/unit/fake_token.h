/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The fake module's token as a struct token with one RSA key, and a person to
 * ask: where the tests of operations begin. */
#ifndef FAKE_TOKEN_H
#define FAKE_TOKEN_H

#include "fake_module.h"
#include "fake_person.h"
#include "token/token_private.h"

#define FAKE_MODULUS "a modulus, as long as it is the same everywhere"
#define FAKE_ANSWER "the answer of the token"
#define FAKE_INPUT "what is to be signed"

extern struct token *token;
extern struct person person;
extern struct key_locator locator;
extern struct fake_object *private_key;

/* For cmocka, instead of the module's own. */
int fake_token_set_up(void **state);
int fake_token_tear_down(void **state);

/* Make the token again, after a change of what it says of itself. */
void fake_token_remake(void);

/* The PINs that are typed from now on; NULL: cancels. */
void fake_token_person(const char *first, const char *second,
                       const char *third);

/* Perform ACTION with room for MAX_OUTPUT bytes; with FAKE_INPUT and for
 * FAKE_ANSWER without the second name. */
gpg_error_t fake_token_perform(enum token_action action, size_t max_output,
                               struct secret *ret);
gpg_error_t fake_token_sign(void);

/* Sign once, so that the next time is a warm one, and forget the calls. */
void fake_token_warm_up(void);

#endif
