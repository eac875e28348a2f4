/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The little of libgcrypt's S-expressions that we need. */
#ifndef BASE_SEXP_H
#define BASE_SEXP_H

#include <gcrypt.h>

#include "base/bytes.h"

void sexp_release(gcry_sexp_t *sexp);
#define AUTO_SEXP AUTO(sexp_release) gcry_sexp_t

/* SEXP in canonical form. */
NODISCARD gpg_error_t sexp_canonical(gcry_sexp_t sexp, struct bytes *ret);

/* SEXP in the indented form for people. */
NODISCARD gpg_error_t sexp_advanced(gcry_sexp_t sexp, struct bytes *ret);

/* The value of the first list (NAME value) anywhere in SEXP, as bytes.
 * GPG_ERR_NOT_FOUND if there is none. */
NODISCARD gpg_error_t sexp_value(gcry_sexp_t sexp, const char *name,
                                 struct bytes *ret);

#endif
