/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/alg_rsa: what a token is given to sign or decrypt, and what
 * its answer becomes. */
#include "base/secret.h"
#include "keyring/alg.h"
#include "unit.h"

#define LEN 256

static struct pubkey pubkey;

/* A modulus of 2048 bits: C0 00 ... 00 01. */
static int set_up(void **state)
{
    (void)state;
    if (secret_setup() != 0 || bytes_alloc(&pubkey.n, LEN) != 0)
        return -1;
    pubkey.n.data[0] = 0xc0;
    pubkey.n.data[LEN - 1] = 1;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    pubkey_clear(&pubkey);
    return 0;
}

/* LEN bytes that are not zero, after the DigestInfo of NAME (NULL: none). */
static void make_data(const char *name, size_t len, struct bytes *ret)
{
    AUTO_BYTES digest = {0};

    assert_ok(bytes_alloc(&digest, len));
    memset(digest.data, 0x77, len);
    assert_ok(bytes_set(ret, name != NULL ? digest_algo_from_name(name)->prefix
                                          : (struct span){0}));
    assert_ok(bytes_append(ret, span_of(&digest)));
}

/* What comes of signing DATA, named as --hash=HASH if that is not NULL. */
static gpg_error_t prepare(const struct bytes *data, const char *hash,
                           bool any_format, struct bytes *buffer,
                           struct token_request *request)
{
    const struct sign_input input = {
        .data = span_of(data),
        .hash = hash != NULL ? digest_algo_from_name(hash) : NULL,
        .any_format = any_format};

    assert_int_equal(hash != NULL, input.hash != NULL);
    return alg_rsa.sign_prepare(&pubkey, &input, buffer, request);
}

static void assert_prepared(const struct bytes *data, const char *hash,
                            bool any_format, struct span expected)
{
    AUTO_BYTES buffer = {0};
    struct token_request request = {0};

    assert_ok(prepare(data, hash, any_format, &buffer, &request));
    assert_int_equal(request.action, TOKEN_SIGN);
    assert_int_equal(request.mech, MECH_RSA_PKCS);
    assert_int_equal(request.max_output, LEN);
    assert_span(request.input, expected.data, expected.len);
}

static void assert_refused(const struct bytes *data, const char *hash,
                           bool any_format, gpg_err_code_t code)
{
    AUTO_BYTES buffer = {0};
    struct token_request request = {0};

    assert_code(prepare(data, hash, any_format, &buffer, &request), code);
    assert_null(request.input.data);
}

static const char *const hashes[] = {"md5",    "sha1",   "rmd160", "sha224",
                                     "sha256", "sha384", "sha512"};

static void a_digestinfo_is_signed_as_it_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(hashes); i++) {
        AUTO_BYTES data = {0};

        make_data(hashes[i], digest_algo_from_name(hashes[i])->len, &data);
        assert_prepared(&data, NULL, false, span_of(&data));
        assert_prepared(&data, NULL, true, span_of(&data));
        assert_prepared(&data, hashes[i], false, span_of(&data));
    }
}

static void a_bare_digest_gets_the_digestinfo_of_its_hash(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(hashes); i++) {
        const size_t len = digest_algo_from_name(hashes[i])->len;
        AUTO_BYTES bare = {0};
        AUTO_BYTES whole = {0};

        make_data(NULL, len, &bare);
        make_data(hashes[i], len, &whole);
        assert_prepared(&bare, hashes[i], false, span_of(&whole));
    }
}

static void another_hash_than_the_digestinfos_is_a_conflict(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(hashes); i++) {
        AUTO_BYTES data = {0};

        make_data(hashes[i], digest_algo_from_name(hashes[i])->len, &data);
        for (size_t j = 0; j < N_ELEMENTS(hashes); j++)
            if (j != i)
                assert_refused(&data, hashes[j], false, GPG_ERR_CONFLICT);
    }
}

static void a_digest_of_another_length_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(hashes); i++) {
        const size_t right = digest_algo_from_name(hashes[i])->len;
        AUTO_BYTES data = {0};

        for (size_t len = 0; len < 70; len++) {
            make_data(NULL, len, &data);
            if (len != right)
                assert_refused(&data, hashes[i], false, GPG_ERR_INV_LENGTH);
        }
    }
}

static void a_bare_digest_without_a_name_is_refused(void **state)
{
    AUTO_BYTES data = {0};

    (void)state;
    for (size_t len = 0; len < 100; len++) {
        make_data(NULL, len, &data);
        if (len != 36)
            assert_refused(&data, NULL, false, GPG_ERR_INV_DATA);
        assert_prepared(&data, NULL, true, span_of(&data));
    }
}

static void md5_and_sha1_together_need_no_name(void **state)
{
    AUTO_BYTES data = {0};

    (void)state;
    make_data(NULL, 36, &data);
    assert_prepared(&data, NULL, false, span_of(&data));
    assert_prepared(&data, NULL, true, span_of(&data));
}

static void a_pss_block_is_signed_without_padding(void **state)
{
    AUTO_BYTES block = {0};
    AUTO_BYTES buffer = {0};
    struct token_request request = {0};

    (void)state;
    make_data(NULL, LEN, &block);
    block.data[LEN - 1] = 0xbc;
    assert_ok(prepare(&block, NULL, true, &buffer, &request));
    assert_int_equal(request.mech, MECH_RSA_X_509);
    assert_span(request.input, block.data, LEN);
    assert_int_equal(request.max_output, LEN);
    /* Not unless the client says that it knows what it does. */
    assert_refused(&block, NULL, false, GPG_ERR_INV_DATA);
    /* And nothing but such a block. */
    block.data[LEN - 1] = 0xbd;
    assert_refused(&block, NULL, true, GPG_ERR_TOO_LARGE);
    block.data[LEN - 2] = 0xbc;
    block.len = LEN - 1;
    assert_refused(&block, NULL, true, GPG_ERR_TOO_LARGE);
}

static void what_leaves_no_room_for_padding_is_refused(void **state)
{
    AUTO_BYTES data = {0};

    (void)state;
    make_data(NULL, LEN - 11, &data);
    assert_prepared(&data, NULL, true, span_of(&data));
    for (size_t len = LEN - 10; len < 2 * LEN; len++) {
        make_data(NULL, len, &data);
        assert_refused(&data, NULL, true, GPG_ERR_TOO_LARGE);
    }
}

/* What the token's ANSWER becomes. */
static gpg_error_t finish(const void *answer, size_t len, struct secret *ret)
{
    assert_ok(secret_set(ret, span_make(answer, len)));
    return alg_rsa.sign_finish(&pubkey, ret);
}

static void a_signature_is_as_long_as_the_modulus(void **state)
{
    uint8_t answer[LEN + 8];
    uint8_t expected[LEN] = {0};

    (void)state;
    memset(answer, 0x99, sizeof answer);
    for (size_t len = 1; len <= LEN; len++) {
        AUTO_SECRET signature = {0};

        memset(expected, 0, LEN - len);
        memset(expected + LEN - len, 0x99, len);
        assert_ok(finish(answer, len, &signature));
        assert_span(secret_span(&signature), expected, LEN);
    }
    /* Zeros too many are taken away. */
    for (size_t n = 1; n <= 8; n++) {
        AUTO_SECRET signature = {0};

        answer[n - 1] = 0;
        assert_ok(finish(answer, LEN + n, &signature));
        assert_span(secret_span(&signature), expected, LEN);
    }
}

static void other_answers_are_no_signatures(void **state)
{
    uint8_t answer[LEN + 1];
    AUTO_SECRET signature = {0};

    (void)state;
    memset(answer, 0x99, sizeof answer);
    assert_code(finish(answer, LEN + 1, &signature), GPG_ERR_BAD_SIGNATURE);
    assert_code(finish(answer, 0, &signature), GPG_ERR_BAD_SIGNATURE);
    memset(answer, 0, sizeof answer);
    assert_code(finish(answer, LEN, &signature), GPG_ERR_BAD_SIGNATURE);
}

static void assert_decrypts(const uint8_t *ciphertext, size_t len,
                            const uint8_t expected[LEN])
{
    AUTO_BYTES buffer = {0};
    struct token_request request = {0};

    assert_ok(alg_rsa.decrypt_prepare(&pubkey, span_make(ciphertext, len),
                                      &buffer, &request));
    assert_int_equal(request.action, TOKEN_DECRYPT);
    assert_int_equal(request.mech, MECH_RSA_PKCS);
    assert_int_equal(request.max_output, LEN);
    assert_span(request.input, expected, LEN);
}

static void a_ciphertext_is_as_long_as_the_modulus(void **state)
{
    uint8_t number[LEN + 2] = {0};

    (void)state;
    memset(number + 2, 0xbf, LEN);
    assert_decrypts(number + 2, LEN, number + 2);
    /* A zero byte before a top bit that is set, or two. */
    assert_decrypts(number + 1, LEN + 1, number + 2);
    assert_decrypts(number, LEN + 2, number + 2);
    /* Without the zeros at its beginning. */
    for (size_t n = 1; n < LEN; n++) {
        number[1 + n] = 0;
        assert_decrypts(number + 2 + n, LEN - n, number + 2);
    }
    /* Zero is a number, the token's to refuse. */
    number[LEN + 1] = 0;
    assert_decrypts(number, 1, number + 2);
    assert_decrypts(number, 0, number + 2);
}

static void assert_no_ciphertext(const uint8_t *ciphertext, size_t len)
{
    AUTO_BYTES buffer = {0};
    struct token_request request = {0};

    assert_code(alg_rsa.decrypt_prepare(&pubkey, span_make(ciphertext, len),
                                        &buffer, &request),
                GPG_ERR_DECRYPT_FAILED);
    assert_null(request.input.data);
}

static void numbers_from_the_modulus_on_are_refused(void **state)
{
    uint8_t number[LEN + 1] = {0};

    (void)state;
    memcpy(number + 1, pubkey.n.data, LEN);
    assert_no_ciphertext(number + 1, LEN);
    assert_no_ciphertext(number, LEN + 1);
    number[LEN]--;
    assert_decrypts(number + 1, LEN, number + 1);
    number[LEN] = 2;
    assert_no_ciphertext(number + 1, LEN);
    memset(number, 0xff, sizeof number);
    assert_no_ciphertext(number, LEN);
    assert_no_ciphertext(number, LEN + 1);
    memset(number, 0, sizeof number);
    number[0] = 1;
    assert_no_ciphertext(number, LEN + 1);
}

/* LEN bytes of the block 00 02 AA ... 00 MESSAGE from its end, as MECH gives
 * them. */
static gpg_error_t finish_plaintext(enum mech mech, size_t message_len,
                                    size_t len, struct secret *ret)
{
    uint8_t block[LEN];
    bool unpadded = false;
    gpg_error_t err = 0;

    memset(block, 0xaa, sizeof block);
    block[0] = 0;
    block[1] = 2;
    block[LEN - message_len - 1] = 0;
    memset(block + LEN - message_len, 0x44, message_len);
    assert_ok(secret_set(ret, span_make(block + LEN - len, len)));
    err = alg_rsa.decrypt_finish(&pubkey, mech, ret, &unpadded);
    if (err == 0)
        assert_true(unpadded);
    return err;
}

static void a_plaintext_is_taken_as_it_is(void **state)
{
    (void)state;
    for (size_t len = 0; len <= LEN - 11; len++) {
        AUTO_SECRET plaintext = {0};

        assert_ok(finish_plaintext(MECH_RSA_PKCS, 7, len, &plaintext));
        assert_int_equal(plaintext.len, len);
    }
}

static void a_block_is_unpadded_with_and_without_its_zero_byte(void **state)
{
    const enum mech mechs[] = {MECH_RSA_PKCS, MECH_RSA_X_509};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(mechs); i++)
        for (size_t len = LEN - 1; len <= LEN; len++)
            for (size_t message_len = 0; message_len <= LEN - 11;
                 message_len++) {
                AUTO_SECRET plaintext = {0};

                assert_ok(
                    finish_plaintext(mechs[i], message_len, len, &plaintext));
                assert_int_equal(plaintext.len, message_len);
                for (size_t j = 0; j < message_len; j++)
                    assert_int_equal(plaintext.data[j], 0x44);
            }
}

static void what_is_no_plaintext_and_no_block_is_refused(void **state)
{
    uint8_t longer[LEN + 1] = {0, 0, 2};
    AUTO_SECRET plaintext = {0};
    bool unpadded = false;

    (void)state;
    for (size_t len = LEN - 10; len < LEN - 1; len++) {
        AUTO_SECRET part = {0};

        assert_code(finish_plaintext(MECH_RSA_PKCS, 7, len, &part),
                    GPG_ERR_DECRYPT_FAILED);
    }
    for (size_t len = 0; len < LEN - 1; len++) {
        AUTO_SECRET part = {0};

        assert_code(finish_plaintext(MECH_RSA_X_509, 7, len, &part),
                    GPG_ERR_DECRYPT_FAILED);
    }
    memset(longer + 3, 0xaa, 100);
    assert_ok(secret_set(&plaintext, span_make(longer, sizeof longer)));
    assert_code(
        alg_rsa.decrypt_finish(&pubkey, MECH_RSA_X_509, &plaintext, &unpadded),
        GPG_ERR_DECRYPT_FAILED);
}

/* A token that cannot pad is given the block, or gives it. */
static void the_other_way_is_the_raw_operation(void **state)
{
    AUTO_BYTES data = {0};
    AUTO_BYTES buffer = {0};
    AUTO_BYTES block = {0};
    struct token_request request = {0};

    (void)state;
    make_data("sha256", 32, &data);
    assert_ok(prepare(&data, NULL, false, &buffer, &request));
    assert_int_equal(request.other_mech, MECH_RSA_X_509);
    assert_ok(bytes_alloc(&block, LEN));
    memset(block.data, 0xff, LEN);
    block.data[0] = 0;
    block.data[1] = 1;
    block.data[LEN - data.len - 1] = 0;
    memcpy(block.data + LEN - data.len, data.data, data.len);
    assert_span(request.other_input, block.data, LEN);
    request = (struct token_request){0};
    assert_ok(
        alg_rsa.decrypt_prepare(&pubkey, span_str("short"), &buffer, &request));
    assert_int_equal(request.other_mech, MECH_RSA_X_509);
    assert_span(request.other_input, request.input.data, LEN);
}

static void rsa_keys_are_for_both(void **state)
{
    (void)state;
    assert_ptr_equal(alg_for_signing(&pubkey), &alg_rsa);
    assert_ptr_equal(alg_for_decryption(&pubkey), &alg_rsa);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_digestinfo_is_signed_as_it_is),
        cmocka_unit_test(a_bare_digest_gets_the_digestinfo_of_its_hash),
        cmocka_unit_test(another_hash_than_the_digestinfos_is_a_conflict),
        cmocka_unit_test(a_digest_of_another_length_is_refused),
        cmocka_unit_test(a_bare_digest_without_a_name_is_refused),
        cmocka_unit_test(md5_and_sha1_together_need_no_name),
        cmocka_unit_test(a_pss_block_is_signed_without_padding),
        cmocka_unit_test(what_leaves_no_room_for_padding_is_refused),
        cmocka_unit_test(a_signature_is_as_long_as_the_modulus),
        cmocka_unit_test(other_answers_are_no_signatures),
        cmocka_unit_test(a_ciphertext_is_as_long_as_the_modulus),
        cmocka_unit_test(numbers_from_the_modulus_on_are_refused),
        cmocka_unit_test(a_plaintext_is_taken_as_it_is),
        cmocka_unit_test(a_block_is_unpadded_with_and_without_its_zero_byte),
        cmocka_unit_test(what_is_no_plaintext_and_no_block_is_refused),
        cmocka_unit_test(the_other_way_is_the_raw_operation),
        cmocka_unit_test(rsa_keys_are_for_both),
    };

    return cmocka_run_group_tests_name("alg_rsa", tests, set_up, tear_down);
}
