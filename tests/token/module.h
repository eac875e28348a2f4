/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A PKCS#11 module for a short-lived tool: every failure ends the program
 * with a message. */
#ifndef TOKEN_MODULE_H
#define TOKEN_MODULE_H

#include <p11-kit/pkcs11.h>
#include <stdbool.h>
#include <stddef.h>

/* PKCS#11 3.0 names that a 2.40 header lacks. */
#ifndef CKK_EC_MONTGOMERY
#define CKK_EC_MONTGOMERY 0x41UL
#endif
#ifndef CKM_EC_MONTGOMERY_KEY_PAIR_GEN
#define CKM_EC_MONTGOMERY_KEY_PAIR_GEN 0x1056UL
#endif

/* An open session with one token. */
struct session {
    CK_FUNCTION_LIST *p11;
    CK_SLOT_ID slot;
    CK_SESSION_HANDLE handle;
};

/* Print "keymaker: ..." and exit with 1 (2 for the second). */
void die(const char *format, ...)
    __attribute__((noreturn, format(printf, 1, 2)));
void die_usage(const char *format, ...)
    __attribute__((noreturn, format(printf, 1, 2)));

/* Die naming FUNCTION unless RV is CKR_OK. */
void check(const char *function, CK_RV rv);

/* Load and initialise the module at PATH; it is finalised at exit. */
CK_FUNCTION_LIST *module_load(const char *path);

/* The slot of the token named by label, or by "serial=NUMBER". */
CK_SLOT_ID module_find_token(CK_FUNCTION_LIST *p11, const char *name);

/* The first slot with a token that was never initialised. */
CK_SLOT_ID module_find_blank(CK_FUNCTION_LIST *p11);

/* A read-write session, logged in as USER if PIN is not NULL. */
struct session session_open(CK_FUNCTION_LIST *p11, CK_SLOT_ID slot,
                            CK_USER_TYPE user, const char *pin);

/* Calls FUNCTION with each object that matches the template.  The objects
 * are found first, so FUNCTION may destroy them.  Returns how many. */
size_t session_each(const struct session *s, CK_ATTRIBUTE *template,
                    CK_ULONG n_template,
                    void (*function)(const struct session *s,
                                     CK_OBJECT_HANDLE object, void *data),
                    void *data);

/* Reads one attribute into BUFFER; its length, or -1 if the object has no
 * such attribute.  Dies if it does not fit. */
long session_get(const struct session *s, CK_OBJECT_HANDLE object,
                 CK_ATTRIBUTE_TYPE type, void *buffer, size_t size);

/* Does the token offer MECHANISM? */
bool session_has_mechanism(const struct session *s,
                           CK_MECHANISM_TYPE mechanism);

#endif
