/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/alg_ecdh: which points a token is given, and the form in
 * which GnuPG gets the shared one. */
#include "base/secret.h"
#include "keyring/alg.h"
#include "sample_keys.h"
#include "unit.h"

#define MAX_FIELD 66

static struct pubkey on_curve(const char *algo)
{
    const struct pubkey pubkey = {.curve = curve_from_name(span_str(algo))};

    assert_non_null(pubkey.curve);
    return pubkey;
}

/* The curve of this sample, and its point. */
static struct pubkey get(enum sample which, struct bytes *ret_point)
{
    sample_bytes(sample_keys[which].point, ret_point);
    return on_curve(sample_keys[which].algo);
}

static void assert_prepared(const struct pubkey *pubkey, struct span input,
                            struct span expected)
{
    AUTO_BYTES buffer = {0};
    struct token_request request = {0};

    assert_ok(alg_ecdh.decrypt_prepare(pubkey, input, &buffer, &request));
    assert_int_equal(request.action, TOKEN_DERIVE);
    assert_int_equal(request.mech, MECH_ECDH);
    assert_int_equal(request.derived_len, pubkey->curve->field_len);
    assert_true(request.max_output >= 1 + 2 * pubkey->curve->field_len);
    assert_span(request.input, expected.data, expected.len);
}

static void assert_refused(const struct pubkey *pubkey, struct span input)
{
    AUTO_BYTES buffer = {0};
    struct token_request request = {0};

    assert_code(alg_ecdh.decrypt_prepare(pubkey, input, &buffer, &request),
                GPG_ERR_BAD_PUBKEY);
    assert_null(request.input.data);
}

static void nist_points_go_to_the_token_as_they_are(void **state)
{
    const enum sample samples[] = {SAMPLE_P256, SAMPLE_P384, SAMPLE_P521,
                                   SAMPLE_BRAINPOOL};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(samples); i++) {
        AUTO_BYTES point = {0};
        const struct pubkey pubkey = get(samples[i], &point);

        assert_int_equal(point.len, 1 + 2 * pubkey.curve->field_len);
        assert_prepared(&pubkey, span_of(&point), span_of(&point));
    }
}

static void a_compressed_point_goes_to_the_token_whole(void **state)
{
    AUTO_BYTES point = {0};
    AUTO_BYTES compressed = {0};
    const struct pubkey pubkey = get(SAMPLE_P256, &point);

    (void)state;
    assert_ok(bytes_set(&compressed, span_make(point.data, 33)));
    compressed.data[0] = 2 | (point.data[64] & 1);
    assert_prepared(&pubkey, span_of(&compressed), span_of(&point));
}

static void x25519_takes_points_with_and_without_prefix(void **state)
{
    AUTO_BYTES point = {0};
    AUTO_BYTES prefixed = {0};
    const struct pubkey pubkey = get(SAMPLE_X25519, &point);

    (void)state;
    assert_int_equal(point.len, 32);
    assert_prepared(&pubkey, span_of(&point), span_of(&point));
    assert_ok(bytes_set(&prefixed, span_make("\x40", 1)));
    assert_ok(bytes_append(&prefixed, span_of(&point)));
    assert_prepared(&pubkey, span_of(&prefixed), span_of(&point));
}

static void bad_points_never_reach_the_token(void **state)
{
    AUTO_BYTES point = {0};
    AUTO_BYTES u = {0};
    const struct pubkey nist = get(SAMPLE_P256, &point);
    const struct pubkey x25519 = get(SAMPLE_X25519, &u);
    const uint8_t zeros[65] = {0};

    (void)state;
    point.data[64] ^= 1;
    assert_refused(&nist, span_of(&point));
    assert_refused(&nist, span_make(point.data, 64));
    assert_refused(&nist, span_make(zeros, 1));
    assert_refused(&nist, span_make(zeros, 0));
    assert_refused(&nist, span_make(zeros, 65));
    assert_refused(&nist, span_of(&u));
    assert_refused(&x25519, span_of(&point));
    assert_refused(&x25519, span_make(zeros, 32));
    assert_refused(&x25519, span_make(u.data, 31));
    assert_refused(&x25519, span_make(zeros, 0));
}

/* What a token's answer of LEN bytes becomes: HEAD and the bytes, with zeros
 * between them. */
static void assert_shared(const char *algo, size_t len, uint8_t head)
{
    const struct pubkey pubkey = on_curve(algo);
    const size_t field_len = pubkey.curve->field_len;
    uint8_t answer[MAX_FIELD];
    uint8_t expected[1 + MAX_FIELD] = {head};
    AUTO_SECRET shared = {0};
    bool unpadded = true;

    memset(answer, 0x88, sizeof answer);
    memset(expected + 1 + field_len - len, 0x88, len);
    assert_ok(secret_set(&shared, span_make(answer, len)));
    assert_ok(alg_ecdh.decrypt_finish(&pubkey, MECH_ECDH, &shared, &unpadded));
    assert_span(secret_span(&shared), expected, 1 + field_len);
    assert_false(unpadded);
}

static void assert_not_shared(const char *algo, const void *answer, size_t len)
{
    const struct pubkey pubkey = on_curve(algo);
    AUTO_SECRET shared = {0};
    bool unpadded = true;

    assert_ok(secret_set(&shared, span_make(answer, len)));
    assert_code(alg_ecdh.decrypt_finish(&pubkey, MECH_ECDH, &shared, &unpadded),
                GPG_ERR_DECRYPT_FAILED);
}

static void the_x_coordinate_stands_behind_41(void **state)
{
    static const char *const curves[] = {"nistp256", "nistp384", "nistp521",
                                         "brainpoolP256r1", "secp256k1"};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(curves); i++) {
        const size_t field_len = on_curve(curves[i]).curve->field_len;

        /* Some modules leave out the zeros that it begins with. */
        for (size_t len = 1; len <= field_len; len++)
            assert_shared(curves[i], len, 0x41);
    }
}

static void the_u_coordinate_stands_behind_40(void **state)
{
    uint8_t answer[32];

    (void)state;
    assert_shared("cv25519", 32, 0x40);
    /* Its zeros are at the other end: none may be missing. */
    memset(answer, 0x88, sizeof answer);
    assert_not_shared("cv25519", answer, 31);
}

static void of_a_whole_point_the_x_coordinate_is_taken(void **state)
{
    static const char *const curves[] = {"nistp256", "nistp521"};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(curves); i++) {
        const struct pubkey pubkey = on_curve(curves[i]);
        const size_t len = pubkey.curve->field_len;
        uint8_t point[1 + 2 * MAX_FIELD] = {4, 0, 0x55};
        AUTO_SECRET shared = {0};
        bool unpadded = true;

        memset(point + 1 + len, 0x77, len);
        assert_ok(secret_set(&shared, span_make(point, 1 + 2 * len)));
        assert_ok(
            alg_ecdh.decrypt_finish(&pubkey, MECH_ECDH, &shared, &unpadded));
        point[0] = 0x41;
        assert_span(secret_span(&shared), point, 1 + len);
        /* Its X may not be zero either. */
        memset(point, 0, 1 + len);
        point[0] = 4;
        assert_not_shared(curves[i], point, 1 + 2 * len);
    }
}

static void zeros_are_no_secret(void **state)
{
    const uint8_t zeros[MAX_FIELD] = {0};

    (void)state;
    assert_not_shared("cv25519", zeros, 32);
    assert_not_shared("nistp256", zeros, 32);
    assert_not_shared("nistp256", zeros, 1);
    assert_not_shared("nistp256", zeros, 0);
    assert_not_shared("nistp521", zeros, 66);
}

static void longer_answers_are_no_secret(void **state)
{
    uint8_t answer[1 + 2 * MAX_FIELD];

    (void)state;
    memset(answer, 0x88, sizeof answer);
    assert_not_shared("nistp256", answer, 33);
    assert_not_shared("nistp256", answer, 65);
    assert_not_shared("nistp521", answer, 67);
    assert_not_shared("cv25519", answer, 33);
}

static int set_up(void **state)
{
    (void)state;
    return secret_setup() == 0 ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nist_points_go_to_the_token_as_they_are),
        cmocka_unit_test(a_compressed_point_goes_to_the_token_whole),
        cmocka_unit_test(x25519_takes_points_with_and_without_prefix),
        cmocka_unit_test(bad_points_never_reach_the_token),
        cmocka_unit_test(the_x_coordinate_stands_behind_41),
        cmocka_unit_test(the_u_coordinate_stands_behind_40),
        cmocka_unit_test(of_a_whole_point_the_x_coordinate_is_taken),
        cmocka_unit_test(zeros_are_no_secret),
        cmocka_unit_test(longer_answers_are_no_secret),
    };

    return cmocka_run_group_tests_name("alg_ecdh", tests, set_up, NULL);
}
