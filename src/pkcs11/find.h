/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Finding objects in a session and reading them. */
#ifndef PKCS11_FIND_H
#define PKCS11_FIND_H

#include "base/pool.h"
#include "pkcs11/module.h"
#include "pkcs11/objects.h"

/* More objects than this on one token are not read. */
#define FIND_MAX_OBJECTS ((size_t)32768)

/* The handles of all objects that match the N attributes, in RET (the
 * caller frees the list; PKCS#11 2.40, section 5.7.7). */
NODISCARD CK_RV find_handles(struct module *m, CK_SESSION_HANDLE session,
                             CK_ATTRIBUTE *attrs, size_t n,
                             CK_OBJECT_HANDLE **ret, size_t *ret_n);

/* Every public key, private key and, with CERTIFICATES, certificate that
 * SESSION can see; their values by way of POOL. */
NODISCARD CK_RV find_objects(struct module *m, CK_SESSION_HANDLE session,
                             bool certificates, struct pool *pool,
                             struct object_list *ret);

#endif
