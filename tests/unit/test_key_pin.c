/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of token/operation with a key that wants its PIN at each use
 * (CKA_ALWAYS_AUTHENTICATE). */
#include "fake_token.h"
#include "unit.h"

static int set_up(void **state)
{
    if (fake_token_set_up(state) != 0)
        return -1;
    fake_set_flag(private_key, CKA_ALWAYS_AUTHENTICATE, true);
    return 0;
}

/* The logins were these: 'u' for the user's, 'k' for the key's. */
static void assert_logins(const char *kinds)
{
    assert_int_equal(fake.n_logins, strlen(kinds));
    for (size_t i = 0; i < fake.n_logins; i++)
        assert_int_equal(fake.logins[i].user,
                         kinds[i] == 'u' ? CKU_USER : CKU_CONTEXT_SPECIFIC);
}

/* TEXT is the end of what was called. */
static void assert_trail_ends(const char *text)
{
    size_t len = strlen(fake.trail);

    assert_true(len >= strlen(text));
    assert_string_equal(fake.trail + len - strlen(text), text);
}

static void the_first_use_asks_once(void **state)
{
    (void)state;
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 1);
    assert_logins("uk");
    assert_string_equal(fake.logins[1].pin, FAKE_PIN);
    assert_trail_ends("C_SignInit C_Login C_Sign");
}

static void each_later_use_asks_once(void **state)
{
    (void)state;
    fake_token_warm_up();
    for (int i = 0; i < 3; i++) {
        fake_forget_calls();
        fake_token_person(FAKE_PIN, NULL, NULL);
        assert_ok(fake_token_sign());
        assert_int_equal(person.n_asked, 1);
        assert_int_equal(person.requests[0].purpose, PIN_FOR_KEY);
        assert_false(person.requests[0].was_wrong);
        assert_logins("k");
        assert_trail("ask C_SignInit C_Login C_Sign");
    }
}

static void a_decryption_asks_too(void **state)
{
    AUTO_SECRET plain = {0};

    (void)state;
    fake_token_warm_up();
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(fake_token_perform(TOKEN_DECRYPT, 256, &plain));
    assert_int_equal(person.requests[0].reason.action, PIN_TO_DECRYPT);
    assert_trail("ask C_DecryptInit C_Login C_Decrypt");
}

static void a_wrong_pin_is_asked_again(void **state)
{
    (void)state;
    fake_token_warm_up();
    fake_token_person("0000", FAKE_PIN, NULL);
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 2);
    assert_true(person.requests[1].was_wrong);
    assert_int_equal(person.requests[1].tries, PIN_TRIES_FEW);
    assert_logins("kk");
    assert_trail_ends("ask C_SignInit C_Login C_Sign");
}

static void a_wrong_pin_of_the_first_use_is_one_login(void **state)
{
    (void)state;
    /* The user's login says that it is wrong: the key's is not tried. */
    fake_token_person("0000", FAKE_PIN, NULL);
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 2);
    assert_logins("uuk");
}

static void three_wrong_pins_end_it(void **state)
{
    (void)state;
    fake_token_warm_up();
    fake.tries_left = 10;
    fake_token_person("0000", "1111", "2222");
    assert_code(fake_token_sign(), GPG_ERR_BAD_PIN);
    assert_int_equal(person.n_asked, 3);
    assert_logins("kkk");
    assert_int_equal(fake.calls[FAKE_SIGN], 0);
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(fake_token_sign());
}

static void a_refused_pin_is_not_tried_again(void **state)
{
    (void)state;
    fake_token_warm_up();
    fake.tries_left = 10;
    fake_token_person("0000", "0000", "0000");
    assert_code(fake_token_sign(), GPG_ERR_BAD_PIN);
    assert_int_equal(person.n_asked, 3);
    assert_logins("k");
}

static void a_token_that_locks_itself_ends_it(void **state)
{
    (void)state;
    fake_token_warm_up();
    fake.tries_left = 1;
    fake_token_person("0000", FAKE_PIN, NULL);
    assert_code(fake_token_sign(), GPG_ERR_PIN_BLOCKED);
    assert_int_equal(person.n_asked, 1);
    assert_logins("k");
}

/* Another session would do for some operations; a PIN is sent in none. */
static void a_pin_that_was_sent_is_not_sent_in_another_session(void **state)
{
    const enum fake_function functions[] = {FAKE_LOGIN, FAKE_SIGN};

    (void)state;
    fake_token_warm_up();
    for (size_t i = 0; i < N_ELEMENTS(functions); i++) {
        fake_forget_calls();
        fake_answer(functions[i], CKR_SESSION_READ_ONLY);
        fake_token_person(FAKE_PIN, NULL, NULL);
        assert_int_not_equal(fake_token_sign(), 0);
        assert_int_equal(person.n_asked, 1);
        assert_logins("k");
    }
}

static void a_cancel_begins_nothing(void **state)
{
    (void)state;
    fake_token_warm_up();
    fake_token_person(NULL, NULL, NULL);
    assert_code(fake_token_sign(), GPG_ERR_CANCELED);
    assert_trail("ask");
    fake_token_person("0000", NULL, NULL);
    assert_code(fake_token_sign(), GPG_ERR_CANCELED);
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(fake_token_sign());
}

static void a_pin_of_impossible_length_is_not_tried(void **state)
{
    (void)state;
    fake_token_warm_up();
    fake_token_person("1", FAKE_PIN, NULL);
    assert_ok(fake_token_sign());
    assert_true(person.requests[1].was_length);
    assert_logins("k");
}

static void a_token_without_login_still_wants_the_keys_pin(void **state)
{
    (void)state;
    fake.info.flags &= ~(CK_FLAGS)CKF_LOGIN_REQUIRED;
    fake_token_remake();
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 1);
    assert_int_equal(person.requests[0].purpose, PIN_FOR_KEY);
    assert_logins("k");
}

static void modules_that_only_store_the_attribute_sign(void **state)
{
    const CK_RV rvs[] = {CKR_USER_ALREADY_LOGGED_IN,
                         CKR_OPERATION_NOT_INITIALIZED, CKR_USER_TYPE_INVALID,
                         CKR_FUNCTION_NOT_SUPPORTED};

    (void)state;
    fake.ignores_always = true;
    fake_token_warm_up();
    for (size_t i = 0; i < N_ELEMENTS(rvs); i++) {
        fake_forget_calls();
        fake_answer(FAKE_LOGIN, rvs[i]);
        fake_token_person(FAKE_PIN, NULL, NULL);
        assert_ok(fake_token_sign());
        assert_logins("k");
    }
}

static void the_pinpad_is_used_for_each_signature(void **state)
{
    (void)state;
    fake.info.flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
    fake_token_remake();
    fake_token_warm_up();
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 0);
    /* The three calls follow one another: nobody is asked in between. */
    assert_trail("show C_SignInit C_Login C_Sign hide");
    assert_true(fake.logins[0].by_pinpad);
    assert_int_equal(person.shown.purpose, PIN_FOR_KEY);
}

static void the_message_goes_when_something_fails(void **state)
{
    const struct {
        enum fake_function function;
        CK_RV rv;
    } rows[] = {{FAKE_SIGN_INIT, CKR_DEVICE_ERROR},
                {FAKE_LOGIN, CKR_FUNCTION_CANCELED},
                {FAKE_SIGN, CKR_DEVICE_ERROR}};

    (void)state;
    fake.info.flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
    fake_token_remake();
    fake_token_warm_up();
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        fake_token_person(NULL, NULL, NULL);
        fake_answer(rows[i].function, rows[i].rv);
        assert_int_not_equal(fake_token_sign(), 0);
        assert_int_equal(person.n_shown, 1);
        assert_int_equal(person.n_hidden, 1);
    }
}

static void a_wrong_pin_on_the_reader_is_told(void **state)
{
    (void)state;
    fake.info.flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
    fake_token_remake();
    fake_token_warm_up();
    fake_answer(FAKE_LOGIN, CKR_PIN_INCORRECT);
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_shown, 2);
    assert_int_equal(person.n_hidden, 2);
    assert_true(person.shown.was_wrong);
}

static void a_client_that_shows_no_message_begins_nothing(void **state)
{
    (void)state;
    fake.info.flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
    fake_token_remake();
    fake_token_warm_up();
    person.refuses_pinpad = gpg_error(GPG_ERR_CANCELED);
    assert_code(fake_token_sign(), GPG_ERR_CANCELED);
    assert_trail("show");
}

static void a_lost_login_asks_once(void **state)
{
    (void)state;
    fake_token_warm_up();
    fake_lose_sessions();
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 1);
    assert_logins("uk");
    /* Whoever cannot be asked for the state is believed to be logged in. */
    fake_answer(FAKE_GET_SESSION_INFO, CKR_FUNCTION_NOT_SUPPORTED);
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 1);
    assert_logins("ukk");
}

static void a_derivation_asks_for_no_pin_that_nobody_checks(void **state)
{
    AUTO_SECRET shared = {0};

    (void)state;
    /* The attribute is about signing and decrypting: C_DeriveKey has no
     * beginning after which a login could come. */
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(fake_token_perform(TOKEN_DERIVE, 32, &shared));
    fake_token_person("0000", NULL, NULL);
    fake_forget_calls();
    assert_ok(fake_token_perform(TOKEN_DERIVE, 32, &shared));
    assert_int_equal(person.n_asked, fake.n_logins);
}

static void a_token_with_one_session_survives_a_wrong_pin(void **state)
{
    (void)state;
    fake.max_sessions = 1;
    fake.info.ulMaxSessionCount = 1;
    fake_token_remake();
    fake_token_warm_up();
    fake_token_person("0000", FAKE_PIN, NULL);
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 2);
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, set_up, fake_token_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_first_use_asks_once),
        TEST(each_later_use_asks_once),
        TEST(a_decryption_asks_too),
        TEST(a_wrong_pin_is_asked_again),
        TEST(a_wrong_pin_of_the_first_use_is_one_login),
        TEST(three_wrong_pins_end_it),
        TEST(a_refused_pin_is_not_tried_again),
        TEST(a_token_that_locks_itself_ends_it),
        TEST(a_pin_that_was_sent_is_not_sent_in_another_session),
        TEST(a_cancel_begins_nothing),
        TEST(a_pin_of_impossible_length_is_not_tried),
        TEST(a_token_without_login_still_wants_the_keys_pin),
        TEST(modules_that_only_store_the_attribute_sign),
        TEST(the_pinpad_is_used_for_each_signature),
        TEST(the_message_goes_when_something_fails),
        TEST(a_wrong_pin_on_the_reader_is_told),
        TEST(a_client_that_shows_no_message_begins_nothing),
        TEST(a_lost_login_asks_once),
        TEST(a_derivation_asks_for_no_pin_that_nobody_checks),
        TEST(a_token_with_one_session_survives_a_wrong_pin),
    };

    return cmocka_run_group_tests_name("key_pin", tests, fake_set_up_group,
                                       NULL);
}
