/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/curve: the points of Ed25519 and X25519. */
#include <gcrypt.h>

#include "base/hex.h"
#include "base/secret.h"
#include "keyring/curve.h"
#include "unit.h"

#define LEN 32

static const struct curve *curve(const char *algo)
{
    const struct curve *c = curve_from_name(span_str(algo));

    assert_non_null(c);
    return c;
}

/* The bytes of HEX, as many as RET has room for. */
static void from_hex(const char *hex, uint8_t ret[LEN])
{
    AUTO_BYTES bytes = {0};

    assert_ok(hex_decode_append(hex, strlen(hex), &bytes));
    assert_int_equal(bytes.len, LEN);
    memcpy(ret, bytes.data, LEN);
}

static gpg_error_t decode(const char *algo, struct span encoded,
                          struct bytes *ret)
{
    uint8_t *exact = malloc(encoded.len != 0 ? encoded.len : 1);
    gpg_error_t err = 0;

    assert_non_null(exact);
    if (encoded.len != 0)
        memcpy(exact, encoded.data, encoded.len);
    err = curve_decode_point(curve(algo), span_make(exact, encoded.len), ret);
    free(exact);
    return err;
}

static void assert_bad(const char *algo, struct span encoded)
{
    AUTO_BYTES point = {0};

    assert_code(decode(algo, encoded, &point), GPG_ERR_BAD_PUBKEY);
    assert_int_equal(point.len, 0);
}

/* POINT behind HEAD is POINT. */
static void assert_behind(const char *algo, const char *head, size_t head_len,
                          const uint8_t point[LEN])
{
    AUTO_BYTES encoded = {0};
    AUTO_BYTES decoded = {0};

    assert_ok(bytes_set(&encoded, span_make(head, head_len)));
    assert_ok(bytes_append(&encoded, span_make(point, LEN)));
    assert_ok(decode(algo, span_of(&encoded), &decoded));
    assert_span(span_of(&decoded), point, LEN);
}

/* Public keys of RFC 8032, section 7.1, and RFC 7748, section 6.1. */
static const struct {
    const char *algo;
    const char *hex;
} keys[] = {
    {"ed25519",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"},
    {"ed25519",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"},
    {"cv25519",
     "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"},
    {"cv25519",
     "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"},
};

static void points_are_found_in_every_wrapping(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(keys); i++) {
        uint8_t point[LEN];

        from_hex(keys[i].hex, point);
        assert_behind(keys[i].algo, "", 0, point);
        assert_behind(keys[i].algo, "\x40", 1, point);
        assert_behind(keys[i].algo, "\x04\x20", 2, point);
        assert_behind(keys[i].algo, "\x04\x21\x40", 3, point);
        assert_behind(keys[i].algo, "\x03\x21\x00", 3, point);
    }
}

static void other_wrappings_are_refused(void **state)
{
    uint8_t encoded[65] = {0};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(keys); i++) {
        const char *algo = keys[i].algo;

        for (size_t len = 0; len < sizeof encoded; len++) {
            memset(encoded, 0x55, sizeof encoded);
            if (len != LEN)
                assert_bad(algo, span_make(encoded, len));
        }
        /* Another prefix; unused bits; a NIST point. */
        from_hex(keys[i].hex, encoded + 3);
        encoded[2] = 0x41;
        assert_bad(algo, span_make(encoded + 2, LEN + 1));
        memcpy(encoded, "\x03\x21\x01", 3);
        assert_bad(algo, span_make(encoded, LEN + 3));
        encoded[0] = 0x04;
        assert_bad(algo, span_make(encoded, 65));
    }
}

/* 32 bytes are a point, whatever they begin with. */
static void a_bare_point_may_look_like_der(void **state)
{
    static const char *const heads[] = {"\x04\x1e", "\x03\x1e", "\x03\x1d",
                                        "\x04\x1d", "\x40\x1e", "\x30\x1e"};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(heads); i++) {
        uint8_t point[LEN];

        from_hex(keys[0].hex, point);
        memcpy(point, heads[i], 2);
        assert_behind("ed25519", "", 0, point);
        assert_behind("cv25519", "", 0, point);
    }
}

/* The u-coordinates of all points whose order divides eight, on the curve and
 * on its twist (the roots of the division polynomials), and those that are
 * the same number modulo p = 2^255 - 19. */
static const char *const low_order[] = {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
};

/* Does libgcrypt's X25519 give nothing but zeros for U? */
static bool gives_zero(const uint8_t u[LEN])
{
    uint8_t scalar[LEN];
    uint8_t shared[LEN];
    uint8_t any = 0;

    /* As a private key is: RFC 7748, section 5. */
    memset(scalar, 0x5a, sizeof scalar);
    scalar[0] &= 0xf8;
    scalar[31] = (uint8_t)((scalar[31] & 0x7f) | 0x40);
    memset(shared, 0xff, sizeof shared);
    /* Releases differ in whether they refuse to answer. */
    if (gcry_ecc_mul_point(GCRY_ECC_CURVE25519, shared, scalar, u) != 0)
        return true;
    for (size_t i = 0; i < LEN; i++)
        any |= shared[i];
    return any == 0;
}

static void points_of_low_order_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(low_order); i++) {
        uint8_t u[LEN];
        uint8_t wrapped[LEN + 1] = {0x40};

        from_hex(low_order[i], u);
        assert_true(gives_zero(u));
        assert_bad("cv25519", span_make(u, LEN));
        memcpy(wrapped + 1, u, LEN);
        assert_bad("cv25519", span_make(wrapped, sizeof wrapped));
        /* The top bit does not count (RFC 7748, section 5). */
        u[LEN - 1] |= 0x80;
        assert_true(gives_zero(u));
        assert_bad("cv25519", span_make(u, LEN));
    }
}

static void other_points_are_not(void **state)
{
    struct dice dice = {5};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(low_order); i++) {
        uint8_t u[LEN];

        from_hex(low_order[i], u);
        u[dice_roll(&dice, LEN - 1)] ^= 0x08;
        assert_false(gives_zero(u));
        assert_behind("cv25519", "", 0, u);
    }
    for (size_t i = 0; i < 50; i++) {
        uint8_t u[LEN] = {(uint8_t)(i + 2)};

        assert_false(gives_zero(u));
        assert_behind("cv25519", "", 0, u);
    }
}

static int set_up(void **state)
{
    (void)state;
    return secret_setup() == 0 ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_found_in_every_wrapping),
        cmocka_unit_test(other_wrappings_are_refused),
        cmocka_unit_test(a_bare_point_may_look_like_der),
        cmocka_unit_test(points_of_low_order_are_refused),
        cmocka_unit_test(other_points_are_not),
    };

    return cmocka_run_group_tests_name("point25519", tests, set_up, NULL);
}
