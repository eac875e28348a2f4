/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/unknown. */
#include "keyring/unknown.h"
#include "unit.h"

/* The clock may begin anywhere. */
#define START ((int64_t)-5000)

static void a_hundred_in_a_row_are_one_reason(void **state)
{
    struct unknown_row row = {0};
    int64_t now = START;

    (void)state;
    assert_true(unknown_is_reason(&row, now));
    /* However slow they are: at most two seconds apart, at the end at once. */
    for (int i = 0; i < 14; i++)
        assert_false(unknown_is_reason(&row, now += 1999));
    for (int i = 0; i < 85; i++)
        assert_false(unknown_is_reason(&row, now += 20));
}

static void a_rest_ends_the_row(void **state)
{
    struct unknown_row row = {0};

    (void)state;
    assert_true(unknown_is_reason(&row, START));
    assert_false(unknown_is_reason(&row, START + 1000));
    assert_false(unknown_is_reason(&row, START + 2999));
    assert_true(unknown_is_reason(&row, START + 4999));
    assert_false(unknown_is_reason(&row, START + 5000));
}

static void reading_slowly_is_no_rest(void **state)
{
    struct unknown_row row = {0};

    (void)state;
    assert_true(unknown_is_reason(&row, START));
    unknown_looked(&row, START + 40000);
    assert_false(unknown_is_reason(&row, START + 40010));
    assert_false(unknown_is_reason(&row, START + 42000));
    assert_true(unknown_is_reason(&row, START + 44000));
}

static void reading_some_again_is_no_rest_and_no_look(void **state)
{
    struct unknown_row row = {0};

    (void)state;
    assert_true(unknown_is_reason(&row, START));
    unknown_looked(&row, START);
    assert_false(unknown_is_reason(&row, START + 1000));
    assert_true(unknown_is_reason_to_retry(&row));
    unknown_retried(&row, START + 29000);
    assert_false(unknown_is_reason(&row, START + 29500));
    /* Half a minute after all of them were read. */
    assert_true(unknown_is_reason(&row, START + 30000));
}

static void a_row_without_end_is_a_reason_now_and_then(void **state)
{
    struct unknown_row row = {0};
    int n = 0;

    (void)state;
    for (int64_t now = START; now < START + 90000; now += 500)
        n += unknown_is_reason(&row, now);
    assert_int_equal(n, 3);
}

static void a_token_that_was_not_read_is_tried_less_and_less_often(void **state)
{
    struct unknown_row row = {0};
    int n = 0;

    (void)state;
    for (int round = 0; round < 2; round++) {
        assert_true(unknown_is_reason(&row, START + 10000 * round));
        for (int i = 1; i <= 100; i++) {
            assert_false(unknown_is_reason(&row, START + 10000 * round + i));
            n += unknown_is_reason_to_retry(&row);
        }
        /* The 1st, 2nd, 4th, ..., 64th. */
        assert_int_equal(n, 7 * (round + 1));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hundred_in_a_row_are_one_reason),
        cmocka_unit_test(a_rest_ends_the_row),
        cmocka_unit_test(reading_slowly_is_no_rest),
        cmocka_unit_test(reading_some_again_is_no_rest_and_no_look),
        cmocka_unit_test(a_row_without_end_is_a_reason_now_and_then),
        cmocka_unit_test(
            a_token_that_was_not_read_is_tried_less_and_less_often),
    };

    return cmocka_run_group_tests_name("unknown", tests, NULL, NULL);
}
