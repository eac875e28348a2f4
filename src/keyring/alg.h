/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The table of algorithms: what a token must be given for each, and what its
 * answer must be made into. */
#ifndef KEYRING_ALG_H
#define KEYRING_ALG_H

#include "base/secret.h"
#include "keyring/digestinfo.h"
#include "keyring/pubkey.h"
#include "token/token.h"

/* What a client wants signed. */
struct sign_input {
    struct span data; /* of SETDATA */
    /* PKSIGN --hash=NAME; NULL: none was named, or "none". */
    const struct digest_algo *hash;
    /* The client takes responsibility for the format: PKAUTH, --hash=none,
     * --hash=tls-md5sha1. */
    bool any_format;
};

struct alg {
    const char *name;

    /* Can this algorithm be done with such a key? */
    bool (*fits)(const struct pubkey *pubkey);

    /* Fill in REQUEST; its input may be borrowed from DATA or from BUFFER,
     * which the caller keeps until the token has answered.  NULL: cannot
     * sign (or decrypt) with it. */
    gpg_error_t (*sign_prepare)(const struct pubkey *pubkey,
                                const struct sign_input *input,
                                struct bytes *buffer,
                                struct token_request *request);
    gpg_error_t (*decrypt_prepare)(const struct pubkey *pubkey,
                                   struct span ciphertext, struct bytes *buffer,
                                   struct token_request *request);

    /* Turn the token's answer into the one for gpg-agent, in place.  MECH gave
     * it.  RET_UNPADDED: an RSA plaintext, without its padding. */
    gpg_error_t (*sign_finish)(const struct pubkey *pubkey,
                               struct secret *signature);
    gpg_error_t (*decrypt_finish)(const struct pubkey *pubkey, enum mech mech,
                                  struct secret *plaintext, bool *ret_unpadded);

    /* The same where the answer can be read in a second way, else NULL.  Which
     * is right shows when the signature is verified. */
    gpg_error_t (*sign_finish_other)(const struct pubkey *pubkey,
                                     struct secret *signature);
};

extern const struct alg alg_rsa;
extern const struct alg alg_ecdsa;
extern const struct alg alg_eddsa;
extern const struct alg alg_ecdh;

/* The algorithm that signs, or decrypts, with such a key; NULL if none
 * does. */
const struct alg *alg_for_signing(const struct pubkey *pubkey);
const struct alg *alg_for_decryption(const struct pubkey *pubkey);

#endif
