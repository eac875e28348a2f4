/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/pkcs1: padding of signatures, unpadding of plaintexts. */
#include "keyring/pkcs1.h"
#include "unit.h"

#define LEN 256

static const size_t lengths[] = {128, 129, 255, 256, 512, 1024, 2048};

static void a_signature_is_padded_with_ff(void **state)
{
    static const uint8_t data[] = {0x11, 0x00, 0x33};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(lengths); i++) {
        const size_t len = lengths[i];
        AUTO_BYTES block = {0};

        assert_ok(pkcs1_pad_signature(span_str("head"), span_make(data, 3), len,
                                      &block));
        assert_int_equal(block.len, len);
        assert_memory_equal(block.data, "\x00\x01", 2);
        for (size_t j = 2; j < len - 8; j++)
            assert_int_equal(block.data[j], 0xff);
        assert_memory_equal(block.data + len - 8, "\0head\x11\0\x33", 8);
    }
}

static void the_padding_has_eight_bytes_at_least(void **state)
{
    uint8_t data[LEN] = {0};
    AUTO_BYTES block = {0};

    (void)state;
    assert_ok(pkcs1_pad_signature(span_make(data, 0), span_make(data, LEN - 11),
                                  LEN, &block));
    assert_memory_equal(block.data, "\0\1\xff\xff\xff\xff\xff\xff\xff\xff\0",
                        11);
    assert_code(pkcs1_pad_signature(span_make(data, 0),
                                    span_make(data, LEN - 10), LEN, &block),
                GPG_ERR_TOO_LARGE);
    assert_code(pkcs1_pad_signature(span_make(data, 100),
                                    span_make(data, LEN - 110), LEN, &block),
                GPG_ERR_TOO_LARGE);
    assert_int_equal(block.len, LEN);
}

/* 00 02, no zero byte up to SEPARATOR, one there, and a message of bytes that
 * are all different from their neighbours, some of them zero. */
static void make_block(size_t len, size_t separator, struct secret *ret)
{
    assert_ok(secret_alloc(ret, len));
    ret->data[1] = 2;
    for (size_t i = 2; i < separator; i++)
        ret->data[i] = (uint8_t)(1 + i % 255);
    for (size_t i = separator + 1; i < len; i++)
        ret->data[i] = (uint8_t)(i % 7 * 37);
}

static void assert_bad(struct secret *block)
{
    assert_code(pkcs1_unpad_plaintext(block), GPG_ERR_DECRYPT_FAILED);
    assert_int_equal(block->len, 0);
}

static void the_message_begins_after_the_first_zero_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(lengths); i++) {
        const size_t len = lengths[i];

        for (size_t at = 2; at < len; at++) {
            AUTO_SECRET block = {0};
            AUTO_SECRET same = {0};

            make_block(len, at, &block);
            make_block(len, at, &same);
            if (at < 10) {
                assert_bad(&block);
                continue;
            }
            assert_ok(pkcs1_unpad_plaintext(&block));
            assert_span(secret_span(&block), same.data + at + 1, len - at - 1);
        }
    }
}

static void a_message_may_be_empty(void **state)
{
    AUTO_SECRET block = {0};

    (void)state;
    make_block(LEN, LEN - 1, &block);
    assert_ok(pkcs1_unpad_plaintext(&block));
    assert_int_equal(block.len, 0);
}

static void a_block_without_separator_is_refused(void **state)
{
    AUTO_SECRET block = {0};

    (void)state;
    make_block(LEN, LEN, &block);
    assert_bad(&block);
}

static void a_short_padding_is_refused_whatever_follows(void **state)
{
    (void)state;
    for (size_t at = 2; at < 10; at++) {
        AUTO_SECRET block = {0};

        make_block(LEN, at, &block);
        /* A second zero byte where one may be. */
        block.data[100] = 0;
        assert_bad(&block);
    }
}

static void other_block_types_are_refused(void **state)
{
    (void)state;
    for (unsigned type = 0; type < 256; type++) {
        AUTO_SECRET block = {0};

        make_block(LEN, 100, &block);
        block.data[1] = (uint8_t)type;
        if (type == 2)
            assert_ok(pkcs1_unpad_plaintext(&block));
        else
            assert_bad(&block);
    }
}

static void the_first_byte_is_zero(void **state)
{
    (void)state;
    for (unsigned first = 1; first < 256; first++) {
        AUTO_SECRET block = {0};

        make_block(LEN, 100, &block);
        block.data[0] = (uint8_t)first;
        assert_bad(&block);
    }
}

static void a_block_shorter_than_its_padding_is_refused(void **state)
{
    (void)state;
    for (size_t len = 0; len < PKCS1_OVERHEAD; len++) {
        AUTO_SECRET block = {0};

        assert_ok(secret_alloc(&block, len));
        if (len > 1)
            block.data[1] = 2;
        for (size_t i = 2; i < len; i++)
            block.data[i] = i == len - 1 ? 0 : 1;
        assert_bad(&block);
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
        cmocka_unit_test(a_signature_is_padded_with_ff),
        cmocka_unit_test(the_padding_has_eight_bytes_at_least),
        cmocka_unit_test(the_message_begins_after_the_first_zero_byte),
        cmocka_unit_test(a_message_may_be_empty),
        cmocka_unit_test(a_block_without_separator_is_refused),
        cmocka_unit_test(a_short_padding_is_refused_whatever_follows),
        cmocka_unit_test(other_block_types_are_refused),
        cmocka_unit_test(the_first_byte_is_zero),
        cmocka_unit_test(a_block_shorter_than_its_padding_is_refused),
    };

    return cmocka_run_group_tests_name("pkcs1", tests, set_up, NULL);
}
