/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of base/bytes. */
#include "base/bytes.h"
#include "unit.h"

static void empty_bytes_can_be_cleared(void **state)
{
    struct bytes b = {0};

    (void)state;
    bytes_clear(&b);
    bytes_clear(&b);
    assert_null(b.data);
    assert_int_equal(b.len, 0);
}

static void alloc_gives_zeros(void **state)
{
    AUTO_BYTES b = {0};

    (void)state;
    assert_ok(bytes_alloc(&b, 5));
    assert_span(span_of(&b), "\0\0\0\0\0", 5);
    assert_ok(bytes_alloc(&b, 0));
    assert_int_equal(b.len, 0);
}

static void set_replaces_what_was_there(void **state)
{
    AUTO_BYTES b = {0};

    (void)state;
    assert_ok(bytes_set(&b, span_str("first")));
    assert_ok(bytes_set(&b, span_make("a\0b", 3)));
    assert_span(span_of(&b), "a\0b", 3);
    assert_ok(bytes_set(&b, span_make(NULL, 0)));
    assert_int_equal(b.len, 0);
}

static void bytes_can_be_set_to_a_part_of_themselves(void **state)
{
    AUTO_BYTES b = {0};

    (void)state;
    assert_ok(bytes_set(&b, span_str("abcdef")));
    assert_ok(bytes_set(&b, span_skip(span_of(&b), 2)));
    assert_span(span_of(&b), "cdef", 4);
    assert_ok(bytes_append(&b, span_of(&b)));
    assert_span(span_of(&b), "cdefcdef", 8);
}

static void append_adds_at_the_end(void **state)
{
    AUTO_BYTES b = {0};

    (void)state;
    assert_ok(bytes_append(&b, span_str("ab")));
    assert_ok(bytes_append(&b, span_make(NULL, 0)));
    assert_ok(bytes_append(&b, span_str("c")));
    assert_span(span_of(&b), "abc", 3);
}

static void take_leaves_nothing(void **state)
{
    AUTO_BYTES from = {0};
    AUTO_BYTES to = {0};

    (void)state;
    assert_ok(bytes_set(&from, span_str("x")));
    to = bytes_take(&from);
    assert_null(from.data);
    assert_int_equal(from.len, 0);
    assert_span(span_of(&to), "x", 1);
}

static void spans_compare_by_content(void **state)
{
    struct span empty = {0};
    bool equal = false;

    (void)state;
    equal = span_equal(span_str("ab"), span_make("abc", 2));
    assert_true(equal);
    equal = span_equal(span_str("ab"), span_str("ac"));
    assert_false(equal);
    equal = span_equal(span_str("ab"), span_str("abc"));
    assert_false(equal);
    equal = span_equal(empty, span_str(""));
    assert_true(equal);
}

static void prefixes_are_recognised(void **state)
{
    struct span empty = {0};
    bool found = false;

    (void)state;
    found = span_has_prefix(span_str("abc"), span_str("ab"));
    assert_true(found);
    found = span_has_prefix(span_str("abc"), span_str("abc"));
    assert_true(found);
    found = span_has_prefix(span_str("abc"), empty);
    assert_true(found);
    found = span_has_prefix(span_str("ab"), span_str("abc"));
    assert_false(found);
    found = span_has_prefix(empty, span_str("a"));
    assert_false(found);
}

static void leading_zeros_go(void **state)
{
    (void)state;
    assert_span(span_strip_zeros(span_make("\0\0\1\0", 4)), "\1\0", 2);
    assert_span(span_strip_zeros(span_make("\0\0", 2)), "", 0);
    assert_span(span_strip_zeros(span_make("", 0)), "", 0);
}

static void numbers_get_the_length_asked_for(void **state)
{
    AUTO_BYTES b = {0};

    (void)state;
    assert_ok(bytes_from_number(&b, span_make("\1\2", 2), 4));
    assert_span(span_of(&b), "\0\0\1\2", 4);
    assert_ok(bytes_from_number(&b, span_make("\0\0\0\1\2", 5), 2));
    assert_span(span_of(&b), "\1\2", 2);
    assert_ok(bytes_from_number(&b, span_make("", 0), 2));
    assert_span(span_of(&b), "\0\0", 2);
}

static void numbers_that_do_not_fit_are_refused(void **state)
{
    AUTO_BYTES b = {0};

    (void)state;
    assert_ok(bytes_set(&b, span_str("kept")));
    assert_code(bytes_from_number(&b, span_make("\1\2\3", 3), 2),
                GPG_ERR_TOO_LARGE);
    assert_span(span_of(&b), "kept", 4);
}

static void shared_bytes_go_with_the_last_owner(void **state)
{
    AUTO_BYTES a = {0};
    AUTO_BYTES b = {0};
    AUTO_BYTES none = {0};

    (void)state;
    assert_ok(bytes_set(&a, span_str("both have it")));
    assert_false(bytes_is_shared(&a));
    b = bytes_share(&a);
    assert_ptr_equal(b.data, a.data);
    assert_true(bytes_is_shared(&a));
    bytes_clear(&a);
    assert_false(bytes_is_shared(&b));
    assert_span(span_of(&b), "both have it", 12);
    /* What replaces one of them is not seen by the other. */
    a = bytes_share(&b);
    assert_ok(bytes_append(&a, span_str(" not")));
    assert_span(span_of(&b), "both have it", 12);
    none = bytes_share(&none);
    assert_null(none.data);
    assert_false(bytes_is_shared(&none));
}

static void a_part_is_a_copy_and_the_whole_is_not(void **state)
{
    AUTO_BYTES whole = {0};
    AUTO_BYTES part = {0};

    (void)state;
    assert_ok(bytes_set(&whole, span_make("\0number", 7)));
    assert_ok(bytes_share_part(&part, &whole, span_of(&whole)));
    assert_ptr_equal(part.data, whole.data);
    assert_ok(
        bytes_share_part(&part, &whole, span_strip_zeros(span_of(&whole))));
    assert_span(span_of(&part), "number", 6);
    assert_false(bytes_is_shared(&whole));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_bytes_can_be_cleared),
        cmocka_unit_test(shared_bytes_go_with_the_last_owner),
        cmocka_unit_test(a_part_is_a_copy_and_the_whole_is_not),
        cmocka_unit_test(alloc_gives_zeros),
        cmocka_unit_test(set_replaces_what_was_there),
        cmocka_unit_test(bytes_can_be_set_to_a_part_of_themselves),
        cmocka_unit_test(append_adds_at_the_end),
        cmocka_unit_test(take_leaves_nothing),
        cmocka_unit_test(spans_compare_by_content),
        cmocka_unit_test(prefixes_are_recognised),
        cmocka_unit_test(leading_zeros_go),
        cmocka_unit_test(numbers_get_the_length_asked_for),
        cmocka_unit_test(numbers_that_do_not_fit_are_refused),
    };

    return cmocka_run_group_tests_name("bytes", tests, NULL, NULL);
}
