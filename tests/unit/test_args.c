/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of commands/args. */
#include "commands/args.h"
#include "unit.h"

/* What a line is parsed into; the options that every test knows. */
struct parsed {
    char line[200];
    struct args args;
    bool list;        /* --list */
    bool data;        /* --data[=VALUE] */
    const char *kind; /* its value */
    const char *hash; /* --hash=VALUE */
};

static gpg_error_t parse(const char *line, bool strict, struct parsed *p)
{
    const struct args_option options[] = {
        {"--list", &p->list, NULL},
        {"--data", &p->data, &p->kind},
        {"--hash", NULL, &p->hash},
    };

    memset(p, 0, sizeof *p);
    assert_true(strlen(line) < sizeof p->line);
    memcpy(p->line, line, strlen(line));
    return args_parse(p->line, options, ARGS_COUNT(options), strict, &p->args);
}

/* LINE has these operands, a NULL behind the last. */
static void assert_operands(const struct parsed *p, const char *const *operands)
{
    size_t n = 0;

    for (; operands[n] != NULL; n++) {
        assert_true(n < p->args.n);
        assert_string_equal(p->args.operands[n], operands[n]);
    }
    assert_int_equal(p->args.n, n);
}

#define OPERANDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define NO_OPERANDS ((const char *const[]){NULL})

static void an_empty_line_is_nothing(void **state)
{
    static const char *const lines[] = {"", " ", "\t", "  \t  "};
    struct parsed p;

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(lines); i++) {
        assert_ok(parse(lines[i], true, &p));
        assert_operands(&p, NO_OPERANDS);
        assert_string_equal(args_first(&p.args), "");
    }
}

static void operands_are_split_at_blanks(void **state)
{
    struct parsed p;

    (void)state;
    assert_ok(parse("one", true, &p));
    assert_operands(&p, OPERANDS("one"));
    assert_string_equal(args_first(&p.args), "one");
    assert_ok(parse("  one \t two  three\t", true, &p));
    assert_operands(&p, OPERANDS("one", "two", "three"));
    assert_string_equal(args_first(&p.args), "one");
}

static void options_stand_anywhere(void **state)
{
    static const char *const lines[] = {"--list --hash=sha256 one two",
                                        "one --list two --hash=sha256",
                                        "one two --hash=sha256 --list"};
    struct parsed p;

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(lines); i++) {
        assert_ok(parse(lines[i], true, &p));
        assert_operands(&p, OPERANDS("one", "two"));
        assert_true(p.list);
        assert_false(p.data);
        assert_string_equal(p.hash, "sha256");
    }
}

static void a_value_may_be_anything_but_blank(void **state)
{
    struct parsed p;

    (void)state;
    assert_ok(parse("--hash=a=b--list", true, &p));
    assert_string_equal(p.hash, "a=b--list");
    assert_ok(parse("--hash= one", true, &p));
    assert_string_equal(p.hash, "");
    assert_operands(&p, OPERANDS("one"));
    assert_ok(parse("--hash=first --hash=last", true, &p));
    assert_string_equal(p.hash, "last");
}

static void an_option_may_have_a_value_or_not(void **state)
{
    struct parsed p;

    (void)state;
    assert_ok(parse("--data", true, &p));
    assert_true(p.data);
    assert_null(p.kind);
    assert_ok(parse("--data=raw", true, &p));
    assert_true(p.data);
    assert_string_equal(p.kind, "raw");
}

static void a_bare_dash_dash_ends_the_options(void **state)
{
    struct parsed p;

    (void)state;
    assert_ok(parse("--list -- --hash=sha1 -- --unknown", true, &p));
    assert_true(p.list);
    assert_null(p.hash);
    assert_operands(&p, OPERANDS("--hash=sha1", "--", "--unknown"));
}

static void single_dashes_are_operands(void **state)
{
    struct parsed p;

    (void)state;
    assert_ok(parse("- -l -list", true, &p));
    assert_operands(&p, OPERANDS("-", "-l", "-list"));
    assert_false(p.list);
}

static void unknown_options_are_left_out_unless_strict(void **state)
{
    static const char *const lines[] = {
        "--lis one",  "--lists one", "--unknown one", "--unknown=5 one",
        "--LIST one", "--= one",     "--=x one"};
    struct parsed p;

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(lines); i++) {
        assert_ok(parse(lines[i], false, &p));
        assert_operands(&p, OPERANDS("one"));
        assert_false(p.list);
        assert_code(parse(lines[i], true, &p), GPG_ERR_ASS_PARAMETER);
        assert_int_equal(p.args.n, 0);
    }
}

static void values_are_where_they_belong(void **state)
{
    struct parsed p;

    (void)state;
    assert_code(parse("--list=yes", false, &p), GPG_ERR_ASS_PARAMETER);
    assert_code(parse("--list=", false, &p), GPG_ERR_ASS_PARAMETER);
    assert_code(parse("--hash", false, &p), GPG_ERR_ASS_PARAMETER);
    assert_code(parse("--hash sha256", false, &p), GPG_ERR_ASS_PARAMETER);
    assert_false(p.list);
    assert_null(p.hash);
}

static void too_many_operands_are_refused(void **state)
{
    struct parsed p;

    (void)state;
    assert_ok(parse("1 2 3 4 5 6 7 8", true, &p));
    assert_int_equal(p.args.n, ARGS_MAX_OPERANDS);
    assert_ok(parse("1 2 3 4 --list 5 6 7 8 --list", true, &p));
    assert_code(parse("1 2 3 4 5 6 7 8 9", true, &p), GPG_ERR_ASS_PARAMETER);
}

static void any_line_does_no_harm(void **state)
{
    static const char letters[] = "- =\tlist-hadt1";
    struct dice dice = {11};
    unsigned n_good = 0;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        char line[40] = "";
        const size_t len = dice_roll(&dice, sizeof line);
        struct parsed p;

        for (size_t j = 0; j < len; j++)
            line[j] = letters[dice_roll(&dice, sizeof letters - 1)];
        if (parse(line, dice_roll(&dice, 2) == 0, &p) != 0)
            continue;
        n_good++;
        for (size_t j = 0; j < p.args.n; j++)
            assert_null(strpbrk(p.args.operands[j], " \t"));
    }
    assert_true(n_good > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_line_is_nothing),
        cmocka_unit_test(operands_are_split_at_blanks),
        cmocka_unit_test(options_stand_anywhere),
        cmocka_unit_test(a_value_may_be_anything_but_blank),
        cmocka_unit_test(an_option_may_have_a_value_or_not),
        cmocka_unit_test(a_bare_dash_dash_ends_the_options),
        cmocka_unit_test(single_dashes_are_operands),
        cmocka_unit_test(unknown_options_are_left_out_unless_strict),
        cmocka_unit_test(values_are_where_they_belong),
        cmocka_unit_test(too_many_operands_are_refused),
        cmocka_unit_test(any_line_does_no_harm),
    };

    return cmocka_run_group_tests_name("args", tests, NULL, NULL);
}
