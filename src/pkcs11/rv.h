/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* CK_RV: its name for people, and the GnuPG error that it means. */
#ifndef PKCS11_RV_H
#define PKCS11_RV_H

#include <gpg-error.h>

#include "pkcs11/cryptoki.h"

/* "CKR_PIN_LOCKED"; a number in hex for a value the standard does not have.
 * The result is static or the thread's own until its next call. */
const char *rv_name(CK_RV rv);

/* The error GnuPG understands best; 0 for CKR_OK. */
gpg_error_t rv_error(CK_RV rv);

#endif
