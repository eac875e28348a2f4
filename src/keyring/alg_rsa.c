/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* RSA: PKCS#1 v1.5 signatures and decryption (RFC 8017, sections 8.2 and
 * 7.2). */
#include <string.h>

#include "keyring/alg.h"

/* 00 01 FF (eight at least) 00 before what is signed. */
#define PKCS1_OVERHEAD 11

/* MD5 and SHA-1 side by side, as TLS before 1.2 signed them. */
#define TLS_MD5SHA1_LEN 36

static bool fits(const struct pubkey *pubkey)
{
    return pubkey_is_rsa(pubkey);
}

/* A complete encoded message for the raw operation: RSASSA-PSS made by the
 * client, recognised by its last byte (RFC 8017, section 9.1.1). */
static bool is_pss_block(const struct pubkey *pubkey, struct span data)
{
    return data.len == pubkey->n.len && data.data[data.len - 1] == 0xbc;
}

/* What the token is to pad: always a DigestInfo, unless the client says that
 * it knows better. */
static gpg_error_t encode(const struct sign_input *input, struct bytes *buffer,
                          struct span *ret)
{
    struct span digest = {0};
    const struct digest_algo *found = digestinfo_parse(input->data, &digest);
    gpg_error_t err = 0;

    if (found != NULL) {
        if (input->hash != NULL && input->hash != found)
            return gpg_error(GPG_ERR_CONFLICT);
        *ret = input->data;
        return 0;
    }
    if (input->hash != NULL) {
        if (input->data.len != input->hash->len)
            return gpg_error(GPG_ERR_INV_LENGTH);
        err = bytes_set(buffer, input->hash->prefix);
        if (err == 0)
            err = bytes_append(buffer, input->data);
        *ret = span_of(buffer);
        return err;
    }
    if (input->any_format || input->data.len == TLS_MD5SHA1_LEN) {
        *ret = input->data;
        return 0;
    }
    return gpg_error(GPG_ERR_INV_DATA);
}

static gpg_error_t sign_prepare(const struct pubkey *pubkey,
                                const struct sign_input *input,
                                struct bytes *buffer,
                                struct token_request *request)
{
    struct span message = {0};
    gpg_error_t err = 0;

    *request = (struct token_request){.action = TOKEN_SIGN,
                                      .mech = MECH_RSA_PKCS,
                                      .max_output = pubkey->n.len};
    if (input->any_format && is_pss_block(pubkey, input->data)) {
        request->mech = MECH_RSA_X_509;
        request->input = input->data;
        return 0;
    }
    err = encode(input, buffer, &message);
    if (err != 0)
        return err;
    if (message.len + PKCS1_OVERHEAD > pubkey->n.len)
        return gpg_error(GPG_ERR_TOO_LARGE);
    request->input = message;
    return 0;
}

/* Exactly as long as the modulus: some modules drop leading zeros. */
static gpg_error_t sign_finish(const struct pubkey *pubkey,
                               struct secret *signature)
{
    AUTO_SECRET full = {0};
    struct span digits = span_strip_zeros(secret_span(signature));
    gpg_error_t err = 0;

    if (digits.len > pubkey->n.len || digits.len == 0)
        return gpg_error(GPG_ERR_BAD_SIGNATURE);
    err = secret_alloc(&full, pubkey->n.len);
    if (err != 0)
        return err;
    memcpy(full.data + full.len - digits.len, digits.data, digits.len);
    secret_clear(signature);
    *signature = full;
    full = (struct secret){0};
    return 0;
}

/* gpg-agent gives the ciphertext as a number: with a zero byte too many if
 * its top bit is set, too short if it begins with zeros. */
static gpg_error_t decrypt_prepare(const struct pubkey *pubkey,
                                   struct span ciphertext, struct bytes *buffer,
                                   struct token_request *request)
{
    gpg_error_t err = bytes_from_number(buffer, ciphertext, pubkey->n.len);

    /* Compared as numbers: RFC 8017, section 5.1.2, step 1. */
    if (gpg_err_code(err) == GPG_ERR_TOO_LARGE ||
        (err == 0 && memcmp(buffer->data, pubkey->n.data, buffer->len) >= 0))
        return gpg_error(GPG_ERR_DECRYPT_FAILED);
    if (err != 0)
        return err;
    *request = (struct token_request){.action = TOKEN_DECRYPT,
                                      .mech = MECH_RSA_PKCS,
                                      .input = span_of(buffer),
                                      .max_output = pubkey->n.len};
    return 0;
}

/* A plaintext is shorter than the modulus by the padding at least: a longer
 * one is the whole block, which some modules give; gpg-agent understands that
 * too if we do not say that the padding is off. */
static gpg_error_t decrypt_finish(const struct pubkey *pubkey,
                                  struct secret *plaintext, bool *ret_unpadded)
{
    *ret_unpadded = plaintext->len + PKCS1_OVERHEAD <= pubkey->n.len;
    return 0;
}

const struct alg alg_rsa = {"RSA",           fits,        sign_prepare,
                            decrypt_prepare, sign_finish, decrypt_finish};
