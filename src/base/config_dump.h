/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The configuration that counts, as a file that says where each value is from.
 */
#ifndef BASE_CONFIG_DUMP_H
#define BASE_CONFIG_DUMP_H

#include "base/config.h"

/* Write it to OUT: every keyword that has an effect, in the order of the table,
 * those at their default as comments.  Read as a configuration it gives the
 * same values, but for those that may be secret, which are comments, too.
 * Errors: what writing to OUT said. */
NODISCARD gpg_error_t config_dump(const struct config *config, FILE *out);

/* Is there a line that cannot be used, or a file that cannot be read? */
bool config_has_mistakes(const struct config *config);

#endif
