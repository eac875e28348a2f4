/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The little of libgcrypt's S-expressions that we need. */
#include "base/sexp.h"

void sexp_release(gcry_sexp_t *sexp)
{
    gcry_sexp_release(*sexp);
}

static gpg_error_t print(gcry_sexp_t sexp, int mode, struct bytes *ret)
{
    AUTO_BYTES text = {0};
    gpg_error_t err = bytes_alloc(&text, gcry_sexp_sprint(sexp, mode, NULL, 0));
    size_t len = 0;

    if (err != 0)
        return err;
    len = gcry_sexp_sprint(sexp, mode, text.data, text.len);
    if (len == 0)
        return gpg_error(GPG_ERR_INV_SEXP);
    /* Both ways of printing count a NUL that is not part of the text. */
    while (len > 0 && text.data[len - 1] == '\0')
        len--;
    return bytes_set(ret, span_make(text.data, len));
}

gpg_error_t sexp_canonical(gcry_sexp_t sexp, struct bytes *ret)
{
    return print(sexp, GCRYSEXP_FMT_CANON, ret);
}

gpg_error_t sexp_advanced(gcry_sexp_t sexp, struct bytes *ret)
{
    return print(sexp, GCRYSEXP_FMT_ADVANCED, ret);
}

gpg_error_t sexp_value(gcry_sexp_t sexp, const char *name, struct bytes *ret)
{
    AUTO_SEXP list = gcry_sexp_find_token(sexp, name, 0);
    const char *data = NULL;
    size_t len = 0;

    if (list == NULL)
        return gpg_error(GPG_ERR_NOT_FOUND);
    data = gcry_sexp_nth_data(list, 1, &len);
    if (data == NULL)
        return gpg_error(GPG_ERR_NOT_FOUND);
    return bytes_set(ret, span_make(data, len));
}
