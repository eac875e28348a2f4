/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Known faults of modules, as data: what no answer of a module tells. */
#ifndef TOKEN_QUIRKS_H
#define TOKEN_QUIRKS_H

#include "pkcs11/module.h"

enum quirk {
    /* Took CKF_OS_LOCKING_OK and is not safe with calls at the same time. */
    QUIRK_SERIALISE = 1 << 0
};

/* The quirks of the module that says INFO of itself, one bit each. */
unsigned quirks_find(const CK_INFO *info);

/* Treat MODULE, which nobody uses yet, as what it is wants it. */
void quirks_apply(struct module *module);

#endif
