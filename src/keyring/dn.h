/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Distinguished names as libksba writes them (RFC 2253). */
#ifndef KEYRING_DN_H
#define KEYRING_DN_H

#include "base/bytes.h"

/* The value of the first CN of DN, printable, "" if there is none.  The caller
 * frees it. */
NODISCARD gpg_error_t dn_common_name(const char *dn, char **ret);

#endif
