/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Distinguished names: read as libksba writes them (RFC 2253), written as
 * gnupg-pkcs11-scd 0.10 did. */
#ifndef KEYRING_DN_H
#define KEYRING_DN_H

#include "base/bytes.h"

/* The value of the first CN of DN, printable, "" if there is none.  The caller
 * frees it. */
NODISCARD gpg_error_t dn_common_name(const char *dn, char **ret);

/* DN on one line as 0.10 and OpenSSL's X509_NAME_oneline write it: "/C=DE/O=A,
 * B/CN=Zo\xC3\xAB", in the certificate's order, bytes that are not ASCII as
 * \xHH, '/' and '+' in a value as "\/" and "\+"; "" if there is none.  The
 * caller frees it. */
NODISCARD gpg_error_t dn_one_line(const char *dn, char **ret);

#endif
