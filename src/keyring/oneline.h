/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The subject of a certificate in one line, as 0.10 shows it. */
#ifndef KEYRING_ONELINE_H
#define KEYRING_ONELINE_H

#include "base/bytes.h"

/* The subject of the certificate DER, in its order: "/C=DE/O=Acme, Inc/CN=x",
 * bytes that are not printable ASCII as \xHH, "/" and "+" in a value as "\/"
 * and "\+".  GPG_ERR_INV_CERT_OBJ if it cannot be read or is empty.  The caller
 * frees it. */
NODISCARD gpg_error_t oneline_subject(struct span der, char **ret);

#endif
