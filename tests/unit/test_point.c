/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/curve: points in every encoding, and what is no point. */
#include <gcrypt.h>

#include "base/secret.h"
#include "keyring/curve.h"
#include "unit.h"

#define MAX_POINT (1 + 2 * 66)

/* A heap copy, so that a sanitizer sees each byte read past the end. */
static gpg_error_t decode(const struct curve *c, const void *data, size_t len,
                          struct bytes *ret)
{
    uint8_t *exact = malloc(len != 0 ? len : 1);
    gpg_error_t err = 0;

    assert_non_null(exact);
    if (len != 0)
        memcpy(exact, data, len);
    err = curve_decode_point(c, span_make(exact, len), ret);
    free(exact);
    return err;
}

static void assert_bad(const struct curve *c, const void *data, size_t len)
{
    AUTO_BYTES point = {0};

    assert_ok(bytes_set(&point, span_str("untouched")));
    assert_code(decode(c, data, len, &point), GPG_ERR_BAD_PUBKEY);
    assert_span(span_of(&point), "untouched", 9);
}

static void assert_decodes(const struct curve *c, const void *data, size_t len,
                           struct span expected)
{
    AUTO_BYTES point = {0};

    assert_ok(bytes_set(&point, span_str("older")));
    assert_ok(decode(c, data, len, &point));
    assert_span(span_of(&point), expected.data, expected.len);
}

/* NUMBER in LEN bytes. */
static void print(gcry_mpi_t number, uint8_t *ret, size_t len)
{
    uint8_t digits[MAX_POINT];
    size_t n = 0;

    assert_ok(
        gcry_mpi_print(GCRYMPI_FMT_USG, digits, sizeof digits, &n, number));
    assert_true(n <= len);
    memset(ret, 0, len - n);
    memcpy(ret + len - n, digits, n);
}

/* K times the generator, as libgcrypt computes it: 04||X||Y in RET. */
static struct span multiple(const struct curve *c, unsigned k, uint8_t *ret)
{
    gcry_ctx_t ctx = NULL;
    gcry_mpi_point_t g = NULL;
    gcry_mpi_point_t q = gcry_mpi_point_new(0);
    gcry_mpi_t factor = gcry_mpi_set_ui(NULL, k);
    gcry_mpi_t x = gcry_mpi_new(0);
    gcry_mpi_t y = gcry_mpi_new(0);

    assert_ok(gcry_mpi_ec_new(&ctx, NULL, c->name));
    g = gcry_mpi_ec_get_point("g", ctx, 1);
    assert_non_null(g);
    gcry_mpi_ec_mul(q, factor, g, ctx);
    assert_int_equal(gcry_mpi_ec_get_affine(x, y, q, ctx), 0);
    ret[0] = 4;
    print(x, ret + 1, c->field_len);
    print(y, ret + 1 + c->field_len, c->field_len);
    gcry_mpi_release(y);
    gcry_mpi_release(x);
    gcry_mpi_release(factor);
    gcry_mpi_point_release(q);
    gcry_mpi_point_release(g);
    gcry_ctx_release(ctx);
    return span_make(ret, 1 + 2 * c->field_len);
}

/* The generator as libgcrypt itself writes it. */
static struct span generator(const struct curve *c, uint8_t *ret)
{
    gcry_ctx_t ctx = NULL;
    gcry_mpi_t g = NULL;

    assert_ok(gcry_mpi_ec_new(&ctx, NULL, c->name));
    g = gcry_mpi_ec_get_mpi("g", ctx, 1);
    assert_non_null(g);
    print(g, ret, 1 + 2 * c->field_len);
    gcry_mpi_release(g);
    gcry_ctx_release(ctx);
    return span_make(ret, 1 + 2 * c->field_len);
}

/* A number of the curve ("p"), to be released. */
static gcry_mpi_t parameter(const struct curve *c, const char *name)
{
    gcry_ctx_t ctx = NULL;
    gcry_mpi_t number = NULL;

    assert_ok(gcry_mpi_ec_new(&ctx, NULL, c->name));
    number = gcry_mpi_ec_get_mpi(name, ctx, 1);
    assert_non_null(number);
    gcry_ctx_release(ctx);
    return number;
}

/* The I-th curve with points 04||X||Y, NULL past the last. */
static const struct curve *weierstrass(size_t i)
{
    const struct curve *c = curve_at(i);

    return c != NULL && c->form == CURVE_WEIERSTRASS ? c : NULL;
}

static void every_weierstrass_curve_is_tried_here(void **state)
{
    size_t n = 0;
    size_t n_all = 0;

    (void)state;
    while (weierstrass(n) != NULL)
        n++;
    for (size_t i = 0; curve_at(i) != NULL; i++)
        n_all += curve_at(i)->form == CURVE_WEIERSTRASS;
    assert_int_equal(n, n_all);
    assert_int_equal(n, 7);
}

static void raw_points_stay_as_they_are(void **state)
{
    const struct curve *c = NULL;
    uint8_t buffer[MAX_POINT];

    (void)state;
    for (size_t i = 0; (c = weierstrass(i)) != NULL; i++) {
        struct span g = generator(c, buffer);

        assert_decodes(c, g.data, g.len, g);
        for (unsigned k = 1; k < 20; k++) {
            struct span point = multiple(c, k, buffer);

            assert_decodes(c, point.data, point.len, point);
        }
    }
}

static void octet_strings_are_opened_right_or_wrong(void **state)
{
    const struct curve *c = NULL;
    uint8_t buffer[MAX_POINT];
    uint8_t der[3 + MAX_POINT];

    (void)state;
    for (size_t i = 0; (c = weierstrass(i)) != NULL; i++) {
        struct span g = generator(c, buffer);
        const uint8_t lengths[] = {(uint8_t)g.len, (uint8_t)(g.len - 1),
                                   (uint8_t)(g.len + 2), 0, 0xff};

        for (size_t j = 0; j < N_ELEMENTS(lengths); j++) {
            der[0] = 0x04;
            der[1] = lengths[j];
            memcpy(der + 2, g.data, g.len);
            assert_decodes(c, der, 2 + g.len, g);
            der[1] = 0x81;
            der[2] = lengths[j];
            memcpy(der + 3, g.data, g.len);
            assert_decodes(c, der, 3 + g.len, g);
        }
        der[0] = 0x03;
        assert_bad(c, der, 3 + g.len);
    }
}

/* Both points with this x, written compressed, bare and in an OCTET STRING. */
static void assert_compressed(const struct curve *c, struct span point)
{
    uint8_t der[2 + MAX_POINT];
    uint8_t other[MAX_POINT];
    gcry_mpi_t p = parameter(c, "p");
    gcry_mpi_t y = NULL;
    const uint8_t odd = point.data[point.len - 1] & 1;

    assert_ok(gcry_mpi_scan(&y, GCRYMPI_FMT_USG, point.data + 1 + c->field_len,
                            c->field_len, NULL));
    gcry_mpi_sub(y, p, y);
    memcpy(other, point.data, point.len);
    print(y, other + 1 + c->field_len, c->field_len);
    der[0] = 0x04;
    der[1] = (uint8_t)(1 + c->field_len);
    memcpy(der + 3, point.data + 1, c->field_len);
    der[2] = 2 | odd;
    assert_decodes(c, der + 2, 1 + c->field_len, point);
    assert_decodes(c, der, 3 + c->field_len, point);
    der[2] = 3 ^ odd;
    assert_decodes(c, der + 2, 1 + c->field_len, span_make(other, point.len));
    assert_decodes(c, der, 3 + c->field_len, span_make(other, point.len));
    gcry_mpi_release(y);
    gcry_mpi_release(p);
}

static void compressed_points_are_the_same_points(void **state)
{
    const struct curve *c = NULL;
    uint8_t buffer[MAX_POINT];

    (void)state;
    for (size_t i = 0; (c = weierstrass(i)) != NULL; i++) {
        assert_compressed(c, generator(c, buffer));
        for (unsigned k = 2; k < 20; k++)
            assert_compressed(c, multiple(c, k, buffer));
    }
}

static void other_beginnings_are_refused(void **state)
{
    const struct curve *c = NULL;
    uint8_t buffer[MAX_POINT];

    (void)state;
    for (size_t i = 0; (c = weierstrass(i)) != NULL; i++) {
        struct span g = generator(c, buffer);

        for (unsigned head = 0; head < 256; head++) {
            buffer[0] = (uint8_t)head;
            if (head != 4)
                assert_bad(c, buffer, g.len);
            if (head != 2 && head != 3)
                assert_bad(c, buffer, 1 + c->field_len);
        }
    }
}

static void points_beside_the_curve_are_refused(void **state)
{
    const struct curve *c = NULL;
    uint8_t buffer[MAX_POINT];

    (void)state;
    for (size_t i = 0; (c = weierstrass(i)) != NULL; i++) {
        struct span g = generator(c, buffer);

        for (size_t at = 1; at < g.len; at++) {
            buffer[at] ^= 0x10;
            assert_bad(c, buffer, g.len);
            buffer[at] ^= 0x10;
        }
        assert_decodes(c, buffer, g.len, g);
    }
}

static void infinity_is_refused(void **state)
{
    const struct curve *c = NULL;
    const uint8_t zeros[MAX_POINT] = {4};

    (void)state;
    for (size_t i = 0; (c = weierstrass(i)) != NULL; i++) {
        assert_bad(c, "", 1);
        assert_bad(c, "\x04\x01\x00", 3);
        assert_bad(c, zeros, 1 + 2 * c->field_len);
    }
}

static void wrong_lengths_are_refused(void **state)
{
    const struct curve *c = NULL;
    uint8_t buffer[2 * MAX_POINT];

    (void)state;
    for (size_t i = 0; (c = weierstrass(i)) != NULL; i++) {
        memset(buffer, 4, sizeof buffer);
        (void)generator(c, buffer);
        for (size_t len = 0; len <= 2 * c->field_len; len++)
            assert_bad(c, buffer, len);
        for (size_t len = 2 + 2 * c->field_len; len < 4 * c->field_len; len++)
            assert_bad(c, buffer, len);
    }
}

/* Of coordinates that are p too large, also in the compressed form: the first
 * small x of the curve is looked for, so that x + p fits. */
static void coordinates_are_below_p(void **state)
{
    const struct curve *c = NULL;

    (void)state;
    for (size_t i = 0; (c = weierstrass(i)) != NULL; i++) {
        AUTO_BYTES point = {0};
        uint8_t bad[MAX_POINT] = {2};
        gcry_mpi_t p = parameter(c, "p");
        gcry_mpi_t x = gcry_mpi_new(0);
        uint8_t small = 0;

        for (; point.len == 0; small++) {
            assert_true(small < 100);
            bad[c->field_len] = small;
            if (decode(c, bad, 1 + c->field_len, &point) != 0)
                assert_int_equal(point.len, 0);
        }
        gcry_mpi_add_ui(x, p, small - 1U);
        memcpy(bad, point.data, point.len);
        print(x, bad + 1, c->field_len);
        assert_bad(c, bad, point.len);
        bad[0] = 2;
        assert_bad(c, bad, 1 + c->field_len);
        gcry_mpi_release(x);
        gcry_mpi_release(p);
    }
}

static void any_bytes_do_no_harm(void **state)
{
    struct dice dice = {7};
    uint8_t noise[MAX_POINT + 8];
    size_t n_good = 0;

    (void)state;
    for (int i = 0; i < 6000; i++) {
        AUTO_BYTES point = {0};
        const struct curve *c = curve_at(dice_roll(&dice, 9));
        size_t len = dice_roll(&dice, sizeof noise);
        gpg_error_t err = 0;

        for (size_t j = 0; j < sizeof noise; j++)
            noise[j] = (uint8_t)dice_roll(&dice, 256);
        noise[0] = (uint8_t)dice_roll(&dice, 5);
        if (dice_roll(&dice, 2) == 0)
            len = 1 + c->field_len;
        err = decode(c, noise, len, &point);
        if (err != 0) {
            assert_code(err, GPG_ERR_BAD_PUBKEY);
            assert_int_equal(point.len, 0);
            continue;
        }
        n_good++;
        if (c->form == CURVE_WEIERSTRASS)
            assert_decodes(c, point.data, point.len, span_of(&point));
    }
    assert_true(n_good > 100);
}

static int set_up(void **state)
{
    (void)state;
    return secret_setup() == 0 ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_weierstrass_curve_is_tried_here),
        cmocka_unit_test(raw_points_stay_as_they_are),
        cmocka_unit_test(octet_strings_are_opened_right_or_wrong),
        cmocka_unit_test(compressed_points_are_the_same_points),
        cmocka_unit_test(other_beginnings_are_refused),
        cmocka_unit_test(points_beside_the_curve_are_refused),
        cmocka_unit_test(infinity_is_refused),
        cmocka_unit_test(wrong_lengths_are_refused),
        cmocka_unit_test(coordinates_are_below_p),
        cmocka_unit_test(any_bytes_do_no_harm),
    };

    return cmocka_run_group_tests_name("point", tests, set_up, NULL);
}
