/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/alg_ecdsa and keyring/alg_eddsa. */
#include "base/secret.h"
#include "keyring/alg.h"
#include "unit.h"

static struct pubkey on_curve(const char *algo)
{
    const struct pubkey pubkey = {.curve = curve_from_name(span_str(algo))};

    assert_non_null(pubkey.curve);
    return pubkey;
}

static struct sign_input sign(struct span data, const char *hash)
{
    const struct sign_input input = {
        .data = data,
        .hash = hash != NULL ? digest_algo_from_name(hash) : NULL};

    assert_int_equal(hash != NULL, input.hash != NULL);
    return input;
}

/* DATA is what the token gets for INPUT. */
static void assert_prepared(const struct alg *alg, const struct pubkey *pubkey,
                            struct sign_input input, struct span data)
{
    AUTO_BYTES buffer = {0};
    struct token_request request = {0};

    assert_ok(alg->sign_prepare(pubkey, &input, &buffer, &request));
    assert_int_equal(request.action, TOKEN_SIGN);
    assert_int_equal(request.mech, alg == &alg_ecdsa ? MECH_ECDSA : MECH_EDDSA);
    assert_int_equal(request.other_mech, MECH_NONE);
    if (alg == &alg_eddsa)
        assert_int_equal(request.max_output, 64);
    else /* room for DER, with both numbers kept positive */
        assert_true(request.max_output >= 2 * pubkey->curve->field_len + 9);
    assert_span(request.input, data.data, data.len);
}

static void assert_refused(const struct alg *alg, const struct pubkey *pubkey,
                           struct sign_input input, gpg_err_code_t code)
{
    AUTO_BYTES buffer = {0};
    struct token_request request = {0};

    assert_code(alg->sign_prepare(pubkey, &input, &buffer, &request), code);
}

static const char *const hashes[] = {"md5",    "sha1",   "rmd160", "sha224",
                                     "sha256", "sha384", "sha512"};

/* The digest of NAME in its DigestInfo: 00 01 02 ... */
static struct span make_digestinfo(const char *name, uint8_t ret[128])
{
    const struct digest_algo *algo = digest_algo_from_name(name);

    assert_non_null(algo);
    memcpy(ret, algo->prefix.data, algo->prefix.len);
    for (size_t i = 0; i < algo->len; i++)
        ret[algo->prefix.len + i] = (uint8_t)i;
    return span_make(ret, algo->prefix.len + algo->len);
}

static void ecdsa_signs_the_leftmost_bytes_of_a_digest(void **state)
{
    static const char *const curves[] = {"nistp256", "nistp384", "nistp521",
                                         "brainpoolP512r1", "secp256k1"};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(curves); i++) {
        const struct pubkey pubkey = on_curve(curves[i]);

        for (size_t j = 0; j < N_ELEMENTS(hashes); j++) {
            const struct digest_algo *algo = digest_algo_from_name(hashes[j]);
            uint8_t buffer[128];
            struct span info = make_digestinfo(hashes[j], buffer);
            struct span digest = span_skip(info, algo->prefix.len);
            struct span expected = digest;

            if (expected.len > pubkey.curve->field_len)
                expected.len = pubkey.curve->field_len;
            assert_prepared(&alg_ecdsa, &pubkey, sign(info, NULL), expected);
            assert_prepared(&alg_ecdsa, &pubkey, sign(info, hashes[j]),
                            expected);
            assert_prepared(&alg_ecdsa, &pubkey, sign(digest, NULL), expected);
            assert_prepared(&alg_ecdsa, &pubkey, sign(digest, hashes[j]),
                            expected);
        }
    }
}

static void ecdsa_wants_the_digest_that_was_named(void **state)
{
    const struct pubkey pubkey = on_curve("nistp256");
    uint8_t buffer[128];
    struct span info = make_digestinfo("sha256", buffer);

    (void)state;
    assert_refused(&alg_ecdsa, &pubkey, sign(info, "sha512"), GPG_ERR_CONFLICT);
    assert_refused(&alg_ecdsa, &pubkey, sign(span_make(buffer, 31), "sha256"),
                   GPG_ERR_INV_LENGTH);
    for (size_t len = 0; len < 100; len++) {
        bool fits = len == 16 || len == 20 || len == 28 || len == 32 ||
                    len == 48 || len == 64 || len == info.len;

        if (!fits)
            assert_refused(&alg_ecdsa, &pubkey,
                           sign(span_make(buffer, len), NULL),
                           GPG_ERR_INV_LENGTH);
    }
}

/* ANSWER of a token becomes R and S, each in field_len bytes. */
static void assert_signature(const char *algo, const void *answer, size_t len,
                             struct span r, struct span s)
{
    const struct pubkey pubkey = on_curve(algo);
    const size_t field_len = pubkey.curve->field_len;
    AUTO_SECRET signature = {0};
    uint8_t expected[2 * 66] = {0};

    memcpy(expected + field_len - r.len, r.data, r.len);
    memcpy(expected + 2 * field_len - s.len, s.data, s.len);
    assert_ok(secret_set(&signature, span_make(answer, len)));
    assert_ok(alg_ecdsa.sign_finish(&pubkey, &signature));
    assert_span(secret_span(&signature), expected, 2 * field_len);
}

static void assert_no_signature(const char *algo, const void *answer,
                                size_t len)
{
    const struct pubkey pubkey = on_curve(algo);
    AUTO_SECRET signature = {0};

    assert_ok(secret_set(&signature, span_make(answer, len)));
    assert_code(alg_ecdsa.sign_finish(&pubkey, &signature),
                GPG_ERR_BAD_SIGNATURE);
}

static void assert_no_other_reading(const void *answer, size_t len)
{
    const struct pubkey pubkey = on_curve("nistp256");
    AUTO_SECRET signature = {0};

    assert_ok(secret_set(&signature, span_make(answer, len)));
    assert_code(alg_ecdsa.sign_finish_other(&pubkey, &signature),
                GPG_ERR_BAD_SIGNATURE);
}

static void ecdsa_halves_keep_their_zeros(void **state)
{
    static const char *const curves[] = {"nistp256", "nistp384", "nistp521"};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(curves); i++) {
        const size_t len = on_curve(curves[i]).curve->field_len;
        uint8_t answer[2 * 66];

        memset(answer, 0x99, sizeof answer);
        assert_signature(curves[i], answer, 2 * len, span_make(answer, len),
                         span_make(answer + len, len));
        answer[0] = 0;
        answer[len] = 0;
        answer[len + 1] = 0;
        assert_signature(curves[i], answer, 2 * len, span_make(answer, len),
                         span_make(answer + len, len));
    }
}

static void ecdsa_shorter_halves_are_padded(void **state)
{
    uint8_t answer[2 * 66];

    (void)state;
    memset(answer, 0x99, sizeof answer);
    for (size_t half = 1; half < 32; half++)
        assert_signature("nistp256", answer, 2 * half, span_make(answer, half),
                         span_make(answer, half));
    /* As long as the digits of another curve, and zeros before. */
    answer[0] = 0;
    answer[33] = 0;
    assert_signature("nistp256", answer, 66, span_make(answer + 1, 32),
                     span_make(answer + 1, 32));
}

/* SEQUENCE { INTEGER, INTEGER } of R_LEN and S_LEN bytes. */
static size_t make_der(size_t r_len, size_t s_len, uint8_t *ret)
{
    const size_t len = 4 + r_len + s_len;
    size_t at = 0;

    ret[at++] = 0x30;
    if (len > 0x7f)
        ret[at++] = 0x81;
    ret[at++] = (uint8_t)len;
    ret[at++] = 0x02;
    ret[at++] = (uint8_t)r_len;
    memset(ret + at, 0x11, r_len);
    at += r_len;
    ret[at++] = 0x02;
    ret[at++] = (uint8_t)s_len;
    memset(ret + at, 0x22, s_len);
    return at + s_len;
}

static void ecdsa_der_is_turned_into_halves(void **state)
{
    uint8_t r[66];
    uint8_t s[66];
    uint8_t der[160];

    (void)state;
    memset(r, 0x11, sizeof r);
    memset(s, 0x22, sizeof s);
    for (size_t r_len = 28; r_len <= 32; r_len++)
        for (size_t s_len = 28; s_len <= 32; s_len++) {
            size_t len = make_der(r_len, s_len, der);

            if (len != 64)
                assert_signature("nistp256", der, len, span_make(r, r_len),
                                 span_make(s, s_len));
        }
    assert_signature("nistp521", der, make_der(66, 65, der), span_make(r, 66),
                     span_make(s, 65));
    /* A zero byte keeps a number positive. */
    (void)make_der(33, 33, der);
    der[4] = 0;
    der[4 + 33 + 2] = 0;
    assert_signature("nistp256", der, 72, span_make(r, 32), span_make(s, 32));
}

/* DER that is as long as two halves can be read in both ways. */
static void ecdsa_der_as_long_as_halves_is_ambiguous(void **state)
{
    const struct pubkey pubkey = on_curve("nistp256");
    uint8_t expected[64] = {0};
    uint8_t der[80];

    (void)state;
    assert_int_equal(make_der(29, 29, der), 64);
    assert_signature("nistp256", der, 64, span_make(der, 32),
                     span_make(der + 32, 32));
    memset(expected + 3, 0x11, 29);
    memset(expected + 35, 0x22, 29);
    {
        AUTO_SECRET signature = {0};

        assert_ok(secret_set(&signature, span_make(der, 64)));
        assert_ok(alg_ecdsa.sign_finish_other(&pubkey, &signature));
        assert_span(secret_span(&signature), expected, 64);
    }
    /* What is no DER, or of another length, has one reading only. */
    der[0] = 0x31;
    assert_no_other_reading(der, 64);
    assert_no_other_reading(der, make_der(30, 30, der));
}

static void ecdsa_other_answers_are_no_signatures(void **state)
{
    uint8_t answer[160];
    size_t len = 0;

    (void)state;
    memset(answer, 0x99, sizeof answer);
    assert_no_signature("nistp256", answer, 0);
    for (size_t odd = 1; odd < 80; odd += 2)
        assert_no_signature("nistp256", answer, odd);
    for (size_t even = 66; even < 80; even += 2)
        assert_no_signature("nistp256", answer, even);
    /* Zero is no r and no s. */
    memset(answer, 0, 32);
    assert_no_signature("nistp256", answer, 64);
    memset(answer, 0x99, 32);
    memset(answer + 32, 0, 32);
    assert_no_signature("nistp256", answer, 64);
    /* DER with a number too long, one too few, one too many. */
    assert_no_signature("nistp256", answer, make_der(33, 32, answer));
    len = make_der(32, 33, answer);
    assert_no_signature("nistp256", answer, len);
    len = make_der(32, 32, answer);
    answer[36] = 0x04;
    assert_no_signature("nistp256", answer, len);
    len = make_der(30, 32, answer);
    answer[1] = (uint8_t)(len - 2 + 2);
    memcpy(answer + len, "\x02\x00", 2);
    assert_no_signature("nistp256", answer, len + 2);
}

static void eddsa_signs_what_follows_the_header(void **state)
{
    const struct pubkey pubkey = on_curve("ed25519");

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(hashes); i++) {
        const struct digest_algo *algo = digest_algo_from_name(hashes[i]);
        uint8_t buffer[128];
        struct span info = make_digestinfo(hashes[i], buffer);
        struct span digest = span_skip(info, algo->prefix.len);

        assert_prepared(&alg_eddsa, &pubkey, sign(info, NULL), digest);
        assert_prepared(&alg_eddsa, &pubkey, sign(info, hashes[i]), digest);
        assert_prepared(&alg_eddsa, &pubkey, sign(digest, hashes[i]), digest);
        assert_prepared(&alg_eddsa, &pubkey, sign(digest, NULL), digest);
    }
}

/* ssh's whole message stands behind the header of SHA-1. */
static void eddsa_signs_the_message_of_ssh(void **state)
{
    const struct pubkey pubkey = on_curve("ed25519");
    const struct digest_algo *sha1 = digest_algo_from_name("sha1");
    const size_t lengths[] = {0, 1, 19, 20, 21, 500, 60000};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(lengths); i++) {
        AUTO_BYTES data = {0};
        AUTO_BYTES message = {0};

        assert_ok(bytes_alloc(&message, lengths[i]));
        memset(message.data, 0x42, message.len);
        assert_ok(bytes_set(&data, sha1->prefix));
        assert_ok(bytes_append(&data, span_of(&message)));
        assert_prepared(&alg_eddsa, &pubkey, sign(span_of(&data), NULL),
                        span_of(&message));
    }
}

static void eddsa_signs_a_message_of_any_length(void **state)
{
    const struct pubkey pubkey = on_curve("ed25519");
    uint8_t message[300];

    (void)state;
    memset(message, 0x42, sizeof message);
    for (size_t len = 0; len < sizeof message; len++)
        assert_prepared(&alg_eddsa, &pubkey,
                        sign(span_make(message, len), NULL),
                        span_make(message, len));
}

/* What libgcrypt could not verify. */
static void eddsa_messages_end_at_63_kib(void **state)
{
    const struct pubkey pubkey = on_curve("ed25519");
    AUTO_BYTES message = {0};

    (void)state;
    assert_ok(bytes_alloc(&message, 64512));
    assert_prepared(&alg_eddsa, &pubkey, sign(span_of(&message), NULL),
                    span_of(&message));
    assert_ok(bytes_alloc(&message, 64513));
    assert_refused(&alg_eddsa, &pubkey, sign(span_of(&message), NULL),
                   GPG_ERR_TOO_LARGE);
}

static void eddsa_wants_the_digest_that_was_named(void **state)
{
    const struct pubkey pubkey = on_curve("ed25519");
    uint8_t buffer[128];
    struct span info = make_digestinfo("sha256", buffer);

    (void)state;
    assert_refused(&alg_eddsa, &pubkey, sign(info, "sha512"), GPG_ERR_CONFLICT);
    assert_refused(&alg_eddsa, &pubkey, sign(span_make(buffer, 31), "sha256"),
                   GPG_ERR_INV_LENGTH);
}

static void eddsa_signatures_have_64_bytes(void **state)
{
    const struct pubkey pubkey = on_curve("ed25519");
    uint8_t answer[100] = {0};

    (void)state;
    for (size_t len = 0; len < sizeof answer; len++) {
        AUTO_SECRET signature = {0};
        gpg_error_t err = 0;

        assert_ok(secret_set(&signature, span_make(answer, len)));
        err = alg_eddsa.sign_finish(&pubkey, &signature);
        assert_code(err, len == 64 ? 0 : GPG_ERR_BAD_SIGNATURE);
        assert_int_equal(signature.len, len);
    }
}

static void each_curve_has_its_algorithms(void **state)
{
    const struct curve *c = NULL;

    (void)state;
    for (size_t i = 0; (c = curve_at(i)) != NULL; i++) {
        const struct pubkey pubkey = {.curve = c};
        const struct alg *signing = alg_for_signing(&pubkey);
        const struct alg *decryption = alg_for_decryption(&pubkey);

        assert_ptr_equal(signing, c->form == CURVE_WEIERSTRASS ? &alg_ecdsa
                                  : c->form == CURVE_EDWARDS   ? &alg_eddsa
                                                               : NULL);
        assert_ptr_equal(decryption,
                         c->form == CURVE_EDWARDS ? NULL : &alg_ecdh);
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
        cmocka_unit_test(ecdsa_signs_the_leftmost_bytes_of_a_digest),
        cmocka_unit_test(ecdsa_wants_the_digest_that_was_named),
        cmocka_unit_test(ecdsa_halves_keep_their_zeros),
        cmocka_unit_test(ecdsa_shorter_halves_are_padded),
        cmocka_unit_test(ecdsa_der_is_turned_into_halves),
        cmocka_unit_test(ecdsa_der_as_long_as_halves_is_ambiguous),
        cmocka_unit_test(ecdsa_other_answers_are_no_signatures),
        cmocka_unit_test(eddsa_signs_what_follows_the_header),
        cmocka_unit_test(eddsa_signs_the_message_of_ssh),
        cmocka_unit_test(eddsa_signs_a_message_of_any_length),
        cmocka_unit_test(eddsa_messages_end_at_63_kib),
        cmocka_unit_test(eddsa_wants_the_digest_that_was_named),
        cmocka_unit_test(eddsa_signatures_have_64_bytes),
        cmocka_unit_test(each_curve_has_its_algorithms),
    };

    return cmocka_run_group_tests_name("alg_ec", tests, set_up, NULL);
}
