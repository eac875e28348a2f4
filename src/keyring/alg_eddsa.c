/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Ed25519 signatures (RFC 8032, section 5.1.6). */
#include "base/str.h"
#include "keyring/alg.h"

#define SIGNATURE_LEN 64

/* libgcrypt keeps lengths in 16 bits and does not notice when somewhat less
 * than 64 KiB is too much: the signature of a longer message could not be
 * verified. */
#define MAX_MESSAGE ((size_t)63 * 1024)

static bool fits(const struct pubkey *pubkey)
{
    return !pubkey_is_rsa(pubkey) && pubkey->curve->form == CURVE_EDWARDS;
}

/* The message is what follows a DigestInfo header: gpg signs a digest as the
 * message, with its own header; ssh a message of any length, behind the one
 * of SHA-1. */
static gpg_error_t find_message(const struct sign_input *input,
                                struct span *ret)
{
    const struct digest_algo *sha1 = digest_algo_from_name("sha1");
    struct span digest = {0};
    const struct digest_algo *found = digestinfo_parse(input->data, &digest);

    if (found != NULL) {
        if (input->hash != NULL && input->hash != found)
            return gpg_error(GPG_ERR_CONFLICT);
        *ret = digest;
        return 0;
    }
    if (span_has_prefix(input->data, sha1->prefix)) {
        *ret = span_skip(input->data, sha1->prefix.len);
        return 0;
    }
    if (input->hash != NULL && input->data.len != input->hash->len)
        return gpg_error(GPG_ERR_INV_LENGTH);
    *ret = input->data;
    return 0;
}

static gpg_error_t sign_prepare(const struct pubkey *pubkey,
                                const struct sign_input *input,
                                struct bytes *buffer,
                                struct token_request *request)
{
    struct span message = {0};
    gpg_error_t err = find_message(input, &message);

    (void)pubkey;
    (void)buffer;
    if (err != 0)
        return err;
    if (message.len > MAX_MESSAGE)
        return gpg_error(GPG_ERR_TOO_LARGE);
    /* One module wants room for exactly the signature, whatever it says when
     * asked. */
    *request = (struct token_request){.action = TOKEN_SIGN,
                                      .mech = MECH_EDDSA,
                                      .input = message,
                                      .max_output = SIGNATURE_LEN};
    return 0;
}

static gpg_error_t sign_finish(const struct pubkey *pubkey,
                               struct secret *signature)
{
    (void)pubkey;
    return signature->len == SIGNATURE_LEN ? 0
                                           : gpg_error(GPG_ERR_BAD_SIGNATURE);
}

const struct alg alg_eddsa = {.name = "EdDSA",
                              .fits = fits,
                              .sign_prepare = sign_prepare,
                              .sign_finish = sign_finish};
