/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Hexadecimal numbers in text. */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include "base/bytes.h"

/* BYTES in upper-case hex, NUL-terminated; the caller frees it.  NULL if out
 * of memory. */
char *hex_encode(struct span bytes);

/* The bytes of the LEN hex digits at TEXT, either case, appended to RET.
 * Anything but an even number of hex digits: GPG_ERR_INV_VALUE, RET as it
 * was.  LEN 0 appends nothing. */
NODISCARD gpg_error_t hex_decode_append(const char *text, size_t len,
                                        struct bytes *ret);

/* The value of hex digit C, or -1. */
int hex_digit(char c);

/* Is TEXT nothing but LEN hex digits? */
bool hex_is(const char *text, size_t len);

#endif
