/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* ECDSA over the Weierstrass curves (FIPS 186-4, section 6). */
#include <string.h>

#include "base/der.h"
#include "keyring/alg.h"

/* A SEQUENCE of at most 255 bytes, two INTEGERs, and the zero byte that keeps
 * each of them positive. */
#define DER_OVERHEAD (3 + 2 * 3)

static bool fits(const struct pubkey *pubkey)
{
    return !pubkey_is_rsa(pubkey) && pubkey->curve->form == CURVE_WEIERSTRASS;
}

static bool is_digest_length(size_t len)
{
    const struct digest_algo *algo = NULL;

    for (size_t i = 0; (algo = digest_algo_at(i)) != NULL; i++)
        if (algo->len == len)
            return true;
    return false;
}

/* gpg-agent puts the digest into a DigestInfo for every kind of key. */
static gpg_error_t find_digest(const struct sign_input *input, struct span *ret)
{
    struct span digest = {0};
    const struct digest_algo *found = digestinfo_parse(input->data, &digest);

    if (found != NULL) {
        if (input->hash != NULL && input->hash != found)
            return gpg_error(GPG_ERR_CONFLICT);
        *ret = digest;
        return 0;
    }
    if (input->hash != NULL ? input->data.len != input->hash->len
                            : !is_digest_length(input->data.len))
        return gpg_error(GPG_ERR_INV_LENGTH);
    *ret = input->data;
    return 0;
}

static gpg_error_t sign_prepare(const struct pubkey *pubkey,
                                const struct sign_input *input,
                                struct bytes *buffer,
                                struct token_request *request)
{
    struct span digest = {0};
    gpg_error_t err = find_digest(input, &digest);

    (void)buffer;
    if (err != 0)
        return err;
    /* The leftmost bits of a digest longer than the order (step 2 of 6.4):
     * not every module takes it whole.  The orders of our curves are whole
     * bytes, but for P-521, which no digest is longer than. */
    if (digest.len > pubkey->curve->field_len)
        digest.len = pubkey->curve->field_len;
    *request = (struct token_request){
        .action = TOKEN_SIGN,
        .mech = MECH_ECDSA,
        .input = digest,
        .max_output = 2 * pubkey->curve->field_len + DER_OVERHEAD};
    return 0;
}

/* r and s, two INTEGERs in a SEQUENCE: from a module that has not read PKCS#11
 * 2.40 mechanisms, section 2.3.1. */
static bool split_der(struct span signature, struct span *ret_r,
                      struct span *ret_s)
{
    struct span sequence = {0};

    return der_only(signature, DER_SEQUENCE, &sequence) &&
           der_take_tag(&sequence, DER_INTEGER, ret_r) &&
           der_only(sequence, DER_INTEGER, ret_s);
}

/* Two equal halves, as it should be. */
static bool split_halves(struct span signature, struct span *ret_r,
                         struct span *ret_s)
{
    if (signature.len % 2 != 0 || signature.len == 0)
        return false;
    *ret_r = span_make(signature.data, signature.len / 2);
    *ret_s = span_skip(signature, signature.len / 2);
    return true;
}

/* R and S, each in as many bytes as the order has. */
static gpg_error_t join(const struct pubkey *pubkey, struct span r,
                        struct span s, struct secret *signature)
{
    AUTO_SECRET fixed = {0};
    const size_t len = pubkey->curve->field_len;
    gpg_error_t err = 0;

    r = span_strip_zeros(r);
    s = span_strip_zeros(s);
    if (r.len == 0 || r.len > len || s.len == 0 || s.len > len)
        return gpg_error(GPG_ERR_BAD_SIGNATURE);
    err = secret_alloc(&fixed, 2 * len);
    if (err != 0)
        return err;
    memcpy(fixed.data + len - r.len, r.data, r.len);
    memcpy(fixed.data + 2 * len - s.len, s.data, s.len);
    secret_clear(signature);
    *signature = fixed;
    fixed = (struct secret){0};
    return 0;
}

static gpg_error_t sign_finish(const struct pubkey *pubkey,
                               struct secret *signature)
{
    const struct span answer = secret_span(signature);
    struct span r = {0};
    struct span s = {0};

    if (answer.len != 2 * pubkey->curve->field_len && split_der(answer, &r, &s))
        return join(pubkey, r, s, signature);
    if (!split_halves(answer, &r, &s))
        return gpg_error(GPG_ERR_BAD_SIGNATURE);
    return join(pubkey, r, s, signature);
}

/* An answer as long as two halves may be DER as well, if r and s are short,
 * which is seldom. */
static gpg_error_t sign_finish_other(const struct pubkey *pubkey,
                                     struct secret *signature)
{
    struct span r = {0};
    struct span s = {0};

    if (signature->len != 2 * pubkey->curve->field_len ||
        !split_der(secret_span(signature), &r, &s))
        return gpg_error(GPG_ERR_BAD_SIGNATURE);
    return join(pubkey, r, s, signature);
}

const struct alg alg_ecdsa = {.name = "ECDSA",
                              .fits = fits,
                              .sign_prepare = sign_prepare,
                              .sign_finish = sign_finish,
                              .sign_finish_other = sign_finish_other};
