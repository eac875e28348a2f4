/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Attributes of objects, read safely whatever lengths a module claims. */
#ifndef PKCS11_ATTRS_H
#define PKCS11_ATTRS_H

#include "base/bytes.h"
#include "pkcs11/module.h"

/* No attribute we read is longer; a claim beyond it counts as absent. */
#define ATTRS_MAX_VALUE ((size_t)64 * 1024)

struct attr {
    CK_ATTRIBUTE_TYPE type;
    bool unwanted; /* not to be read */
    bool present;
    struct bytes value;
};

/* Read the N attributes (types set, the rest zero) of OBJECT (PKCS#11 2.40,
 * section 5.7.5): in one call, with room for the usual; only what that leaves
 * unclear is read in two, length and value.  The last one is CKA_CLASS, which
 * every object has: that it was given shows that the module went through all of
 * them.  One that the module does not have,
 * will not give, or lies about is absent; that is no error.  Errors are those
 * of the session or the token.  N is at most ATTRS_MAX.  Free the values with
 * attrs_clear. */
#define ATTRS_MAX 24
NODISCARD CK_RV attrs_read(struct module *m, CK_SESSION_HANDLE session,
                           CK_OBJECT_HANDLE object, struct attr *attrs,
                           size_t n);
void attrs_clear(struct attr *attrs, size_t n);

/* The value as a number: false if it is absent or not a CK_ULONG. */
bool attr_number(const struct attr *attr, CK_ULONG *ret);

/* A CK_BBOOL with its third state. */
enum tristate { UNKNOWN = -1, NO = 0, YES = 1 };
enum tristate attr_boolean(const struct attr *attr);

#endif
