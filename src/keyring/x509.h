/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What we need of an X.509 certificate (RFC 5280), by libksba. */
#ifndef KEYRING_X509_H
#define KEYRING_X509_H

#include "keyring/pair.h"

/* Fill in RET from the certificate in its object (set; the rest empty).  One
 * that libksba cannot read: its error. */
NODISCARD gpg_error_t x509_read(struct pair_certificate *ret);

#endif
