/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of server/prompt: what a person reads, whatever a token calls itself.
 */
#include "base/cleanup.h"
#include "server/prompt.h"
#include "unit.h"

/* libassuan takes lines of so many bytes, the line feed not counted. */
#define MAX_LINE 1000

/* Of the two inquiries the one with the longer beginning. */
#define LONGEST "INQUIRE POPUPPINPADPROMPT "

/* The usual: a token, no key, nothing that went wrong. */
static const struct pin_request usual = {.purpose = PIN_FOR_TOKEN,
                                         .token_label = "Token",
                                         .token_serial = "42",
                                         .reason = {PIN_TO_UNLOCK, ""}};

/* The text for R, the caller's to free.  Checks what is true of all texts. */
static char *text_of(const struct pin_request *r)
{
    const char *flags = r->purpose == PIN_NEW ? "|N|" : "||";
    char *text = NULL;

    assert_ok(prompt_text(r, &text));
    assert_non_null(text);
    assert_memory_equal(text, flags, strlen(flags));
    assert_true(strlen(LONGEST) + strlen(text) < MAX_LINE);
    for (const unsigned char *p = (unsigned char *)text; *p != '\0'; p++) {
        assert_true(*p >= 0x20 && *p != 0x7f);
        if (*p == '%')
            assert_true(memcmp(p, "%0A", 3) == 0 || memcmp(p, "%25", 3) == 0);
    }
    return text;
}

static void assert_text(const struct pin_request *r, const char *expected)
{
    AUTO_FREE char *text = text_of(r);

    assert_string_equal(text, expected);
}

static void assert_contains(const struct pin_request *r, const char *part)
{
    AUTO_FREE char *text = text_of(r);

    if (strstr(text, part) == NULL)
        fail_msg("'%s' is not in '%s'", part, text);
}

static void assert_lacks(const struct pin_request *r, const char *part)
{
    AUTO_FREE char *text = text_of(r);

    if (strstr(text, part) != NULL)
        fail_msg("'%s' is in '%s'", part, text);
}

static void the_usual_text_names_the_token(void **state)
{
    (void)state;
    assert_text(&usual, "||Please enter the PIN to unlock the token.%0A"
                        "%0AToken: Token%0ASerial: 42");
}

static void a_pin_that_nobody_typed_is_called_so(void **state)
{
    struct pin_request r = usual;

    (void)state;
    r.was_wrong = true;
    r.wrong_origin = PIN_FROM_CACHE;
    assert_contains(&r, "||The remembered PIN was wrong.%0A%0APlease");
    r.wrong_origin = PIN_FROM_SOURCE;
    assert_contains(&r, "||The PIN from the configuration was wrong.%0A%0A");
    r.tries = PIN_TRIES_LAST;
    assert_contains(&r, "wrong.  1 try is left");
}

static void what_is_unknown_is_left_out(void **state)
{
    struct pin_request r = usual;

    (void)state;
    r.token_serial = "";
    assert_lacks(&r, "Serial");
    r.token_label = "";
    assert_lacks(&r, "Token:");
    assert_lacks(&r, "Key:");
    r.reason.key_label = "My key";
    assert_contains(&r, "%0AKey: My key");
}

static void the_reason_is_told(void **state)
{
    struct pin_request r = usual;

    (void)state;
    r.reason.action = PIN_TO_SIGN;
    assert_contains(&r, "Please enter the PIN to sign.");
    r.reason.action = PIN_TO_DECRYPT;
    assert_contains(&r, "Please enter the PIN to decrypt.");
    r.purpose = PIN_FOR_KEY;
    assert_contains(&r, "Please enter the PIN for this one decryption.");
    r.reason.action = PIN_TO_SIGN;
    assert_contains(&r, "Please enter the PIN for this one signature.");
}

static void a_change_is_the_current_pin_and_a_new_one(void **state)
{
    struct pin_request r = usual;

    (void)state;
    r.reason.action = PIN_TO_CHANGE;
    assert_text(&r, "||Please enter the current PIN to change it.%0A"
                    "%0AToken: Token%0ASerial: 42");
    r.purpose = PIN_BOTH;
    assert_text(&r, "||Please enter the current PIN and then the new one.%0A"
                    "%0AToken: Token%0ASerial: 42");
    r.purpose = PIN_NEW;
    assert_text(&r, "|N|Please enter a new PIN for the token.%0A"
                    "%0AToken: Token%0ASerial: 42");
    r.was_length = true;
    r.min_len = 6;
    r.max_len = 8;
    assert_contains(&r, "|N|That PIN was not set: this token's PIN has 6 to "
                        "8 characters.%0A%0A");
}

static void a_wrong_pin_is_told_first(void **state)
{
    struct pin_request r = usual;

    (void)state;
    r.was_wrong = true;
    assert_text(&r, "||That PIN was wrong.%0A%0A"
                    "Please enter the PIN to unlock the token.%0A"
                    "%0AToken: Token%0ASerial: 42");
    r.tries = PIN_TRIES_FEW;
    assert_contains(&r, "||That PIN was wrong.  Few tries may be left.%0A%0A");
    r.tries = PIN_TRIES_LAST;
    assert_contains(&r, "||That PIN was wrong.  1 try is left: one more wrong "
                        "PIN locks the token!%0A%0A");
}

static void few_tries_are_told_before_anything_is_typed(void **state)
{
    struct pin_request r = usual;

    (void)state;
    assert_lacks(&r, "tr");
    assert_lacks(&r, "wrong");
    r.tries = PIN_TRIES_FEW;
    assert_contains(&r, "||A wrong PIN was entered before.%0A%0A");
    r.tries = PIN_TRIES_LAST;
    assert_contains(&r, "||1 try is left: one more wrong PIN locks the "
                        "token!%0A%0A");
}

static void the_slot_of_a_twin_is_told(void **state)
{
    struct pin_request r = usual;

    (void)state;
    r.reader = "A reader";
    r.slot = "0x12 of provider p";
    r.reason.key_label = "My key";
    assert_contains(&r, "Serial: 42%0AReader: A reader%0ASlot: 0x12 of "
                        "provider p%0AKey: My key");
    assert_lacks(&usual, "Reader");
    assert_lacks(&usual, "Slot");
}

static void a_wrong_length_tells_the_right_one(void **state)
{
    struct pin_request r = usual;

    (void)state;
    r.was_length = true;
    r.min_len = 6;
    r.max_len = 8;
    assert_contains(&r, "||That PIN was not tried: this token's PIN has 6 to "
                        "8 characters.");
    assert_lacks(&r, "wrong");
}

static void names_cannot_make_lines_or_escapes(void **state)
{
    static const struct {
        const char *label;
        const char *shown;
    } rows[] = {
        {"50% of %0AOK", "Token: 50%25 of %250AOK%0A"},
        {"two\nlines\r\nOK", "Token: two?lines??OK%0A"},
        {"bell\a tab\t esc\x1b[31m del\x7f",
         "Token: bell? tab? esc?[31m del?%0A"},
        {"C1\xc2\x85 and \xe2\x80\xa8", "Token: C1? and ?%0A"},
        {"|<<|a|b", "Token: |<<|a|b%0A"},
        {"J\xc3\xb6rg \xe2\x82\xac \xf0\x9f\x94\x91",
         "Token: J\xc3\xb6rg \xe2\x82\xac \xf0\x9f\x94\x91%0A"},
        {"\xa5\xff latin \xe4", "Token: ?? latin ?%0A"},
        {"cut \xe2\x82", "Token: cut ??%0A"},
        {"overlong \xc0\xaf", "Token: overlong ??%0A"},
    };
    struct pin_request r = usual;

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        r.token_label = rows[i].label;
        assert_contains(&r, rows[i].shown);
        r.token_label = "x";
        r.token_serial = rows[i].label;
        assert_contains(&r, "%0ASerial: ");
        r.token_serial = usual.token_serial;
        r.reason.key_label = rows[i].label;
        assert_contains(&r, "%0AKey: ");
        r.reason.key_label = "";
    }
}

static void long_names_are_cut_between_characters(void **state)
{
    struct pin_request r = usual;
    char label[65 * 4 + 1] = "";
    char shown[sizeof label + 20] = "";

    (void)state;
    memset(label, 'x', 64);
    r.token_label = label;
    (void)snprintf(shown, sizeof shown, "Token: %.64s%%0A", label);
    assert_contains(&r, shown);
    label[64] = 'y';
    (void)snprintf(shown, sizeof shown, "Token: %.64s...%%0A", label);
    assert_contains(&r, shown);
    /* The character that the limit falls into is still shown. */
    memcpy(label + 62,
           "\xe2\x82\xac"
           "tail",
           7);
    (void)snprintf(shown, sizeof shown, "Token: %.65s...%%0A", label);
    assert_contains(&r, shown);
}

/* Names that grow most when they are made safe, with everything that may be
 * said around them. */
static void every_line_is_short_enough(void **state)
{
    static const char *const units[] = {
        "x", "%", "\n", "\xff", "\xe2\x82\xac", "\xf0\x9f\x94\x91"};
    static char name[8001];

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(units); i++) {
        struct pin_request r = {.purpose = PIN_FOR_KEY,
                                .token_label = name,
                                .token_serial = name,
                                .reader = name,
                                .slot = name,
                                .reason = {PIN_TO_DECRYPT, name},
                                .tries = PIN_TRIES_LAST,
                                .was_wrong = true,
                                .was_length = true,
                                .min_len = SIZE_MAX,
                                .max_len = SIZE_MAX};
        AUTO_FREE char *text = NULL;

        memset(name, 0, sizeof name);
        for (size_t at = 0; at + strlen(units[i]) < sizeof name;
             at += strlen(units[i]))
            memcpy(name + at, units[i], strlen(units[i]));
        text = text_of(&r);
        assert_true(strlen(text) > 300);
    }
}

static void any_name_is_safe(void **state)
{
    struct dice dice = {17};

    (void)state;
    for (int i = 0; i < 5000; i++) {
        struct pin_request r = usual;
        char name[100] = "";
        size_t len = dice_roll(&dice, sizeof name);

        for (size_t j = 0; j < len; j++)
            name[j] = (char)dice_roll(&dice, 256);
        r.token_label = name;
        r.token_serial = name;
        r.reason.key_label = name;
        free(text_of(&r));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_usual_text_names_the_token),
        cmocka_unit_test(a_pin_that_nobody_typed_is_called_so),
        cmocka_unit_test(what_is_unknown_is_left_out),
        cmocka_unit_test(the_reason_is_told),
        cmocka_unit_test(a_change_is_the_current_pin_and_a_new_one),
        cmocka_unit_test(a_wrong_pin_is_told_first),
        cmocka_unit_test(few_tries_are_told_before_anything_is_typed),
        cmocka_unit_test(the_slot_of_a_twin_is_told),
        cmocka_unit_test(a_wrong_length_tells_the_right_one),
        cmocka_unit_test(names_cannot_make_lines_or_escapes),
        cmocka_unit_test(long_names_are_cut_between_characters),
        cmocka_unit_test(every_line_is_short_enough),
        cmocka_unit_test(any_name_is_safe),
    };

    return cmocka_run_group_tests_name("prompt", tests, NULL, NULL);
}
