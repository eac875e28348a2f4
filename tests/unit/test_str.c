/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of base/str. */
#include "base/str.h"
#include "unit.h"

static void strings_grow(void **state)
{
    AUTO_STRBUF b = {0};
    AUTO_FREE char *text = NULL;

    (void)state;
    strbuf_puts(&b, "a");
    strbuf_putc(&b, 'b');
    strbuf_put(&b, "cde", 2);
    strbuf_printf(&b, "%03d%s", 7, "!");
    assert_int_equal(b.len, 8);
    assert_ok(strbuf_take(&b, &text));
    assert_string_equal(text, "abcd007!");
    assert_null(b.text);
    assert_int_equal(b.len, 0);
}

static void strings_grow_past_any_size(void **state)
{
    AUTO_STRBUF b = {0};
    AUTO_FREE char *text = NULL;

    (void)state;
    for (size_t i = 0; i < 5000; i++)
        strbuf_printf(&b, "%04zu", i);
    assert_ok(strbuf_take(&b, &text));
    assert_int_equal(strlen(text), 20000);
    assert_memory_equal(text, "00000001", 8);
    assert_string_equal(text + 19996, "4999");
}

static void an_empty_string_is_a_string(void **state)
{
    AUTO_STRBUF b = {0};
    AUTO_FREE char *text = NULL;

    (void)state;
    assert_ok(strbuf_take(&b, &text));
    assert_string_equal(text, "");
}

static void a_failed_step_shows_at_the_end(void **state)
{
    AUTO_STRBUF b = {0};
    char *text = NULL;

    (void)state;
    strbuf_puts(&b, "a");
    b.failed = true;
    strbuf_puts(&b, "b");
    strbuf_printf(&b, "%d", 1);
    assert_int_equal(b.len, 1);
    assert_code(strbuf_take(&b, &text), GPG_ERR_ENOMEM);
    assert_null(text);
}

static void fields_lose_their_padding(void **state)
{
    static const struct {
        const char *field;
        size_t size;
        const char *text;
    } cases[] = {
        {"abc     ", 8, "abc"},      {"abc\0\0\0\0\0", 8, "abc"},
        {"abc  \0zz", 8, "abc"},     {"  a b   ", 8, "  a b"},
        {"abcdefgh", 8, "abcdefgh"}, {"        ", 8, ""},
        {"\0bcdefgh", 8, ""},        {"", 0, ""},
        {"a\t\t ", 4, "a\t\t"},      {"\xff\x80  ", 4, "\xff\x80"},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        unsigned char field[8] = {0};
        AUTO_FREE char *text = NULL;

        memcpy(field, cases[i].field, cases[i].size);
        text = str_from_field(field, cases[i].size);
        assert_string_equal(text, cases[i].text);
    }
}

static void printable_text_is_harmless(void **state)
{
    static const struct {
        const char *in;
        const char *out;
    } cases[] = {
        {"", ""},
        {"plain text ~", "plain text ~"},
        {"a\tb\nc\x1b[31m\x7f", "a?b?c?[31m?"},
        /* Characters of two, three and four bytes. */
        {"\xc3\xa4\xe2\x82\xac\xf0\x9f\x94\x91",
         "\xc3\xa4\xe2\x82\xac\xf0\x9f\x94\x91"},
        /* Cut short, overlong, a surrogate, too large, never valid. */
        {"\xc3", "?"},
        {"\xe2\x82", "??"},
        {"\xe2\x82x", "??x"},
        {"\xc0\xaf", "??"},
        {"\xe0\x80\xaf", "???"},
        {"\xf0\x80\x80\xaf", "????"},
        {"\xed\xa0\x80", "???"},
        {"\xf4\x90\x80\x80", "????"},
        {"\x80\xbf\xfe\xff", "????"},
        /* The smallest and largest of each length. */
        {"\xc2\xa0\xdf\xbf", "\xc2\xa0\xdf\xbf"},
        {"\xe0\xa0\x80\xef\xbf\xbf", "\xe0\xa0\x80\xef\xbf\xbf"},
        {"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf",
         "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"},
        /* C1 controls and the Unicode line separators. */
        {"a\xc2\x9b"
         "1m",
         "a?1m"},
        {"a\xe2\x80\xa8\xe2\x80\xa9z", "a??z"},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        AUTO_FREE char *out = str_printable(span_str(cases[i].in));

        assert_string_equal(out, cases[i].out);
    }
}

static void a_nul_is_not_printable(void **state)
{
    AUTO_FREE char *out = str_printable(span_make("a\0b", 3));

    (void)state;
    assert_string_equal(out, "a?b");
}

/* Undo what a client undoes. */
static size_t unescape_status(const char *text, uint8_t *ret)
{
    size_t n = 0;

    while (*text != '\0') {
        if (*text == '%') {
            const char hex[] = {text[1], text[2], '\0'};
            char *end = NULL;

            ret[n++] = (uint8_t)strtoul(hex, &end, 16);
            assert_ptr_equal(end, hex + 2);
            text += 3;
        } else {
            ret[n++] = (uint8_t)(*text == '+' ? ' ' : *text);
            text++;
        }
    }
    return n;
}

static void status_values_are_escaped(void **state)
{
    AUTO_STRBUF b = {0};
    AUTO_FREE char *text = NULL;

    (void)state;
    strbuf_puts(&b, "S X ");
    strbuf_put_status(&b, span_make("a b+c%d\"\n\0\xff\xc3\xa4\xc2\x85", 15));
    assert_ok(strbuf_take(&b, &text));
    assert_string_equal(text, "S X a+b%2Bc%25d%22%0A%00%FF\xc3\xa4%C2%85");
}

static void every_byte_survives_a_status_line(void **state)
{
    struct dice dice = {2};

    (void)state;
    for (size_t round = 0; round < 2000; round++) {
        AUTO_STRBUF b = {0};
        AUTO_FREE char *text = NULL;
        uint8_t in[8] = {0};
        uint8_t out[64] = {0};
        size_t len = 1 + dice_roll(&dice, sizeof in);

        for (size_t i = 0; i < len; i++)
            in[i] = (uint8_t)dice_roll(&dice, 256);
        strbuf_put_status(&b, span_make(in, len));
        assert_ok(strbuf_take(&b, &text));
        assert_null(strpbrk(text, " \"\r\n"));
        assert_true(strlen(text) <= 3 * len);
        assert_span(span_make(out, unescape_status(text, out)), in, len);
    }
}

static void strings_compare(void **state)
{
    bool same = str_equal("a", "a");

    (void)state;
    assert_true(same);
    same = str_equal("a", "A");
    assert_false(same);
    same = str_equal_nocase("aBc", "AbC");
    assert_true(same);
    same = str_equal_nocase("a", "ab");
    assert_false(same);
    same = str_has_prefix("abc", "ab");
    assert_true(same);
    same = str_has_prefix("abc", "");
    assert_true(same);
    same = str_has_prefix("ab", "abc");
    assert_false(same);
    same = str_has_prefix("Abc", "a");
    assert_false(same);
}

static void copies_are_their_own(void **state)
{
    char original[] = "text";
    AUTO_FREE char *copy = NULL;

    (void)state;
    assert_ok(str_copy(original, &copy));
    original[0] = 'n';
    assert_string_equal(copy, "text");
}

static void no_character_is_cut(void **state)
{
    static const struct {
        const char *text;
        size_t max;
        size_t len;
    } cases[] = {
        {"", 0, 0},
        {"", 5, 0},
        {"abc", 0, 0},
        {"abc", 2, 2},
        {"abc", 3, 3},
        {"abc", 4, 3},
        {"a\xc3\xa4z", 1, 1},
        {"a\xc3\xa4z", 2, 1},
        {"a\xc3\xa4z", 3, 3},
        {"\xf0\x9f\x94\x91", 3, 0},
        {"\xf0\x9f\x94\x91", 4, 4},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++)
        assert_int_equal(str_cut(cases[i].text, cases[i].max).len,
                         cases[i].len);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_character_is_cut),
        cmocka_unit_test(strings_grow),
        cmocka_unit_test(strings_grow_past_any_size),
        cmocka_unit_test(an_empty_string_is_a_string),
        cmocka_unit_test(a_failed_step_shows_at_the_end),
        cmocka_unit_test(fields_lose_their_padding),
        cmocka_unit_test(printable_text_is_harmless),
        cmocka_unit_test(a_nul_is_not_printable),
        cmocka_unit_test(status_values_are_escaped),
        cmocka_unit_test(every_byte_survives_a_status_line),
        cmocka_unit_test(strings_compare),
        cmocka_unit_test(copies_are_their_own),
    };

    return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
