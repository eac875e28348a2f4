/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Known faults of modules, as data: what no answer of a module tells. */
#ifndef TOKEN_QUIRKS_H
#define TOKEN_QUIRKS_H

#include "pkcs11/module.h"

/* Treat MODULE, which nobody uses yet, as what it is (C_GetInfo, PKCS#11 2.40,
 * section 5.4) wants it. */
void quirks_apply(struct module *module);

#endif
