/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What the cases of test_shim stand on: the shim, its script and its log,
 * and a session with the token. */
#ifndef SHIM_FIXTURE_H
#define SHIM_FIXTURE_H

/* cmocka.h wants these before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <p11-kit/pkcs11.h>
#include <stdbool.h>

#define PIN "123456"

extern CK_FUNCTION_LIST *p11;
extern CK_SLOT_ID slot;
extern CK_SESSION_HANDLE session;

/* Load the shim; it is not initialised yet. */
bool load(const char *path);

/* Initialise with an empty script and open the session; and the reverse. */
int set_up(void **state);
int tear_down(void **state);

/* Let the script be exactly these lines. */
void script(const char *lines);

/* How often LINE is in the log. */
unsigned logged(const char *line);

CK_RV open_session(CK_SESSION_HANDLE *ret_session);
CK_RV login(const char *pin);

/* The object of this class whose CKA_ID is one byte. */
CK_OBJECT_HANDLE find(CK_OBJECT_CLASS class, unsigned char id);

#endif
