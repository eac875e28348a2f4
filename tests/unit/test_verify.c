/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/verify: right signatures pass, all others do not. */
#include <pthread.h>

#include "base/secret.h"
#include "base/sexp.h"
#include "keyring/verify.h"
#include "unit.h"

/* What is signed with each kind of key, and a signature. */
struct sample {
    const char *generate;
    const char *data; /* format of what libgcrypt is asked to sign */
    enum mech mech;
    size_t half; /* of the signature, 0: it has no halves */
    size_t input_len;

    gcry_sexp_t private_key;
    struct pubkey pubkey;
    struct verifier *verifier;
    uint8_t input[256];
    uint8_t signature[256];
    size_t signature_len;
};

#define RAW "(data(flags raw)(value%b))"
#define ECC(curve) "(genkey(ecc(curve \"" curve "\")(flags transient-key)))"

#define SAMPLE(generate_, data_, mech_, half_, input_len_)         \
    {                                                              \
        .generate = (generate_), .data = (data_), .mech = (mech_), \
        .half = (half_), .input_len = (input_len_)                 \
    }

static struct sample samples[] = {
    SAMPLE("(genkey(rsa(nbits 4:1024)(transient-key)))", RAW, MECH_RSA_X_509, 0,
           128),
    SAMPLE(ECC("NIST P-256"), RAW, MECH_ECDSA, 32, 32),
    SAMPLE(ECC("NIST P-384"), RAW, MECH_ECDSA, 48, 48),
    SAMPLE(ECC("NIST P-521"), RAW, MECH_ECDSA, 66, 20),
    SAMPLE(ECC("brainpoolP256r1"), RAW, MECH_ECDSA, 32, 20),
    SAMPLE(ECC("brainpoolP384r1"), RAW, MECH_ECDSA, 48, 48),
    SAMPLE(ECC("brainpoolP512r1"), RAW, MECH_ECDSA, 64, 64),
    SAMPLE(ECC("secp256k1"), RAW, MECH_ECDSA, 32, 32),
    SAMPLE("(genkey(ecc(curve Ed25519)(flags eddsa transient-key)))",
           "(data(flags eddsa)(hash-algo sha512)(value%b))", MECH_EDDSA, 32,
           77),
};
#define N_SAMPLES N_ELEMENTS(samples)
#define RSA (&samples[0])
#define EDDSA (&samples[N_SAMPLES - 1])

static struct token_request request_of(const struct sample *sample)
{
    return (struct token_request){
        .action = TOKEN_SIGN,
        .mech = sample->mech,
        .input = span_make(sample->input, sample->input_len)};
}

/* The number NAME at RET, LEN bytes with zeros before it. */
static void put_number(gcry_sexp_t sexp, const char *name, size_t len,
                       uint8_t *ret)
{
    AUTO_BYTES number = {0};
    AUTO_BYTES fixed = {0};

    assert_ok(sexp_value(sexp, name, &number));
    assert_ok(bytes_from_number(&fixed, span_of(&number), len));
    memcpy(ret, fixed.data, len);
}

static void sign(struct sample *sample)
{
    AUTO_SEXP data = NULL;
    AUTO_SEXP signature = NULL;

    assert_ok(gcry_sexp_build(&data, NULL, sample->data, (int)sample->input_len,
                              (const char *)sample->input));
    assert_ok(gcry_pk_sign(&signature, data, sample->private_key));
    if (sample->half == 0) {
        sample->signature_len = sample->pubkey.n.len;
        put_number(signature, "s", sample->signature_len, sample->signature);
        return;
    }
    sample->signature_len = 2 * sample->half;
    put_number(signature, "r", sample->half, sample->signature);
    put_number(signature, "s", sample->half, sample->signature + sample->half);
}

static int set_up(void **state)
{
    (void)state;
    if (secret_setup() != 0)
        return -1;
    for (size_t i = 0; i < N_SAMPLES; i++) {
        AUTO_SEXP generate = NULL;
        AUTO_SEXP pair = NULL;
        AUTO_SEXP public_key = NULL;
        AUTO_BYTES canonical = {0};
        struct sample *sample = &samples[i];

        assert_ok(gcry_sexp_build(&generate, NULL, sample->generate));
        assert_ok(gcry_pk_genkey(&pair, generate));
        sample->private_key = gcry_sexp_find_token(pair, "private-key", 0);
        public_key = gcry_sexp_find_token(pair, "public-key", 0);
        assert_ok(sexp_canonical(public_key, &canonical));
        assert_ok(pubkey_from_sexp(span_of(&canonical), &sample->pubkey));
        assert_ok(verifier_new(&sample->pubkey, &sample->verifier));
        /* As a number less than any modulus here. */
        for (size_t j = 1; j < sample->input_len; j++)
            sample->input[j] = (uint8_t)(17 * j + i);
        sign(sample);
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_SAMPLES; i++) {
        gcry_sexp_release(samples[i].private_key);
        pubkey_clear(&samples[i].pubkey);
        verifier_free(samples[i].verifier);
    }
    return 0;
}

static gpg_error_t check(const struct sample *sample)
{
    const struct token_request request = request_of(sample);

    return verifier_check(sample->verifier, &request,
                          span_make(sample->signature, sample->signature_len),
                          "P15.01");
}

static void right_signatures_pass(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_SAMPLES; i++)
        assert_ok(check(&samples[i]));
}

static void a_bit_anywhere_in_the_signature_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_SAMPLES; i++) {
        struct sample bad = samples[i];

        for (size_t bit = 0; bit < 8 * bad.signature_len; bit += 37) {
            bad.signature[bit / 8] ^= (uint8_t)(1U << bit % 8);
            assert_code(check(&bad), GPG_ERR_BAD_SIGNATURE);
            bad.signature[bit / 8] ^= (uint8_t)(1U << bit % 8);
        }
        assert_ok(check(&bad));
    }
}

static void a_bit_anywhere_in_the_data_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_SAMPLES; i++) {
        struct sample bad = samples[i];

        for (size_t bit = 0; bit < 8 * bad.input_len; bit += 37) {
            bad.input[bit / 8] ^= (uint8_t)(1U << bit % 8);
            assert_code(check(&bad), GPG_ERR_BAD_SIGNATURE);
            bad.input[bit / 8] ^= (uint8_t)(1U << bit % 8);
        }
    }
}

/* A token that used another key of the same kind. */
static void a_signature_by_another_key_is_wrong(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_SAMPLES; i++) {
        AUTO_SEXP generate = NULL;
        struct sample other = samples[i];

        other.private_key = NULL;
        assert_ok(gcry_sexp_build(&generate, NULL, other.generate));
        assert_ok(gcry_pk_genkey(&other.private_key, generate));
        sign(&other);
        gcry_sexp_release(other.private_key);
        assert_code(check(&other), GPG_ERR_BAD_SIGNATURE);
    }
}

static void nonsense_is_wrong_and_never_impossible(void **state)
{
    static const uint8_t fills[] = {0x00, 0x01, 0x7f, 0xff};

    (void)state;
    for (size_t i = 0; i < N_SAMPLES; i++) {
        for (size_t j = 0; j < N_ELEMENTS(fills); j++) {
            struct sample bad = samples[i];

            memset(bad.signature, fills[j], bad.signature_len);
            assert_code(check(&bad), GPG_ERR_BAD_SIGNATURE);
            /* One half of it right. */
            memcpy(bad.signature, samples[i].signature, bad.signature_len / 2);
            assert_code(check(&bad), GPG_ERR_BAD_SIGNATURE);
        }
        for (size_t len = 0; len < 12; len++) {
            struct sample bad = samples[i];

            bad.signature_len = len;
            assert_code(check(&bad), GPG_ERR_BAD_SIGNATURE);
        }
    }
}

/* The token padded: what counts is the whole block. */
static void rsa_is_verified_with_its_padding(void **state)
{
    struct sample right = *RSA;
    struct token_request request = {.action = TOKEN_SIGN,
                                    .mech = MECH_RSA_PKCS,
                                    .input = span_make(right.input + 100, 28),
                                    .other_mech = MECH_RSA_X_509,
                                    .other_input = span_make(right.input, 128)};
    struct span signature = span_make(right.signature, 128);

    (void)state;
    memset(right.input, 0xff, 99);
    right.input[0] = 0;
    right.input[1] = 1;
    right.input[99] = 0;
    sign(&right);
    assert_ok(verifier_check(right.verifier, &request, signature, "P15.01"));
    /* The same data, padded for encryption. */
    right.input[1] = 2;
    sign(&right);
    right.input[1] = 1;
    assert_code(verifier_check(right.verifier, &request, signature, "P15.01"),
                GPG_ERR_BAD_SIGNATURE);
}

static void ed25519_messages_may_have_any_length(void **state)
{
    static const size_t lengths[] = {0, 1, 31, 64, 1000, 64512};
    static uint8_t message[64512];

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(lengths); i++) {
        AUTO_SEXP data = NULL;
        AUTO_SEXP value = NULL;
        struct token_request request = request_of(EDDSA);
        struct span signature = span_make(EDDSA->signature, 64);

        memset(message, 0x42, sizeof message);
        request.input = span_make(message, lengths[i]);
        assert_ok(gcry_sexp_build(&data, NULL, EDDSA->data, (int)lengths[i],
                                  (const char *)message));
        assert_ok(gcry_pk_sign(&value, data, EDDSA->private_key));
        put_number(value, "r", 32, EDDSA->signature);
        put_number(value, "s", 32, EDDSA->signature + 32);
        assert_ok(
            verifier_check(EDDSA->verifier, &request, signature, "P15.01"));
        EDDSA->signature[40] ^= 1;
        assert_code(
            verifier_check(EDDSA->verifier, &request, signature, "P15.01"),
            GPG_ERR_BAD_SIGNATURE);
    }
    sign(EDDSA);
}

/* A curve that this libgcrypt has not: nothing can be verified, and the
 * signature is not what decides that. */
static void without_libgcrypts_help_nothing_is_refused(void **state)
{
    static const struct curve unknown = {.name = "a curve of tomorrow",
                                         .form = CURVE_WEIERSTRASS,
                                         .field_len = 32};
    struct sample sample = samples[1];

    (void)state;
    sample.pubkey.curve = &unknown;
    assert_ok(verifier_new(&sample.pubkey, &sample.verifier));
    assert_ok(check(&sample));
    sample.signature[5] ^= 1;
    assert_ok(check(&sample));
    verifier_free(sample.verifier);
}

#define N_THREADS 4
#define N_ROUNDS 8

static void *check_often(void *data)
{
    size_t *n_right = data;

    for (int round = 0; round < N_ROUNDS; round++)
        for (size_t i = 0; i < N_SAMPLES; i++)
            *n_right += check(&samples[i]) == 0;
    return NULL;
}

static void threads_may_share_a_verifier(void **state)
{
    pthread_t threads[N_THREADS];
    size_t n_right[N_THREADS] = {0};

    (void)state;
    for (size_t i = 0; i < N_THREADS; i++)
        assert_int_equal(
            pthread_create(&threads[i], NULL, check_often, &n_right[i]), 0);
    for (size_t i = 0; i < N_THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(n_right[i], N_ROUNDS * N_SAMPLES);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right_signatures_pass),
        cmocka_unit_test(a_bit_anywhere_in_the_signature_counts),
        cmocka_unit_test(a_bit_anywhere_in_the_data_counts),
        cmocka_unit_test(a_signature_by_another_key_is_wrong),
        cmocka_unit_test(nonsense_is_wrong_and_never_impossible),
        cmocka_unit_test(rsa_is_verified_with_its_padding),
        cmocka_unit_test(ed25519_messages_may_have_any_length),
        cmocka_unit_test(without_libgcrypts_help_nothing_is_refused),
        cmocka_unit_test(threads_may_share_a_verifier),
    };

    return cmocka_run_group_tests_name("verify", tests, set_up, tear_down);
}
