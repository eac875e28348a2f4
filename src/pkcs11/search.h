/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Searching for objects in a session: their handles, with the fewest calls that
 * the module can be trusted with. */
#ifndef PKCS11_SEARCH_H
#define PKCS11_SEARCH_H

#include "base/cleanup.h"
#include "pkcs11/module.h"

/* More objects than this on one token are not read. */
#define SEARCH_MAX ((size_t)32768)

struct handles {
    CK_OBJECT_HANDLE *list;
    size_t n;
};
void handles_clear(struct handles *h);
#define AUTO_HANDLES AUTO(handles_clear) struct handles

/* The handles of the objects that match the N attributes (all objects for
 * none), in RET, which is empty before; MAX of them if there are more (PKCS#11
 * 2.40, section 5.7.7). */
NODISCARD CK_RV search_objects(struct module *m, CK_SESSION_HANDLE session,
                               CK_ATTRIBUTE *attrs, size_t n, size_t max,
                               struct handles *ret);

#endif
