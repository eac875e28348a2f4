/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of base/der. */
#include "base/der.h"
#include "unit.h"

/* What der_take must leave alone when it fails. */
static const struct span untouched = {(const uint8_t *)"untouched", 9};

/* A heap copy, so that a sanitizer sees each byte read past the end. */
static void exact(struct bytes *ret, const char *data, size_t len)
{
    struct bytes fresh = {0};

    assert_ok(bytes_alloc(&fresh, len));
    if (len != 0)
        memcpy(fresh.data, data, len);
    bytes_clear(ret);
    *ret = fresh;
}

static void assert_malformed(const char *data, size_t len)
{
    AUTO_BYTES der = {0};
    struct span in = {0};
    struct span contents = untouched;
    uint8_t tag = 99;
    bool taken = false;

    exact(&der, data, len);
    in = span_of(&der);
    taken = der_take(&in, &tag, &contents);
    assert_false(taken);
    assert_int_equal(tag, 99);
    assert_ptr_equal(contents.data, untouched.data);
    assert_ptr_equal(in.data, der.data);
    assert_int_equal(in.len, len);
}

static void elements_come_one_by_one(void **state)
{
    struct span in = span_make("\x02\x01\x07\x04\x00\x30\x02"
                               "ab",
                               9);
    struct span contents = {0};
    uint8_t tag = 0;
    bool taken = der_take(&in, &tag, &contents);

    (void)state;
    assert_true(taken);
    assert_int_equal(tag, DER_INTEGER);
    assert_span(contents, "\x07", 1);
    taken = der_take(&in, &tag, &contents);
    assert_true(taken);
    assert_int_equal(tag, DER_OCTET_STRING);
    assert_int_equal(contents.len, 0);
    taken = der_take(&in, &tag, &contents);
    assert_true(taken);
    assert_int_equal(tag, DER_SEQUENCE);
    assert_span(contents, "ab", 2);
    assert_int_equal(in.len, 0);
    taken = der_take(&in, &tag, &contents);
    assert_false(taken);
}

/* An element whose contents are LEN bytes, with N length bytes. */
static void long_element(size_t len, size_t n)
{
    AUTO_BYTES der = {0};
    struct span in = {0};
    struct span contents = {0};
    uint8_t tag = 0;
    bool taken = false;

    assert_ok(bytes_alloc(&der, 2 + n + len));
    der.data[0] = DER_OCTET_STRING;
    der.data[1] = (uint8_t)(0x80 | n);
    for (size_t i = 0; i < n; i++)
        der.data[2 + i] = (uint8_t)(len >> 8 * (n - 1 - i));
    in = span_of(&der);
    taken = der_take(&in, &tag, &contents);
    assert_true(taken);
    assert_int_equal(contents.len, len);
    assert_ptr_equal(contents.data, der.data + 2 + n);
    assert_int_equal(in.len, 0);

    in = span_make(der.data, der.len - 1);
    taken = der_take(&in, &tag, &contents);
    assert_false(taken);
}

static void long_lengths_are_read(void **state)
{
    (void)state;
    long_element(127, 1);
    long_element(128, 1);
    long_element(255, 1);
    long_element(256, 2);
    long_element(65535, 2);
    long_element(65536, 3);
    long_element(1, 3);
}

static void malformed_elements_are_refused(void **state)
{
    (void)state;
    assert_malformed("", 0);
    assert_malformed("\x04", 1);
    assert_malformed("\x04\x01", 2);
    assert_malformed("\x04\x02"
                     "a",
                     3);
    assert_malformed("\x04\x7f"
                     "abc",
                     5);
    /* The indefinite length. */
    assert_malformed("\x30\x80\x00\x00", 4);
    /* Length bytes that are missing, and more than any token needs. */
    assert_malformed("\x04\x81", 2);
    assert_malformed("\x04\x82\x01", 3);
    assert_malformed("\x04\x83\xff\xff\xff", 5);
    assert_malformed("\x04\x84\x00\x00\x00\x01"
                     "a",
                     7);
    assert_malformed("\x04\xff\x00\x00\x00\x00", 6);
    /* A tag number of more than one byte. */
    assert_malformed("\x1f\x01\x00", 3);
    assert_malformed("\xbf\x01\x00", 3);
}

static void only_wants_one_whole_element(void **state)
{
    struct span contents = untouched;
    bool found = der_only(span_make("\x06\x01\x2a", 3), DER_OID, &contents);

    (void)state;
    assert_true(found);
    assert_span(contents, "\x2a", 1);
    contents = untouched;
    found = der_only(span_make("\x06\x01\x2a", 3), DER_INTEGER, &contents);
    assert_false(found);
    found = der_only(span_make("\x06\x01\x2a\x00", 4), DER_OID, &contents);
    assert_false(found);
    found = der_only(span_make("\x06\x02\x2a", 3), DER_OID, &contents);
    assert_false(found);
    found = der_only(span_make("", 0), DER_OID, &contents);
    assert_false(found);
    assert_ptr_equal(contents.data, untouched.data);
}

static void another_tag_is_left_where_it_is(void **state)
{
    struct span in = span_make("\x06\x01\x2a\x05\x00", 5);
    struct span contents = untouched;
    bool taken = der_take_tag(&in, DER_SEQUENCE, &contents);

    (void)state;
    assert_false(taken);
    assert_int_equal(in.len, 5);
    assert_ptr_equal(contents.data, untouched.data);
    taken = der_take_tag(&in, DER_OID, &contents);
    assert_true(taken);
    assert_span(contents, "\x2a", 1);
    assert_span(in, "\x05\x00", 2);
}

/* Whatever comes in, what comes out lies within it. */
static void random_bytes_are_never_read_past_their_end(void **state)
{
    struct dice dice = {1};
    size_t n_taken = 0;

    (void)state;
    for (size_t round = 0; round < 20000; round++) {
        AUTO_BYTES der = {0};
        char noise[12] = "";
        struct span in = {0};
        struct span contents = {0};
        uint8_t tag = 0;
        size_t len = dice_roll(&dice, sizeof noise + 1);

        for (size_t i = 0; i < len; i++)
            noise[i] = (char)dice_roll(&dice, i == 1 ? 140 : 256);
        exact(&der, noise, len);
        in = span_of(&der);
        if (!der_take(&in, &tag, &contents))
            continue;
        n_taken++;
        assert_true(contents.data >= der.data + 2);
        assert_ptr_equal(contents.data + contents.len, in.data);
        assert_ptr_equal(in.data + in.len, der.data + der.len);
    }
    assert_true(n_taken > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_come_one_by_one),
        cmocka_unit_test(long_lengths_are_read),
        cmocka_unit_test(malformed_elements_are_refused),
        cmocka_unit_test(only_wants_one_whole_element),
        cmocka_unit_test(another_tag_is_left_where_it_is),
        cmocka_unit_test(random_bytes_are_never_read_past_their_end),
    };

    return cmocka_run_group_tests_name("der", tests, NULL, NULL);
}
