/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The keys and certificates that a session can see, read. */
#ifndef PKCS11_FIND_H
#define PKCS11_FIND_H

#include "base/pool.h"
#include "pkcs11/module.h"
#include "pkcs11/objects.h"

/* What a token's objects were when they were listed last: how to list them
 * with the fewest calls.  {0}: they never were. */
struct find_habit {
    bool was_listed;
    size_t n_keys;
    size_t n_others;   /* neither keys nor certificates; as far as known */
    bool had_too_many; /* objects, to say how many of them are keys */
};

/* Every public key, private key and, with CERTIFICATES, certificate that
 * SESSION can see; their values by way of POOL.  HABIT is that of the token,
 * used and noted by one caller at a time. */
NODISCARD CK_RV find_objects(struct module *m, CK_SESSION_HANDLE session,
                             bool certificates, struct find_habit *habit,
                             struct pool *pool, struct object_list *ret);

/* Read the private key HANDLE; the caller clears RET. */
NODISCARD CK_RV find_private_key(struct module *m, CK_SESSION_HANDLE session,
                                 CK_OBJECT_HANDLE handle, struct object *ret);

#endif
