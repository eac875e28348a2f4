/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Whether a URI of PKCS#11 (RFC 7512) in the configuration is well formed. */
#ifndef BASE_CONFIG_URI_H
#define BASE_CONFIG_URI_H

#include <stdbool.h>

/* One that limits what is used: no PIN in it, no source of one. */
bool config_uri_is_limit(const char *text);

/* One that tells the source of a PIN, and no PIN. */
bool config_uri_is_pin_source(const char *text);

#endif
