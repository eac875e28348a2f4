/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of key_sign with a fake token: only right signatures come out, however
 * the token writes them. */
#include <gcrypt.h>

#include "fake_token.h"
#include "keyring/key.h"
#include "unit.h"

#define HALF 32

/* A digest, and numbers r and s so short that they make DER as long as two
 * halves; they become a signature by choosing the public key for them. */
static const uint8_t digest[HALF] = {0x55, 1, 2, 3, 4, 5, 6, 7, 8, 9};
static uint8_t r[29];
static uint8_t s[29];
static struct key key;
static char ref[] = "P15.01";
static char algo[] = "nistp256";
static char label[] = "Signing key";

/* R, the point whose X is r, counted up until there is one. */
static void choose_r(struct bytes *ret_point)
{
    const struct curve *curve = curve_from_name(span_str("nistp256"));
    uint8_t compressed[1 + HALF] = {2};

    memset(r, 0x21, sizeof r);
    do {
        r[28]++;
        memcpy(compressed + 1 + HALF - sizeof r, r, sizeof r);
    } while (curve_decode_point(curve, span_make(compressed, sizeof compressed),
                                ret_point) != 0);
}

static gcry_mpi_t number(const uint8_t *bytes, size_t len)
{
    gcry_mpi_t mpi = NULL;

    assert_ok(gcry_mpi_scan(&mpi, GCRYMPI_FMT_USG, bytes, len, NULL));
    return mpi;
}

/* The coordinates of Q as 04||X||Y. */
static void put_point(gcry_mpi_point_t q, gcry_ctx_t curve, struct bytes *ret)
{
    gcry_mpi_t xy[2] = {gcry_mpi_new(0), gcry_mpi_new(0)};

    assert_int_equal(gcry_mpi_ec_get_affine(xy[0], xy[1], q, curve), 0);
    assert_ok(bytes_alloc(ret, 1 + 2 * HALF));
    ret->data[0] = 4;
    for (size_t i = 0; i < 2; i++) {
        AUTO_BYTES fixed = {0};
        uint8_t digits[HALF];
        size_t len = 0;

        assert_ok(gcry_mpi_print(GCRYMPI_FMT_USG, digits, HALF, &len, xy[i]));
        assert_ok(bytes_from_number(&fixed, span_make(digits, len), HALF));
        memcpy(ret->data + 1 + i * HALF, fixed.data, HALF);
        gcry_mpi_release(xy[i]);
    }
}

/* The public key Q = (s R - e G) / r, with which r and s are a signature of e
 * (SEC 1, section 4.1.6): nobody knows the private one. */
static void choose_key(void)
{
    AUTO_BYTES big_r = {0};
    gcry_ctx_t curve = NULL;
    gcry_mpi_t n = NULL;
    gcry_mpi_t e = number(digest, sizeof digest);
    gcry_mpi_t s_ = NULL;
    gcry_mpi_t r_ = NULL;
    gcry_mpi_t one = gcry_mpi_set_ui(NULL, 1);
    gcry_mpi_t xy[2] = {NULL, NULL};
    gcry_mpi_point_t g = NULL;
    gcry_mpi_point_t q = gcry_mpi_point_new(0);
    gcry_mpi_point_t eg = gcry_mpi_point_new(0);
    gcry_mpi_point_t point = gcry_mpi_point_new(0);

    choose_r(&big_r);
    memset(s, 0x37, sizeof s);
    assert_ok(gcry_mpi_ec_new(&curve, NULL, "NIST P-256"));
    n = gcry_mpi_ec_get_mpi("n", curve, 1);
    g = gcry_mpi_ec_get_point("g", curve, 1);
    r_ = number(r, sizeof r);
    s_ = number(s, sizeof s);
    for (size_t i = 0; i < 2; i++)
        xy[i] = number(big_r.data + 1 + i * HALF, HALF);
    gcry_mpi_point_set(point, xy[0], xy[1], one);
    assert_true(gcry_mpi_invm(r_, r_, n));
    gcry_mpi_mulm(s_, s_, r_, n);
    gcry_mpi_mulm(e, e, r_, n);
    gcry_mpi_subm(e, n, e, n);
    gcry_mpi_ec_mul(q, s_, point, curve);
    gcry_mpi_ec_mul(eg, e, g, curve);
    gcry_mpi_ec_add(q, q, eg, curve);
    put_point(q, curve, &key.pubkey.q);
    key.pubkey.curve = curve_from_name(span_str("nistp256"));
    for (size_t i = 0; i < 2; i++)
        gcry_mpi_release(xy[i]);
    gcry_mpi_release(n);
    gcry_mpi_release(e);
    gcry_mpi_release(s_);
    gcry_mpi_release(r_);
    gcry_mpi_release(one);
    gcry_mpi_point_release(g);
    gcry_mpi_point_release(q);
    gcry_mpi_point_release(eg);
    gcry_mpi_point_release(point);
    gcry_ctx_release(curve);
}

static int set_up_group(void **state)
{
    if (fake_set_up_group(state) != 0)
        return -1;
    choose_key();
    key.ref = ref;
    (void)snprintf(key.algo, sizeof key.algo, "%s", algo);
    key.label = label;
    key.serial = "FF00";
    key.may_sign = true;
    return verifier_new(&key.pubkey, &key.verifier) == 0 ? 0 : -1;
}

static int tear_down_group(void **state)
{
    (void)state;
    verifier_free(key.verifier);
    pubkey_clear(&key.pubkey);
    return 0;
}

/* What comes out if the token answers with the LEN bytes at ANSWER. */
static gpg_error_t sign(const void *answer, size_t len, struct secret *ret)
{
    const struct prompter prompter = person_prompter(&person);
    const struct sign_input input = {.data = span_make(digest, sizeof digest)};

    fake_token_person(FAKE_PIN, NULL, NULL);
    fake_forget_calls();
    fake.answer = span_make(answer, len);
    key.token = token;
    key.locator = locator;
    return key_sign(&key, &input, &prompter, ret);
}

static void assert_right(const struct secret *signature)
{
    static const uint8_t zeros[HALF - 29] = {0};

    assert_int_equal(signature->len, 2 * HALF);
    assert_memory_equal(signature->data, zeros, sizeof zeros);
    assert_memory_equal(signature->data + 3, r, sizeof r);
    assert_memory_equal(signature->data + HALF, zeros, sizeof zeros);
    assert_memory_equal(signature->data + HALF + 3, s, sizeof s);
}

/* The token's answer in each of its forms; the length. */
static size_t write_der(uint8_t ret[2 * HALF])
{
    memcpy(ret, "\x30\x3e\x02\x1d", 4);
    memcpy(ret + 4, r, sizeof r);
    memcpy(ret + 33, "\x02\x1d", 2);
    memcpy(ret + 35, s, sizeof s);
    return 2 * HALF;
}

static size_t write_halves(uint8_t ret[2 * HALF])
{
    memset(ret, 0, 2 * HALF);
    memcpy(ret + 3, r, sizeof r);
    memcpy(ret + HALF + 3, s, sizeof s);
    return 2 * HALF;
}

static size_t write_short(uint8_t ret[2 * HALF])
{
    memcpy(ret, r, sizeof r);
    memcpy(ret + sizeof r, s, sizeof s);
    return sizeof r + sizeof s;
}

static size_t (*const forms[])(uint8_t ret[2 * HALF]) = {
    write_halves, write_short, write_der};

static void a_right_signature_comes_out_in_one_form(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(forms); i++) {
        AUTO_SECRET signature = {0};
        uint8_t answer[2 * HALF];

        assert_ok(sign(answer, forms[i](answer), &signature));
        assert_right(&signature);
    }
}

static void a_wrong_one_does_not_and_costs_the_handle(void **state)
{
    struct known_key known = {0};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(forms); i++) {
        AUTO_SECRET signature = {0};
        uint8_t answer[2 * HALF];
        size_t len = forms[i](answer);

        answer[len - 1] ^= 1;
        assert_code(sign(answer, len, &signature), GPG_ERR_BAD_SIGNATURE);
        assert_int_equal(signature.len, 0);
        assert_false(token_recall_key(token, &locator, &known));
        answer[len - 1] ^= 1;
        assert_ok(sign(answer, len, &signature));
        assert_true(token_recall_key(token, &locator, &known));
    }
}

static void an_answer_of_no_form_is_wrong(void **state)
{
    uint8_t answer[2 * HALF] = {0};
    struct known_key known = {0};

    (void)state;
    for (size_t len = 0; len <= sizeof answer; len++) {
        AUTO_SECRET signature = {0};

        assert_code(sign(answer, len, &signature), GPG_ERR_BAD_SIGNATURE);
        assert_false(token_recall_key(token, &locator, &known));
    }
}

static void without_verification_the_answer_is_taken(void **state)
{
    struct verifier *verifier = TAKE(key.verifier);
    AUTO_SECRET signature = {0};
    AUTO_SECRET wrong = {0};
    uint8_t answer[2 * HALF];

    (void)state;
    assert_ok(sign(answer, write_short(answer), &signature));
    assert_right(&signature);
    answer[0] ^= 1;
    assert_ok(sign(answer, sizeof r + sizeof s, &wrong));
    key.verifier = verifier;
}

#define TEST(name)                                           \
    cmocka_unit_test_setup_teardown(name, fake_token_set_up, \
                                    fake_token_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_right_signature_comes_out_in_one_form),
        TEST(a_wrong_one_does_not_and_costs_the_handle),
        TEST(an_answer_of_no_form_is_wrong),
        TEST(without_verification_the_answer_is_taken),
    };

    return cmocka_run_group_tests_name("key_sign", tests, set_up_group,
                                       tear_down_group);
}
