/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of token/change_pin and token/random: which PINs the token is shown,
 * and what is known of the login afterwards. */
#include "fake_token.h"
#include "unit.h"

#define NEW_PIN "7654321"

static gpg_error_t change(void)
{
    const struct prompter prompter = person_prompter(&person);

    fake_forget_calls();
    return token_change_pin(token, &prompter);
}

static void assert_change(size_t i, const char *old_pin, const char *new_pin)
{
    assert_true(i < fake.n_logins);
    assert_string_equal(fake.logins[i].pin, old_pin);
    assert_string_equal(fake.logins[i].new_pin, new_pin);
}

static void both_pins_are_asked_for_and_set_once(void **state)
{
    const struct pin_request *r = person.requests;

    (void)state;
    fake_token_person(FAKE_PIN, NEW_PIN, NULL);
    assert_ok(change());
    /* The session is new: is it with this token? */
    assert_trail("C_GetTokenInfo C_OpenSession C_GetSessionInfo ask ask "
                 "C_GetTokenInfo C_SetPIN C_GetSessionInfo C_GetTokenInfo");
    assert_change(0, FAKE_PIN, NEW_PIN);
    assert_int_equal(r[0].purpose, PIN_FOR_TOKEN);
    assert_int_equal(r[0].reason.action, PIN_TO_CHANGE);
    assert_string_equal(r[0].token_label, "Fake token");
    assert_int_equal(r[1].purpose, PIN_NEW);
    assert_string_equal(r[1].token_serial, "42");
    assert_int_equal(login_get_state(&token->login), LOGIN_OUT);
}

static void a_wrong_pin_is_asked_for_again_and_the_new_one_kept(void **state)
{
    (void)state;
    fake_token_person("0000", NEW_PIN, FAKE_PIN);
    assert_ok(change());
    assert_int_equal(person.n_asked, 3);
    assert_true(person.requests[2].was_wrong);
    assert_int_equal(person.requests[2].purpose, PIN_FOR_TOKEN);
    assert_int_equal(person.requests[2].tries, PIN_TRIES_FEW);
    assert_int_equal(fake.n_logins, 2);
    assert_change(0, "0000", NEW_PIN);
    assert_change(1, FAKE_PIN, NEW_PIN);
}

static void three_wrong_pins_are_the_end(void **state)
{
    (void)state;
    fake.tries_left = 9;
    fake_token_person("0000", NEW_PIN, "1111");
    person.types[3] = "2222";
    assert_code(change(), GPG_ERR_BAD_PIN);
    assert_int_equal(person.n_asked, 4);
    assert_int_equal(fake.n_logins, 3);
    assert_string_equal(fake.pin, FAKE_PIN);
}

static void the_same_wrong_pin_is_not_sent_again(void **state)
{
    (void)state;
    fake_token_person("0000", NEW_PIN, "0000");
    person.types[3] = "0000";
    assert_code(change(), GPG_ERR_BAD_PIN);
    assert_int_equal(fake.n_logins, 1);
}

static void a_token_that_locks_is_not_tried_again(void **state)
{
    (void)state;
    fake.tries_left = 1;
    fake_token_person("0000", NEW_PIN, NULL);
    assert_code(change(), GPG_ERR_PIN_BLOCKED);
    assert_int_equal(fake.n_logins, 1);
    assert_int_equal(person.n_asked, 2);
    fake_token_person(NULL, NULL, NULL);
    assert_code(change(), GPG_ERR_PIN_BLOCKED);
    assert_trail("C_GetTokenInfo");
}

static void a_new_pin_of_a_wrong_length_is_asked_for_again(void **state)
{
    (void)state;
    fake_token_person(FAKE_PIN, "123", "123456789");
    person.types[3] = NEW_PIN;
    assert_ok(change());
    assert_true(person.requests[2].was_length);
    assert_int_equal(person.requests[2].purpose, PIN_NEW);
    assert_int_equal(person.requests[2].tries, PIN_TRIES_UNKNOWN);
    assert_int_equal(person.requests[3].purpose, PIN_NEW);
    assert_int_equal(fake.n_logins, 1);
    fake_token_person(NEW_PIN, "1", "2");
    person.types[3] = "3";
    assert_code(change(), GPG_ERR_INV_PASSPHRASE);
    assert_int_equal(person.n_asked, 4);
    assert_int_equal(fake.n_logins, 0);
}

static void who_types_nothing_changes_nothing(void **state)
{
    static const char *const pins[][2] = {
        {NULL, NULL}, {"", NULL}, {FAKE_PIN, NULL}, {FAKE_PIN, ""}};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(pins); i++) {
        fake_token_person(pins[i][0], pins[i][1], NULL);
        assert_code(change(), GPG_ERR_CANCELED);
        assert_int_equal(fake.n_logins, 0);
    }
}

/* Whatever C_SetPIN says but that the current PIN was wrong: it is not called
 * again, and the person is not asked again. */
static void no_other_answer_is_tried_again(void **state)
{
    static const struct {
        CK_RV rv;
        gpg_err_code_t code;
    } rows[] = {
        {CKR_PIN_INVALID, GPG_ERR_INV_PASSPHRASE},
        {CKR_PIN_LEN_RANGE, GPG_ERR_INV_PASSPHRASE},
        {CKR_PIN_TOO_WEAK, GPG_ERR_INV_PASSPHRASE},
        {CKR_PIN_LOCKED, GPG_ERR_PIN_BLOCKED},
        {CKR_TOKEN_WRITE_PROTECTED, GPG_ERR_EACCES},
        {CKR_USER_NOT_LOGGED_IN, GPG_ERR_NO_PIN},
        {CKR_FUNCTION_NOT_SUPPORTED, GPG_ERR_NOT_SUPPORTED},
        {CKR_SESSION_HANDLE_INVALID, GPG_ERR_CARD_RESET},
        {CKR_SESSION_READ_ONLY, GPG_ERR_NOT_SUPPORTED},
        {CKR_GENERAL_ERROR, GPG_ERR_CARD},
        {CKR_DEVICE_REMOVED, GPG_ERR_CARD_REMOVED},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        fake_token_remake();
        fake_token_person(FAKE_PIN, NEW_PIN, NULL);
        fake_answer(FAKE_SET_PIN, rows[i].rv);
        assert_code(change(), rows[i].code);
        assert_int_equal(fake.n_logins, 1);
        assert_int_equal(person.n_asked, 2);
    }
}

static void without_a_session_to_write_nobody_is_asked(void **state)
{
    (void)state;
    fake_answer(FAKE_OPEN_SESSION, CKR_TOKEN_WRITE_PROTECTED);
    assert_code(change(), GPG_ERR_EACCES);
    assert_int_equal(person.n_asked, 0);
}

static void without_a_pin_nobody_is_asked(void **state)
{
    (void)state;
    fake.info.flags &= ~(CK_FLAGS)CKF_USER_PIN_INITIALIZED;
    assert_code(change(), GPG_ERR_CARD_NOT_INITIALIZED);
    assert_int_equal(person.n_asked, 0);
}

static void the_pinpad_takes_both(void **state)
{
    (void)state;
    fake.info.flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
    assert_ok(change());
    assert_trail("C_GetTokenInfo C_OpenSession C_GetSessionInfo show "
                 "C_GetTokenInfo C_SetPIN C_GetSessionInfo C_GetTokenInfo "
                 "hide");
    assert_true(fake.logins[0].by_pinpad);
    assert_int_equal(person.shown.purpose, PIN_BOTH);
    assert_int_equal(person.n_asked, 0);
    person.refuses_pinpad = gpg_error(GPG_ERR_CANCELED);
    assert_code(change(), GPG_ERR_CANCELED);
    assert_int_equal(fake.n_logins, 0);
    /* The configuration forbids it. */
    token->login.allow_pinpad = false;
    fake_token_person(FAKE_PIN, NEW_PIN, NULL);
    assert_ok(change());
    assert_change(0, FAKE_PIN, NEW_PIN);
}

static void a_login_lasts_if_the_module_keeps_it(void **state)
{
    (void)state;
    fake_token_warm_up();
    fake_token_person(FAKE_PIN, NEW_PIN, NULL);
    assert_ok(change());
    assert_int_equal(login_get_state(&token->login), LOGIN_IN);
    fake_token_person(NULL, NULL, NULL);
    assert_ok(fake_token_sign());
}

static void a_login_that_the_module_ends_is_not_believed_in(void **state)
{
    (void)state;
    fake_token_warm_up();
    fake.set_pin_logs_out = true;
    fake_token_person(FAKE_PIN, NEW_PIN, NULL);
    assert_ok(change());
    assert_int_equal(login_get_state(&token->login), LOGIN_OUT);
    fake_token_person(NEW_PIN, NULL, NULL);
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 1);
    /* A module that does not tell. */
    fake_token_person(NEW_PIN, FAKE_PIN, NULL);
    fake_answer(FAKE_GET_SESSION_INFO, CKR_FUNCTION_NOT_SUPPORTED);
    fake_answer(FAKE_GET_SESSION_INFO, CKR_FUNCTION_NOT_SUPPORTED);
    assert_ok(change());
    assert_int_equal(login_get_state(&token->login), LOGIN_UNKNOWN);
}

static void *log_in(void *context)
{
    struct person *other = context;
    const struct prompter prompter = person_prompter(other);

    assert_ok(token_verify_pin(token, &prompter));
    return NULL;
}

/* A second client wants to log in meanwhile, and knows only the new PIN. */
static struct {
    struct person person;
    pthread_t thread;
} other;

static void start_the_other(void *context)
{
    (void)context;
    if (person.n_asked != 1)
        return;
    fake_reset_waits();
    assert_int_equal(pthread_create(&other.thread, NULL, log_in, &other.person),
                     0);
    fake_await_waits(1);
}

static void others_wait_for_the_new_pin(void **state)
{
    (void)state;
    memset(&other, 0, sizeof other);
    other.person.types[0] = NEW_PIN;
    fake_token_person(FAKE_PIN, NEW_PIN, NULL);
    person.before_typing = start_the_other;
    assert_ok(change());
    assert_int_equal(pthread_join(other.thread, NULL), 0);
    assert_int_equal(other.person.n_asked, 1);
    assert_int_equal(login_get_state(&token->login), LOGIN_IN);
}

static void log_out(void)
{
    const struct prompter prompter = person_prompter(&person);

    token_log_out(token, &prompter);
}

static void after_a_logout_the_pin_is_asked_for(void **state)
{
    (void)state;
    fake_token_warm_up();
    log_out();
    assert_trail("C_Logout");
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 1);
}

static void forget(void *context)
{
    (void)context;
    log_out();
}

/* What that login came to is asked of the token. */
static void a_logout_counts_for_who_is_just_logging_in(void **state)
{
    const struct prompter prompter = person_prompter(&person);

    (void)state;
    fake_token_person(FAKE_PIN, NULL, NULL);
    person.before_typing = forget;
    assert_ok(token_verify_pin(token, &prompter));
    assert_int_equal(login_get_state(&token->login), LOGIN_UNKNOWN);
}

static void random_numbers_are_the_tokens(void **state)
{
    AUTO_SECRET random = {0};

    (void)state;
    assert_code(token_random(token, 3, &random), GPG_ERR_NOT_SUPPORTED);
    assert_trail("");
    fake.info.flags |= CKF_RNG;
    fake_token_remake();
    fake_answer(FAKE_RANDOM, CKR_SESSION_HANDLE_INVALID);
    assert_ok(token_random(token, 3, &random));
    assert_span(secret_span(&random), "\4\4\4", 3);
    fake_answer(FAKE_RANDOM, CKR_RANDOM_NO_RNG);
    assert_code(token_random(token, 3, &random), GPG_ERR_NOT_SUPPORTED);
    assert_span(secret_span(&random), "\4\4\4", 3);
    assert_int_equal(fake.n_logins, 0);
}

#define TEST(name)                                           \
    cmocka_unit_test_setup_teardown(name, fake_token_set_up, \
                                    fake_token_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(both_pins_are_asked_for_and_set_once),
        TEST(a_wrong_pin_is_asked_for_again_and_the_new_one_kept),
        TEST(three_wrong_pins_are_the_end),
        TEST(the_same_wrong_pin_is_not_sent_again),
        TEST(a_token_that_locks_is_not_tried_again),
        TEST(a_new_pin_of_a_wrong_length_is_asked_for_again),
        TEST(who_types_nothing_changes_nothing),
        TEST(no_other_answer_is_tried_again),
        TEST(without_a_session_to_write_nobody_is_asked),
        TEST(without_a_pin_nobody_is_asked),
        TEST(the_pinpad_takes_both),
        TEST(a_login_lasts_if_the_module_keeps_it),
        TEST(a_login_that_the_module_ends_is_not_believed_in),
        TEST(others_wait_for_the_new_pin),
        TEST(after_a_logout_the_pin_is_asked_for),
        TEST(a_logout_counts_for_who_is_just_logging_in),
        TEST(random_numbers_are_the_tokens),
    };

    return cmocka_run_group_tests_name("change_pin", tests, fake_set_up_group,
                                       NULL);
}
