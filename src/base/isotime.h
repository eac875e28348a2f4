/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Dates in the basic format of ISO 8601, as GnuPG and libksba write them. */
#ifndef BASE_ISOTIME_H
#define BASE_ISOTIME_H

#include <gpg-error.h>
#include <stdint.h>

#include "base/bytes.h"

/* TEXT is "20261231T235959" or, for midnight, "20261231", both in UTC, and the
 * result seconds since 1970.  GPG_ERR_INV_TIME if it is neither, no real date,
 * or none that OpenPGP can write (RFC 4880, section 3.5: 1970 to 2106). */
NODISCARD gpg_error_t isotime_parse(struct span text, uint32_t *ret);

#endif
