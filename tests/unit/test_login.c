/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of token/login: how often a token is shown a PIN, and which. */
#include "fake_module.h"
#include "fake_person.h"
#include "token/login.h"
#include "unit.h"

static struct sessions sessions;
static struct login login;
static struct person person;

static const struct pin_reason reason = {PIN_TO_SIGN, "Signing key"};

static int set_up(void **state)
{
    (void)fake_set_up(state);
    memset(&person, 0, sizeof person);
    sessions_init(&sessions, &fake.module, FAKE_SLOT, CK_EFFECTIVELY_INFINITE);
    login_init(&login, &sessions, &fake.info);
    login.token_label = "Fake token";
    login.token_serial = "42";
    return 0;
}

static int tear_down(void **state)
{
    login_done(&login);
    sessions_done(&sessions);
    return fake_tear_down(state);
}

static void person_types(const char *first, const char *second,
                         const char *third)
{
    memset(&person, 0, sizeof person);
    person.types[0] = first;
    person.types[1] = second;
    person.types[2] = third;
}

static gpg_error_t ensure(void)
{
    const struct prompter prompter = person_prompter(&person);

    return login_ensure(&login, &prompter, &reason, NULL);
}

static void assert_login(size_t i, const char *pin)
{
    assert_true(i < fake.n_logins);
    assert_int_equal(fake.logins[i].user, CKU_USER);
    assert_string_equal(fake.logins[i].pin, pin);
}

static void the_right_pin_is_one_login(void **state)
{
    AUTO_PIN pin = {0};
    const struct prompter prompter = person_prompter(&person);

    (void)state;
    person_types(FAKE_PIN, NULL, NULL);
    assert_ok(login_ensure(&login, &prompter, &reason, &pin));
    assert_int_equal(person.n_asked, 1);
    assert_int_equal(fake.n_logins, 1);
    assert_login(0, FAKE_PIN);
    assert_span(secret_span(&pin.value), FAKE_PIN, strlen(FAKE_PIN));
    assert_int_equal(login_get_state(&login), LOGIN_IN);
    assert_true(fake.logged_in);
}

static void what_is_asked_says_for_what(void **state)
{
    const struct pin_request *r = &person.requests[0];

    (void)state;
    person_types(FAKE_PIN, NULL, NULL);
    assert_ok(ensure());
    assert_int_equal(r->purpose, PIN_FOR_TOKEN);
    assert_string_equal(r->token_label, "Fake token");
    assert_string_equal(r->token_serial, "42");
    assert_int_equal(r->reason.action, PIN_TO_SIGN);
    assert_string_equal(r->reason.key_label, "Signing key");
    assert_int_equal(r->tries, PIN_TRIES_UNKNOWN);
    assert_false(r->was_wrong);
    assert_false(r->was_length);
    assert_int_equal(r->min_len, 4);
    assert_int_equal(r->max_len, 8);
}

static void once_logged_in_nobody_is_asked(void **state)
{
    AUTO_PIN pin = {0};
    const struct prompter prompter = person_prompter(&person);

    (void)state;
    person_types(FAKE_PIN, NULL, NULL);
    assert_ok(ensure());
    fake_forget_calls();
    assert_ok(login_ensure(&login, &prompter, &reason, &pin));
    assert_trail("");
    assert_int_equal(pin.value.len, 0);
}

static void wrong_then_right_is_two_logins(void **state)
{
    (void)state;
    person_types("0000", FAKE_PIN, NULL);
    assert_ok(ensure());
    assert_int_equal(person.n_asked, 2);
    assert_false(person.requests[0].was_wrong);
    assert_true(person.requests[1].was_wrong);
    assert_false(person.requests[1].was_length);
    assert_int_equal(person.requests[1].tries, PIN_TRIES_FEW);
    assert_int_equal(fake.n_logins, 2);
    assert_login(0, "0000");
    assert_login(1, FAKE_PIN);
}

static void the_last_try_is_told(void **state)
{
    (void)state;
    person_types("0000", "1111", FAKE_PIN);
    assert_ok(ensure());
    assert_int_equal(person.n_asked, 3);
    assert_true(person.requests[2].was_wrong);
    assert_int_equal(person.requests[2].tries, PIN_TRIES_LAST);
    assert_int_equal(fake.n_logins, 3);
}

static void three_wrong_pins_are_three_logins(void **state)
{
    (void)state;
    fake.tries_left = 10;
    person_types("0000", "1111", "2222");
    assert_code(ensure(), GPG_ERR_BAD_PIN);
    assert_int_equal(person.n_asked, 3);
    assert_int_equal(fake.n_logins, 3);
    assert_int_equal(login_get_state(&login), LOGIN_OUT);
    /* And the next operation may ask again. */
    person_types(FAKE_PIN, NULL, NULL);
    assert_ok(ensure());
}

static void a_refused_pin_is_not_tried_again(void **state)
{
    (void)state;
    fake.tries_left = 10;
    person_types("0000", "0000", "0000");
    assert_code(ensure(), GPG_ERR_BAD_PIN);
    assert_int_equal(person.n_asked, 3);
    assert_int_equal(fake.n_logins, 1);
    assert_true(person.requests[2].was_wrong);
}

static void other_words_for_a_wrong_pin_are_known(void **state)
{
    const CK_RV rvs[] = {CKR_PIN_INCORRECT, CKR_PIN_INVALID, CKR_PIN_LEN_RANGE};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rvs); i++) {
        fake.logged_in = false;
        login_set_state(&login, LOGIN_OUT);
        fake_forget_calls();
        fake_answer(FAKE_LOGIN, rvs[i]);
        person_types("0000", FAKE_PIN, NULL);
        assert_ok(ensure());
        assert_true(person.requests[1].was_wrong);
        assert_int_equal(fake.n_logins, 2);
    }
}

static void a_token_that_locks_itself_is_not_asked_again(void **state)
{
    (void)state;
    fake.tries_left = 1;
    person_types("0000", FAKE_PIN, NULL);
    assert_code(ensure(), GPG_ERR_PIN_BLOCKED);
    assert_int_equal(person.n_asked, 1);
    assert_int_equal(fake.n_logins, 1);
}

static void pin_locked_from_login_ends_it(void **state)
{
    (void)state;
    fake_answer(FAKE_LOGIN, CKR_PIN_LOCKED);
    person_types(FAKE_PIN, FAKE_PIN, NULL);
    assert_code(ensure(), GPG_ERR_PIN_BLOCKED);
    assert_int_equal(person.n_asked, 1);
    assert_int_equal(fake.n_logins, 1);
}

static void a_locked_token_is_left_alone(void **state)
{
    (void)state;
    fake.info.flags |= CKF_USER_PIN_LOCKED;
    person_types(FAKE_PIN, NULL, NULL);
    assert_code(ensure(), GPG_ERR_PIN_BLOCKED);
    assert_int_equal(person.n_asked, 0);
    assert_int_equal(fake.n_logins, 0);
}

static void a_locked_token_shows_no_pinpad_message(void **state)
{
    (void)state;
    login.allow_pinpad = true;
    fake.info.flags |= CKF_USER_PIN_LOCKED | CKF_PROTECTED_AUTHENTICATION_PATH;
    assert_code(ensure(), GPG_ERR_PIN_BLOCKED);
    assert_int_equal(person.n_shown, 0);
    assert_int_equal(fake.n_logins, 0);
}

static void flags_of_the_token_reach_the_person(void **state)
{
    const struct {
        CK_FLAGS flags;
        enum pin_tries tries;
    } rows[] = {
        {0, PIN_TRIES_UNKNOWN},
        {CKF_USER_PIN_COUNT_LOW, PIN_TRIES_FEW},
        {CKF_USER_PIN_FINAL_TRY, PIN_TRIES_LAST},
        {CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY, PIN_TRIES_LAST},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        fake.info.flags &=
            ~(CK_FLAGS)(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY);
        fake.info.flags |= rows[i].flags;
        person_types(NULL, NULL, NULL);
        assert_code(ensure(), GPG_ERR_CANCELED);
        assert_int_equal(person.requests[0].tries, rows[i].tries);
    }
}

static void a_pin_of_impossible_length_is_not_tried(void **state)
{
    (void)state;
    person_types("123", "123456789", FAKE_PIN);
    assert_ok(ensure());
    assert_int_equal(person.n_asked, 3);
    assert_false(person.requests[0].was_length);
    assert_true(person.requests[1].was_length);
    assert_true(person.requests[2].was_length);
    assert_false(person.requests[1].was_wrong);
    assert_int_equal(fake.n_logins, 1);
    assert_login(0, FAKE_PIN);
}

static void lengths_and_wrong_pins_are_three_prompts_together(void **state)
{
    (void)state;
    person_types("0000", "123", "1111");
    assert_code(ensure(), GPG_ERR_BAD_PIN);
    assert_int_equal(person.n_asked, 3);
    assert_true(person.requests[1].was_wrong);
    assert_true(person.requests[2].was_length);
    assert_false(person.requests[2].was_wrong);
    assert_int_equal(fake.n_logins, 2);
    person_types("1", "2", "3");
    fake_forget_calls();
    assert_code(ensure(), GPG_ERR_BAD_PIN);
    assert_int_equal(person.n_asked, 3);
    assert_int_equal(fake.n_logins, 0);
}

static void the_shortest_and_the_longest_pin_are_tried(void **state)
{
    (void)state;
    person_types("1234", "12345678", NULL);
    assert_code(ensure(), GPG_ERR_CANCELED);
    assert_int_equal(fake.n_logins, 2);
    assert_login(0, "1234");
    assert_login(1, "12345678");
}

static void lengths_that_mean_nothing_are_not_checked(void **state)
{
    const struct {
        CK_ULONG min;
        CK_ULONG max;
    } rows[] = {{0, CK_UNAVAILABLE_INFORMATION},
                {CK_UNAVAILABLE_INFORMATION, CK_UNAVAILABLE_INFORMATION},
                {0, 0},
                {8, 4}};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        fake.logged_in = false;
        login_set_state(&login, LOGIN_OUT);
        fake_forget_calls();
        fake.info.ulMinPinLen = rows[i].min;
        fake.info.ulMaxPinLen = rows[i].max;
        (void)snprintf(fake.pin, sizeof fake.pin, "a long pass phrase, say");
        person_types(fake.pin, NULL, NULL);
        assert_ok(ensure());
        assert_int_equal(person.requests[0].min_len, 0);
        assert_int_equal(person.requests[0].max_len, 0);
        assert_int_equal(fake.n_logins, 1);
    }
}

static void an_empty_pin_is_a_cancel(void **state)
{
    (void)state;
    fake.info.ulMinPinLen = 0;
    person_types("", NULL, NULL);
    assert_code(ensure(), GPG_ERR_CANCELED);
    assert_int_equal(person.n_asked, 1);
    assert_int_equal(fake.n_logins, 0);
}

static void a_cancel_is_no_login(void **state)
{
    (void)state;
    person_types(NULL, NULL, NULL);
    assert_code(ensure(), GPG_ERR_CANCELED);
    assert_int_equal(fake.n_logins, 0);
    assert_int_equal(login_get_state(&login), LOGIN_OUT);
    person_types("0000", NULL, NULL);
    assert_code(ensure(), GPG_ERR_CANCELED);
    assert_int_equal(fake.n_logins, 1);
    assert_int_equal(fake.tries_left, 2);
}

static void already_logged_in_is_success(void **state)
{
    (void)state;
    fake_answer(FAKE_LOGIN, CKR_USER_ALREADY_LOGGED_IN);
    person_types(FAKE_PIN, NULL, NULL);
    assert_ok(ensure());
    assert_int_equal(fake.n_logins, 1);
    assert_int_equal(login_get_state(&login), LOGIN_IN);
}

static void a_session_that_is_logged_in_saves_the_prompt(void **state)
{
    (void)state;
    fake.logged_in = true;
    assert_ok(ensure());
    assert_int_equal(person.n_asked, 0);
    assert_int_equal(fake.n_logins, 0);
    assert_int_equal(login_get_state(&login), LOGIN_IN);
}

static void dead_sessions_are_replaced_before_the_prompt(void **state)
{
    (void)state;
    person_types(FAKE_PIN, NULL, NULL);
    assert_ok(ensure());
    fake_lose_sessions();
    login_set_state(&login, LOGIN_UNKNOWN);
    fake_forget_calls();
    person_types(FAKE_PIN, NULL, NULL);
    assert_ok(ensure());
    assert_trail("C_GetSessionInfo C_OpenSession C_GetSessionInfo "
                 "C_GetTokenInfo ask C_Login");
}

static void a_token_that_is_gone_asks_nobody(void **state)
{
    (void)state;
    fake_answer(FAKE_OPEN_SESSION, CKR_DEVICE_REMOVED);
    assert_code(ensure(), GPG_ERR_CARD_REMOVED);
    fake_answer(FAKE_GET_SESSION_INFO, CKR_DEVICE_REMOVED);
    assert_code(ensure(), GPG_ERR_CARD_REMOVED);
    fake_answer(FAKE_GET_TOKEN_INFO, CKR_DEVICE_REMOVED);
    assert_code(ensure(), GPG_ERR_CARD_REMOVED);
    assert_int_equal(person.n_asked, 0);
    assert_int_equal(fake.n_logins, 0);
}

static void another_token_in_the_slot_asks_nobody(void **state)
{
    (void)state;
    fake.info.label[0] ^= 1;
    assert_code(ensure(), GPG_ERR_CARD_REMOVED);
    assert_int_equal(person.n_asked, 0);
    assert_int_equal(fake.n_logins, 0);
}

/* Another client has found out that the sessions are gone. */
static void exchange_token(void *context)
{
    struct session *session = NULL;

    (void)context;
    assert_int_equal(sessions_borrow(&sessions, false, &session), CKR_OK);
    fake_lose_sessions();
    sessions_forget(&sessions, session);
    fake.info.serialNumber[0] ^= 1;
}

static void a_token_that_came_meanwhile_gets_no_pin(void **state)
{
    (void)state;
    person_types(FAKE_PIN, NULL, NULL);
    person.before_typing = exchange_token;
    assert_code(ensure(), GPG_ERR_CARD_REMOVED);
    assert_int_equal(person.n_asked, 1);
    assert_int_equal(fake.n_logins, 0);
}

static void a_module_without_session_info_still_logs_in(void **state)
{
    (void)state;
    fake.functions.C_GetSessionInfo = NULL;
    person_types(FAKE_PIN, NULL, NULL);
    assert_ok(ensure());
    assert_int_equal(fake.n_logins, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_right_pin_is_one_login),
        TEST(what_is_asked_says_for_what),
        TEST(once_logged_in_nobody_is_asked),
        TEST(wrong_then_right_is_two_logins),
        TEST(the_last_try_is_told),
        TEST(three_wrong_pins_are_three_logins),
        TEST(a_refused_pin_is_not_tried_again),
        TEST(other_words_for_a_wrong_pin_are_known),
        TEST(a_token_that_locks_itself_is_not_asked_again),
        TEST(pin_locked_from_login_ends_it),
        TEST(a_locked_token_is_left_alone),
        TEST(a_locked_token_shows_no_pinpad_message),
        TEST(flags_of_the_token_reach_the_person),
        TEST(a_pin_of_impossible_length_is_not_tried),
        TEST(lengths_and_wrong_pins_are_three_prompts_together),
        TEST(the_shortest_and_the_longest_pin_are_tried),
        TEST(lengths_that_mean_nothing_are_not_checked),
        TEST(an_empty_pin_is_a_cancel),
        TEST(a_cancel_is_no_login),
        TEST(already_logged_in_is_success),
        TEST(a_session_that_is_logged_in_saves_the_prompt),
        TEST(dead_sessions_are_replaced_before_the_prompt),
        TEST(a_token_that_is_gone_asks_nobody),
        TEST(another_token_in_the_slot_asks_nobody),
        TEST(a_token_that_came_meanwhile_gets_no_pin),
        TEST(a_module_without_session_info_still_logs_in),
    };

    return cmocka_run_group_tests_name("login", tests, fake_set_up_group, NULL);
}
