/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of token/login with a token that has its own keys for the PIN. */
#include "fake_module.h"
#include "fake_person.h"
#include "token/pins.h"
#include "unit.h"

static struct sessions sessions;
static struct login login;
static struct person person;

static const struct pin_reason reason = {PIN_TO_SIGN, "Signing key"};

static int set_up(void **state)
{
    (void)fake_set_up(state);
    fake.info.flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
    memset(&person, 0, sizeof person);
    sessions_init(&sessions, &fake.module, FAKE_SLOT, CK_EFFECTIVELY_INFINITE);
    login_init(&login, &sessions, &fake.info);
    login.allow_pinpad = true;
    login.token_label = "Fake token";
    return 0;
}

static int tear_down(void **state)
{
    login_done(&login);
    sessions_done(&sessions);
    return fake_tear_down(state);
}

static gpg_error_t ensure(void)
{
    const struct prompter prompter = person_prompter(&person);

    return login_ensure(&login, &prompter, &reason, NULL);
}

static void a_message_is_shown_around_the_login(void **state)
{
    (void)state;
    fake.info.flags |= CKF_USER_PIN_COUNT_LOW;
    assert_ok(ensure());
    assert_trail("C_OpenSession C_GetSessionInfo C_GetTokenInfo show C_Login "
                 "hide C_GetTokenInfo");
    assert_true(fake.logins[0].by_pinpad);
    assert_int_equal(fake.logins[0].user, CKU_USER);
    assert_int_equal(person.n_asked, 0);
    assert_string_equal(person.shown.token_label, "Fake token");
    assert_int_equal(person.shown.tries, PIN_TRIES_FEW);
    assert_int_equal(login_get_state(&login), LOGIN_IN);
}

static void the_configuration_can_forbid_it(void **state)
{
    (void)state;
    login.allow_pinpad = false;
    person.types[0] = FAKE_PIN;
    assert_ok(ensure());
    assert_int_equal(person.n_shown, 0);
    assert_int_equal(fake.n_logins, 1);
    assert_false(fake.logins[0].by_pinpad);
}

static void a_token_without_one_is_asked_for_a_pin(void **state)
{
    (void)state;
    fake.info.flags &= ~(CK_FLAGS)CKF_PROTECTED_AUTHENTICATION_PATH;
    person.types[0] = FAKE_PIN;
    assert_ok(ensure());
    assert_int_equal(person.n_shown, 0);
    assert_false(fake.logins[0].by_pinpad);
}

static void every_end_takes_the_message_away(void **state)
{
    const struct {
        CK_RV rv;
        gpg_err_code_t code;
    } rows[] = {{CKR_PIN_INCORRECT, GPG_ERR_BAD_PIN},
                {CKR_PIN_LOCKED, GPG_ERR_PIN_BLOCKED},
                {CKR_FUNCTION_CANCELED, GPG_ERR_CANCELED},
                {CKR_CANCEL, GPG_ERR_CANCELED},
                {CKR_DEVICE_REMOVED, GPG_ERR_CARD_REMOVED},
                {CKR_DEVICE_ERROR, GPG_ERR_CARD}};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        memset(&person, 0, sizeof person);
        fake_forget_calls();
        fake_answer(FAKE_LOGIN, rows[i].rv);
        assert_code(ensure(), rows[i].code);
        assert_int_equal(fake.n_logins, 1);
        assert_int_equal(person.n_shown, 1);
        assert_int_equal(person.n_hidden, 1);
        assert_int_equal(login_get_state(&login), LOGIN_OUT);
    }
}

static void a_client_that_shows_nothing_stops_it(void **state)
{
    (void)state;
    person.refuses_pinpad = gpg_error(GPG_ERR_CANCELED);
    assert_code(ensure(), GPG_ERR_CANCELED);
    assert_int_equal(fake.n_logins, 0);
    assert_int_equal(person.n_hidden, 0);
}

static void logged_in_already_shows_nothing(void **state)
{
    (void)state;
    fake.logged_in = true;
    assert_ok(ensure());
    assert_int_equal(person.n_shown, 0);
    assert_int_equal(fake.n_logins, 0);
}

static void a_message_is_taken_away_once(void **state)
{
    const struct prompter prompter = person_prompter(&person);
    AUTO_PINS pins = {.login = &login,
                      .prompter = &prompter,
                      .reason = &reason,
                      .purpose = PIN_FOR_KEY};

    (void)state;
    assert_ok(pins_show_message(&pins));
    assert_int_equal(person.shown.purpose, PIN_FOR_KEY);
    assert_int_equal(person.n_hidden, 0);
    pins_hide_message(&pins);
    pins_hide_message(&pins);
    assert_int_equal(person.n_hidden, 1);
}

static void a_locked_token_shows_nothing(void **state)
{
    const struct prompter prompter = person_prompter(&person);
    AUTO_PINS pins = {.login = &login,
                      .prompter = &prompter,
                      .reason = &reason,
                      .purpose = PIN_FOR_KEY};

    (void)state;
    fake.info.flags |= CKF_USER_PIN_LOCKED;
    (void)login_refresh_info(&login);
    assert_code(pins_show_message(&pins), GPG_ERR_PIN_BLOCKED);
    assert_int_equal(person.n_shown, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_message_is_shown_around_the_login),
        TEST(the_configuration_can_forbid_it),
        TEST(a_token_without_one_is_asked_for_a_pin),
        TEST(every_end_takes_the_message_away),
        TEST(a_client_that_shows_nothing_stops_it),
        TEST(logged_in_already_shows_nothing),
        TEST(a_message_is_taken_away_once),
        TEST(a_locked_token_shows_nothing),
    };

    return cmocka_run_group_tests_name("pinpad", tests, fake_set_up_group,
                                       NULL);
}
