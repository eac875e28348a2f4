/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* RSA: PKCS#1 v1.5 signatures and decryption (RFC 8017, sections 8.2 and
 * 7.2). */
#include <string.h>

#include "keyring/alg.h"
#include "keyring/pkcs1.h"

/* MD5 and SHA-1 side by side, as TLS before 1.2 signed them. */
#define TLS_MD5SHA1_LEN 36

static bool fits(const struct pubkey *pubkey)
{
    return pubkey_is_rsa(pubkey);
}

/* A complete encoded message for the raw operation: RSASSA-PSS made by the
 * client, recognised by its last byte (RFC 8017, section 9.1.1).  It has one
 * bit less than the modulus, which may make it one byte less. */
static bool is_pss_block(const struct pubkey *pubkey, struct span data)
{
    const size_t len = pubkey->n.len;

    return (data.len == len ||
            (data.len == len - 1 && pubkey->n.data[0] == 1)) &&
           data.data[data.len - 1] == 0xbc;
}

/* What is to be padded: always a DigestInfo, unless the client says that it
 * knows better.  In two parts, the second of which is the data. */
static gpg_error_t encode(const struct sign_input *input, struct span *ret_head)
{
    struct span digest = {0};
    const struct digest_algo *found = digestinfo_parse(input->data, &digest);

    if (found != NULL)
        return input->hash == NULL || input->hash == found
                   ? 0
                   : gpg_error(GPG_ERR_CONFLICT);
    if (input->hash != NULL) {
        if (input->data.len != input->hash->len)
            return gpg_error(GPG_ERR_INV_LENGTH);
        *ret_head = input->hash->prefix;
        return 0;
    }
    return input->any_format || input->data.len == TLS_MD5SHA1_LEN
               ? 0
               : gpg_error(GPG_ERR_INV_DATA);
}

/* The block as it is, as long as the modulus. */
static gpg_error_t prepare_raw(const struct pubkey *pubkey, struct span block,
                               struct bytes *buffer,
                               struct token_request *request)
{
    gpg_error_t err = bytes_from_number(buffer, block, pubkey->n.len);

    if (err != 0)
        return err;
    *request = (struct token_request){.action = TOKEN_SIGN,
                                      .mech = MECH_RSA_X_509,
                                      .input = span_of(buffer),
                                      .max_output = pubkey->n.len};
    return 0;
}

/* The token pads, or is given the padded block if it cannot. */
static gpg_error_t sign_prepare(const struct pubkey *pubkey,
                                const struct sign_input *input,
                                struct bytes *buffer,
                                struct token_request *request)
{
    struct span head = {0};
    struct span block = {0};
    gpg_error_t err = 0;

    if (input->any_format && is_pss_block(pubkey, input->data))
        return prepare_raw(pubkey, input->data, buffer, request);
    err = encode(input, &head);
    if (err == 0)
        err = pkcs1_pad_signature(head, input->data, pubkey->n.len, buffer);
    if (err != 0)
        return err;
    block = span_of(buffer);
    *request = (struct token_request){
        .action = TOKEN_SIGN,
        .mech = MECH_RSA_PKCS,
        .input = span_skip(block, block.len - head.len - input->data.len),
        .max_output = pubkey->n.len,
        .other_mech = MECH_RSA_X_509,
        .other_input = block};
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
    if (signature->len == pubkey->n.len)
        return 0;
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
                                      .max_output = pubkey->n.len,
                                      .other_mech = MECH_RSA_X_509,
                                      .other_input = span_of(buffer)};
    return 0;
}

/* The whole block comes from the raw operation, and from modules that leave
 * the padding to others whatever they are asked for; some take the zero byte
 * at its beginning for a leading zero.  A plaintext is always shorter. */
static gpg_error_t decrypt_finish(const struct pubkey *pubkey, enum mech mech,
                                  struct secret *plaintext, bool *ret_unpadded)
{
    const size_t len = pubkey->n.len;
    AUTO_SECRET block = {0};
    gpg_error_t err = 0;

    if (mech == MECH_RSA_PKCS && plaintext->len + PKCS1_OVERHEAD <= len) {
        *ret_unpadded = true;
        return 0;
    }
    if (plaintext->len > len)
        return gpg_error(GPG_ERR_DECRYPT_FAILED);
    err = secret_alloc(&block, len);
    if (err != 0)
        return err;
    if (plaintext->len != 0)
        memcpy(block.data + len - plaintext->len, plaintext->data,
               plaintext->len);
    err = pkcs1_unpad_plaintext(&block);
    if (err != 0)
        return err;
    secret_clear(plaintext);
    *plaintext = block;
    block = (struct secret){0};
    *ret_unpadded = true;
    return 0;
}

const struct alg alg_rsa = {.name = "RSA",
                            .fits = fits,
                            .sign_prepare = sign_prepare,
                            .decrypt_prepare = decrypt_prepare,
                            .sign_finish = sign_finish,
                            .decrypt_finish = decrypt_finish};
