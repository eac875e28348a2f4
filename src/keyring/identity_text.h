/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The two ways in which gnupg-pkcs11-scd 0.10 spells any bytes in an id. */
#ifndef KEYRING_IDENTITY_TEXT_H
#define KEYRING_IDENTITY_TEXT_H

#include "base/str.h"
#include "keyring/identity.h"

/* The token id of pkcs11-helper: fields in a row with \xHH for all bytes but
 * letters, digits and four others. */
NODISCARD gpg_error_t identity_text_upstream_id(const struct token_names *names,
                                                char **ret);

/* The token id of Fedora's pkcs11-helper: a PKCS#11 URI (RFC 7512) with %hh
 * for all bytes but letters, digits and three others. */
NODISCARD gpg_error_t identity_text_uri_id(const struct token_names *names,
                                           char **ret);

/* BYTES as a value in such a URI. */
void identity_text_put_uri(struct strbuf *b, struct span bytes);

/* The bytes that a field of an upstream id, or the value of an attribute in a
 * URI, stands for, in RET.  Either case of hex digits; more escapes than
 * necessary are accepted, fewer only in an upstream id.  GPG_ERR_INV_ID: a
 * broken escape, or a character that cannot stand there. */
NODISCARD gpg_error_t identity_text_from_upstream(struct span field,
                                                  struct bytes *ret);
NODISCARD gpg_error_t identity_text_from_uri(struct span value,
                                             struct bytes *ret);

/* BYTES as a text field of a token, the caller's to free.  GPG_ERR_INV_ID: it
 * contains a NUL. */
NODISCARD gpg_error_t identity_text_field(struct span bytes, char **ret);

#endif
