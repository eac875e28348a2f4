/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of base/isotime. */
#include "base/isotime.h"
#include "unit.h"

static void dates_become_seconds(void **state)
{
    static const struct {
        const char *text;
        uint32_t seconds;
    } cases[] = {
        {"19700101T000000", 0},          {"19700101", 0},
        {"19700101T000001", 1},          {"20260101", 1767225600},
        {"20240229T235959", 1709251199}, {"20000101T120000", 946728000},
        {"20380119T031408", 2147483648}, {"21060207T062815", UINT32_MAX},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        uint32_t seconds = 7;

        assert_ok(isotime_parse(span_str(cases[i].text), &seconds));
        assert_int_equal(seconds, cases[i].seconds);
    }
}

static void what_is_no_date_is_refused(void **state)
{
    static const char *const cases[] = {
        "",
        "2026",
        "2026010",
        "202601011",
        "2026-01-01",
        "20260101 000000",
        "20260101T00000",
        "20260101T0000000",
        "20260101T24000",
        "20260101T240000",
        "20260101T006000",
        "20260101T000060",
        "20260001",
        "20261301",
        "20260100",
        "20260132",
        "20230229",
        "2026010a",
        "+2026011",
        "19691231T235959",
        "00000000",
        "21060207T062816",
        "99991231T235959",
        "1767225600",
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        uint32_t seconds = 7;

        assert_code(isotime_parse(span_str(cases[i]), &seconds),
                    GPG_ERR_INV_TIME);
        assert_int_equal(seconds, 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_become_seconds),
        cmocka_unit_test(what_is_no_date_is_refused),
    };

    return cmocka_run_group_tests_name("isotime", tests, NULL, NULL);
}
