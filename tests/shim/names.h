/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The names of PKCS#11 constants, for rules that people can read. */
#ifndef SHIM_NAMES_H
#define SHIM_NAMES_H

#include <stdbool.h>

/* The value of TEXT: a number (0x.. or decimal) or the name of a constant,
 * such as CKR_DEVICE_REMOVED. */
bool name_value(const char *text, unsigned long *ret_value);

#endif
