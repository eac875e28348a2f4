/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of base/hex. */
#include "base/hex.h"
#include "unit.h"

static void encoding_is_upper_case(void **state)
{
    AUTO_FREE char *text = hex_encode(span_make("\x00\x9a\xff\x10", 4));
    AUTO_FREE char *empty = hex_encode(span_make("", 0));

    (void)state;
    assert_string_equal(text, "009AFF10");
    assert_string_equal(empty, "");
}

static void every_byte_survives_both_ways(void **state)
{
    AUTO_BYTES all = {0};
    AUTO_BYTES back = {0};
    AUTO_FREE char *text = NULL;

    (void)state;
    assert_ok(bytes_alloc(&all, 256));
    for (size_t i = 0; i < all.len; i++)
        all.data[i] = (uint8_t)i;
    text = hex_encode(span_of(&all));
    assert_non_null(text);
    assert_int_equal(strlen(text), 512);
    assert_ok(hex_decode_append(text, strlen(text), &back));
    assert_span(span_of(&back), all.data, all.len);
}

static void decoding_appends_and_takes_either_case(void **state)
{
    AUTO_BYTES b = {0};

    (void)state;
    assert_ok(hex_decode_append("aB", 2, &b));
    assert_ok(hex_decode_append("", 0, &b));
    assert_ok(hex_decode_append("Cd99", 2, &b));
    assert_span(span_of(&b), "\xab\xcd", 2);
}

static void bad_digits_change_nothing(void **state)
{
    static const char *const bad[] = {"0",  "012", "0g", "g0", " 0", "0 ",
                                      "0x", "--",  "/0", "0:", "@0", "0`"};
    AUTO_BYTES b = {0};

    (void)state;
    assert_ok(bytes_set(&b, span_str("kept")));
    for (size_t i = 0; i < N_ELEMENTS(bad); i++)
        assert_code(hex_decode_append(bad[i], strlen(bad[i]), &b),
                    GPG_ERR_INV_VALUE);
    assert_code(hex_decode_append("00\0000", 4, &b), GPG_ERR_INV_VALUE);
    assert_span(span_of(&b), "kept", 4);
}

static void digits_have_values(void **state)
{
    static const char digits[] = "0123456789abcdef";
    static const char upper[] = "0123456789ABCDEF";
    int n_digits = 0;

    (void)state;
    for (int i = 0; i < 16; i++) {
        int value = hex_digit(digits[i]);

        assert_int_equal(value, i);
        value = hex_digit(upper[i]);
        assert_int_equal(value, i);
    }
    for (int c = -128; c < 128; c++)
        n_digits += hex_digit((char)c) >= 0;
    assert_int_equal(n_digits, 22);
}

static void length_and_digits_are_checked(void **state)
{
    bool is = hex_is("09afAF", 6);

    (void)state;
    assert_true(is);
    is = hex_is("", 0);
    assert_true(is);
    is = hex_is("09afAF", 5);
    assert_false(is);
    is = hex_is("09afA", 6);
    assert_false(is);
    is = hex_is("09afAg", 6);
    assert_false(is);
    is = hex_is("", 40);
    assert_false(is);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encoding_is_upper_case),
        cmocka_unit_test(every_byte_survives_both_ways),
        cmocka_unit_test(decoding_appends_and_takes_either_case),
        cmocka_unit_test(bad_digits_change_nothing),
        cmocka_unit_test(digits_have_values),
        cmocka_unit_test(length_and_digits_are_checked),
    };

    return cmocka_run_group_tests_name("hex", tests, NULL, NULL);
}
