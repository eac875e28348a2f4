/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Values that mean something because gnupg-pkcs11-scd 0.10 read them so. */
#ifndef BASE_CONFIG_OLD_H
#define BASE_CONFIG_OLD_H

#include "base/config_keyword.h"

/* For 0.10 each '#' began a comment.  Cut it off VALUE if KEYWORD's values,
 * unlike paths and texts, cannot have one. */
void config_old_cut_comment(const struct config_keyword *keyword, char *value);

/* The same for the path VALUE, if there is no such file, but one with the
 * name before the '#'.  True if VALUE was cut. */
bool config_old_cut_path(const struct config_keyword *keyword, char *value);

/* For 0.10 a number ended where no digit followed, whatever that was.  Cut
 * off VALUE what follows KEYWORD's number; false if there is no number or
 * nothing follows it. */
bool config_old_cut_number(const struct config_keyword *keyword, char *value);

#endif
