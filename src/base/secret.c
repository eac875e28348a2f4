/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Secrets (PINs, plaintexts, shared secrets) in locked memory, wiped when
 * they go. */
#include "base/secret.h"

#include <gcrypt.h>
#include <string.h>

/* Room for every connection at a PIN prompt at once and one result each. */
#define SECURE_MEMORY_SIZE (256 * 1024)

void secret_wipe(void *p, size_t len)
{
    explicit_bzero(p, len);
}

void secret_clear(struct secret *s)
{
    if (s->data != NULL)
        secret_wipe(s->data, s->len);
    gcry_free(s->data);
    *s = (struct secret){0};
}

gpg_error_t secret_alloc(struct secret *s, size_t len)
{
    uint8_t *data = gcry_calloc_secure(1, len != 0 ? len : 1);

    if (data == NULL)
        return gpg_error_from_syserror();
    secret_clear(s);
    *s = (struct secret){data, len};
    return 0;
}

gpg_error_t secret_set(struct secret *s, struct span bytes)
{
    struct secret fresh = {0};
    gpg_error_t err = secret_alloc(&fresh, bytes.len);

    if (err != 0)
        return err;
    if (bytes.len != 0)
        memcpy(fresh.data, bytes.data, bytes.len);
    secret_clear(s);
    *s = fresh;
    return 0;
}

void secret_truncate(struct secret *s, size_t len)
{
    secret_wipe(s->data + len, s->len - len);
    s->len = len;
}

gpg_error_t secret_setup(void)
{
    gpg_error_t err = 0;

    if (gcry_check_version(GCRYPT_VERSION) == NULL)
        return gpg_error(GPG_ERR_UNKNOWN_VERSION);
    /* A small RLIMIT_MEMLOCK is common in containers: memory that cannot be
     * locked is still wiped, so it is no reason to stop or to warn. */
    err = gcry_control(GCRYCTL_SUSPEND_SECMEM_WARN);
    if (err == 0)
        err = gcry_control(GCRYCTL_INIT_SECMEM, SECURE_MEMORY_SIZE, 0);
    if (err == 0)
        err = gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
    return err;
}
