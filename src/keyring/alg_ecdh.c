/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* ECDH on the Weierstrass curves and X25519: the shared point, before any key
 * derivation, which is GnuPG's part. */
#include <string.h>

#include "keyring/alg.h"

/* Some modules give the whole shared point. */
#define POINT_ROOM(field_len) (1 + 2 * (field_len))

static bool fits(const struct pubkey *pubkey)
{
    return !pubkey_is_rsa(pubkey) && pubkey->curve->form != CURVE_EDWARDS;
}

/* The peer's point is checked here: a token that computes with a bad one
 * gives its key away bit by bit. */
static gpg_error_t decrypt_prepare(const struct pubkey *pubkey,
                                   struct span ciphertext, struct bytes *buffer,
                                   struct token_request *request)
{
    const size_t len = pubkey->curve->field_len;
    gpg_error_t err = curve_decode_point(pubkey->curve, ciphertext, buffer);

    if (err != 0)
        return err;
    *request = (struct token_request){.action = TOKEN_DERIVE,
                                      .mech = MECH_ECDH,
                                      .input = span_of(buffer),
                                      .max_output = POINT_ROOM(len),
                                      .derived_len = len};
    return 0;
}

static bool is_zero(struct span s)
{
    uint8_t any = 0;

    for (size_t i = 0; i < s.len; i++)
        any |= s.data[i];
    return any == 0;
}

/* The x-coordinate in what the token gave: that alone, maybe without its
 * leading zeros; or 04||X||Y. */
static struct span find_x(const struct curve *curve, struct span answer)
{
    if (curve->form == CURVE_WEIERSTRASS &&
        answer.len == POINT_ROOM(curve->field_len) && answer.data[0] == 4)
        return span_make(answer.data + 1, curve->field_len);
    return answer;
}

/* The x-coordinate behind 0x41, or 0x40 for X25519: the form that every
 * GnuPG since 2.2 takes. */
static gpg_error_t decrypt_finish(const struct pubkey *pubkey, enum mech mech,
                                  struct secret *plaintext, bool *ret_unpadded)
{
    AUTO_SECRET point = {0};
    const size_t len = pubkey->curve->field_len;
    const struct span x = find_x(pubkey->curve, secret_span(plaintext));
    gpg_error_t err = 0;

    (void)mech;
    if (x.len > len ||
        (pubkey->curve->form == CURVE_MONTGOMERY && x.len != len) || is_zero(x))
        return gpg_error(GPG_ERR_DECRYPT_FAILED);
    err = secret_alloc(&point, 1 + len);
    if (err != 0)
        return err;
    if (pubkey->curve->form == CURVE_MONTGOMERY) {
        point.data[0] = 0x40;
    } else {
        point.data[0] = 0x41;
    }
    memcpy(point.data + point.len - x.len, x.data, x.len);
    secret_clear(plaintext);
    *plaintext = point;
    point = (struct secret){0};
    *ret_unpadded = false;
    return 0;
}

const struct alg alg_ecdh = {.name = "ECDH",
                             .fits = fits,
                             .decrypt_prepare = decrypt_prepare,
                             .decrypt_finish = decrypt_finish};
