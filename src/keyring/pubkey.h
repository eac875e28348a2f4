/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Public keys: read from a token's objects, told apart by their keygrip,
 * written the way GnuPG wants them. */
#ifndef KEYRING_PUBKEY_H
#define KEYRING_PUBKEY_H

#include <gcrypt.h>

#include "base/bytes.h"
#include "keyring/curve.h"
#include "pkcs11/objects.h"

#define KEYGRIP_LEN 20
#define KEYGRIP_HEX_LEN 40

struct pubkey {
    const struct curve *curve; /* NULL: RSA */
    struct bytes n;            /* RSA modulus, no leading zeros */
    struct bytes e;
    struct bytes q; /* EC point: 04||X||Y, or 32 bytes on a 25519 curve */
};

void pubkey_clear(struct pubkey *pubkey);
#define AUTO_PUBKEY AUTO(pubkey_clear) struct pubkey

/* The public part of a key object.  GPG_ERR_NO_PUBKEY if the object does not
 * have it, GPG_ERR_UNSUPPORTED_ALGORITHM or GPG_ERR_UNKNOWN_CURVE if we
 * cannot use it, GPG_ERR_BAD_PUBKEY if it is broken.  RET is empty before. */
NODISCARD gpg_error_t pubkey_from_object(const struct object *object,
                                         struct pubkey *ret);

/* Why that failed with ERR, for people. */
const char *pubkey_why(const struct object *object, gpg_error_t err);

/* From an S-expression (public-key ...) as libksba gives a certificate's. */
NODISCARD gpg_error_t pubkey_from_sexp(struct span canonical,
                                       struct pubkey *ret);

/* The S-expression (public-key ...) for libgcrypt. */
NODISCARD gpg_error_t pubkey_build(const struct pubkey *pubkey,
                                   gcry_sexp_t *ret);

/* The canonical S-expression that READKEY answers: 25519 points have the
 * prefix 0x40 there. */
NODISCARD gpg_error_t pubkey_to_sexp(const struct pubkey *pubkey,
                                     struct bytes *ret);

/* The indented S-expression for people. */
NODISCARD gpg_error_t pubkey_to_advanced(const struct pubkey *pubkey,
                                         struct bytes *ret);

/* libgcrypt's keygrip. */
NODISCARD gpg_error_t pubkey_keygrip(const struct pubkey *pubkey,
                                     uint8_t ret[KEYGRIP_LEN]);

/* "rsa2048", "nistp256", "ed25519": the caller frees it; NULL if out of
 * memory. */
char *pubkey_algo(const struct pubkey *pubkey);

/* The line of an OpenSSH public key file, COMMENT at its end.
 * GPG_ERR_UNKNOWN_CURVE if ssh has no such keys. */
NODISCARD gpg_error_t pubkey_to_ssh(const struct pubkey *pubkey,
                                    const char *comment, char **ret);

static inline bool pubkey_is_rsa(const struct pubkey *pubkey)
{
    return pubkey->curve == NULL;
}

#endif
