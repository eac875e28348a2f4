/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Secrets (PINs, plaintexts, shared secrets) in locked memory, wiped when
 * they go. */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "base/bytes.h"

/* Bytes in libgcrypt's secure memory.  {0} is empty. */
struct secret {
    uint8_t *data;
    size_t len;
};

/* Wipes and frees what S holds and leaves it empty. */
void secret_clear(struct secret *s);
#define AUTO_SECRET AUTO(secret_clear) struct secret

/* LEN zero bytes in S, replacing what it held.  GPG_ERR_ENOMEM if the secure
 * memory is used up. */
NODISCARD gpg_error_t secret_alloc(struct secret *s, size_t len);
NODISCARD gpg_error_t secret_set(struct secret *s, struct span bytes);

/* Cut S down to its first LEN bytes; the rest is wiped. */
void secret_truncate(struct secret *s, size_t len);

static inline struct span secret_span(const struct secret *s)
{
    return (struct span){s->data, s->len};
}

/* Overwrite LEN bytes at P in a way the compiler may not leave out. */
void secret_wipe(void *p, size_t len);

/* Set up libgcrypt and its secure memory; once, before any thread starts. */
NODISCARD gpg_error_t secret_setup(void);

#endif
