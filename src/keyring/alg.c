/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The table of algorithms. */
#include "keyring/alg.h"

static const struct alg *const algs[] = {
    &alg_rsa,
    &alg_ecdsa,
    &alg_eddsa,
    &alg_ecdh,
};

const struct alg *alg_for_signing(const struct pubkey *pubkey)
{
    for (size_t i = 0; i < sizeof algs / sizeof algs[0]; i++)
        if (algs[i]->sign_prepare != NULL && algs[i]->fits(pubkey))
            return algs[i];
    return NULL;
}

const struct alg *alg_for_decryption(const struct pubkey *pubkey)
{
    for (size_t i = 0; i < sizeof algs / sizeof algs[0]; i++)
        if (algs[i]->decrypt_prepare != NULL && algs[i]->fits(pubkey))
            return algs[i];
    return NULL;
}
