/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Known faults of modules, as data: what no answer of a module tells. */
#ifndef PKCS11_QUIRKS_H
#define PKCS11_QUIRKS_H

#include "pkcs11/library.h"

/* Treat LIBRARY, which nobody uses yet, as what it is (C_GetInfo, PKCS#11 2.40,
 * section 5.4) wants it. */
void quirks_apply(struct library *library);

#endif
