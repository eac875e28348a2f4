/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* PKCS#1 v1.5 padding, for tokens that leave it to others (RFC 8017, sections
 * 7.2 and 9.2). */
#ifndef KEYRING_PKCS1_H
#define KEYRING_PKCS1_H

#include "base/secret.h"

/* What the padding takes of the modulus at least. */
#define PKCS1_OVERHEAD 11

/* 00 01 FF ... FF 00 HEAD DATA, LEN bytes in all.  GPG_ERR_TOO_LARGE if that
 * leaves no room for the padding. */
NODISCARD gpg_error_t pkcs1_pad_signature(struct span head, struct span data,
                                          size_t len, struct bytes *ret);

/* The message M in BLOCK, 00 02 PS 00 M with at least eight bytes PS that are
 * not zero, takes the block's place.  GPG_ERR_DECRYPT_FAILED for whatever may
 * be wrong with it; BLOCK is wiped then. */
NODISCARD gpg_error_t pkcs1_unpad_plaintext(struct secret *block);

#endif
