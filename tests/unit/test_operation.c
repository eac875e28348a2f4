/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of token/operation: which calls one operation makes, and what it does
 * when one of them fails. */
#include "fake_token.h"
#include "unit.h"

static void the_first_use_logs_in_and_finds_the_key(void **state)
{
    (void)state;
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 1);
    assert_int_equal(person.requests[0].reason.action, PIN_TO_SIGN);
    assert_string_equal(person.requests[0].reason.key_label, "Signing key");
    assert_string_equal(person.requests[0].token_label, "Fake token");
    assert_int_equal(fake.n_logins, 1);
    assert_int_equal(fake.calls[FAKE_SIGN], 1);
    assert_int_equal(fake.mechanism, CKM_RSA_PKCS);
    assert_span(span_of(&fake.input), FAKE_INPUT, strlen(FAKE_INPUT));
    assert_int_equal(token_login_count(token), 1);
    assert_int_equal(token_pin_state(token), TOKEN_PIN_VERIFIED);
}

static void a_warm_signature_is_two_calls(void **state)
{
    (void)state;
    fake_token_warm_up();
    assert_ok(fake_token_sign());
    assert_trail("C_SignInit C_Sign");
}

static void a_warm_decryption_is_two_calls(void **state)
{
    AUTO_SECRET plain = {0};

    (void)state;
    fake_token_warm_up();
    assert_ok(fake_token_perform(TOKEN_DECRYPT, 256, &plain));
    assert_trail("C_DecryptInit C_Decrypt");
    assert_span(secret_span(&plain), FAKE_ANSWER, strlen(FAKE_ANSWER));
    assert_int_equal(fake.mechanism, CKM_RSA_X_509);
}

static void a_token_without_login_asks_nobody(void **state)
{
    (void)state;
    fake.info.flags &= ~(CK_FLAGS)CKF_LOGIN_REQUIRED;
    fake_token_remake();
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 0);
    assert_int_equal(fake.n_logins, 0);
    assert_int_equal(token_pin_state(token), TOKEN_PIN_NONE);
}

static void a_cancel_signs_nothing(void **state)
{
    (void)state;
    fake_token_person(NULL, NULL, NULL);
    assert_code(fake_token_sign(), GPG_ERR_CANCELED);
    assert_int_equal(fake.calls[FAKE_SIGN_INIT], 0);
    assert_int_equal(fake.n_logins, 0);
}

static void a_lost_session_is_made_anew_without_a_login(void **state)
{
    const CK_RV rvs[] = {CKR_SESSION_HANDLE_INVALID, CKR_SESSION_CLOSED};
    const enum fake_function functions[] = {FAKE_SIGN_INIT, FAKE_SIGN};

    (void)state;
    fake_token_warm_up();
    for (size_t i = 0; i < N_ELEMENTS(rvs); i++) {
        for (size_t j = 0; j < N_ELEMENTS(functions); j++) {
            fake_forget_calls();
            fake_answer(functions[j], rvs[i]);
            assert_ok(fake_token_sign());
            assert_int_equal(person.n_asked, 0);
            assert_int_equal(fake.n_logins, 0);
            assert_int_equal(fake.calls[FAKE_SIGN_INIT], 2);
        }
    }
}

static void a_lost_login_is_one_more_prompt(void **state)
{
    (void)state;
    fake_token_warm_up();
    fake_lose_sessions();
    fake.first = 500;
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 1);
    assert_int_equal(fake.n_logins, 1);
    assert_int_equal(token_login_count(token), 2);
}

static void a_session_lost_twice_is_an_error(void **state)
{
    (void)state;
    fake_token_warm_up();
    fake_answer(FAKE_SIGN_INIT, CKR_SESSION_HANDLE_INVALID);
    fake_answer(FAKE_SIGN_INIT, CKR_SESSION_HANDLE_INVALID);
    assert_code(fake_token_sign(), GPG_ERR_CARD_RESET);
    assert_int_equal(fake.calls[FAKE_SIGN_INIT], 2);
    assert_int_equal(fake.n_logins, 0);
    assert_ok(fake_token_sign());
}

static void a_login_that_went_is_made_again(void **state)
{
    (void)state;
    fake_token_warm_up();
    fake.logged_in = false;
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 1);
    assert_int_equal(fake.n_logins, 1);
}

static void a_token_may_want_a_login_it_did_not_announce(void **state)
{
    (void)state;
    fake.info.flags &= ~(CK_FLAGS)CKF_LOGIN_REQUIRED;
    fake_token_remake();
    fake_answer(FAKE_SIGN_INIT, CKR_USER_NOT_LOGGED_IN);
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 1);
    assert_int_equal(fake.n_logins, 1);
    assert_int_equal(token_pin_state(token), TOKEN_PIN_VERIFIED);
}

static void never_logged_in_is_an_error_after_one_prompt(void **state)
{
    (void)state;
    fake_answer(FAKE_SIGN_INIT, CKR_USER_NOT_LOGGED_IN);
    fake_answer(FAKE_SIGN_INIT, CKR_USER_NOT_LOGGED_IN);
    fake_token_person(FAKE_PIN, FAKE_PIN, FAKE_PIN);
    assert_code(fake_token_sign(), GPG_ERR_NO_PIN);
    assert_int_equal(person.n_asked, 1);
    assert_int_equal(fake.n_logins, 1);
    assert_int_equal(fake.calls[FAKE_SIGN_INIT], 2);
}

static void a_renumbered_key_is_found_again(void **state)
{
    (void)state;
    fake_token_warm_up();
    fake.first = 500;
    assert_ok(fake_token_sign());
    assert_int_equal(fake.n_logins, 0);
    fake_answer(FAKE_SIGN_INIT, CKR_OBJECT_HANDLE_INVALID);
    assert_ok(fake_token_sign());
    assert_int_equal(fake.n_logins, 0);
}

static void a_key_that_went_is_no_secret_key(void **state)
{
    (void)state;
    fake_token_warm_up();
    private_key->is_gone = true;
    assert_code(fake_token_sign(), GPG_ERR_NO_SECKEY);
    assert_int_equal(fake.n_logins, 0);
    private_key->is_gone = false;
    assert_ok(fake_token_sign());
}

/* From then on the token is not touched. */
static void assert_removed(enum fake_function function, CK_RV rv)
{
    fake_answer(function, rv);
    assert_code(fake_token_sign(), GPG_ERR_CARD_REMOVED);
    assert_int_equal(fake.n_logins, 0);
    fake_forget_calls();
    assert_code(fake_token_sign(), GPG_ERR_CARD_REMOVED);
    assert_trail("");
}

static void a_removed_device_is_a_removed_card(void **state)
{
    const enum fake_function functions[] = {FAKE_SIGN_INIT, FAKE_SIGN};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(functions); i++) {
        fake_token_remake();
        fake_token_warm_up();
        assert_removed(functions[i], CKR_DEVICE_REMOVED);
    }
}

static void a_token_not_present_is_a_removed_card(void **state)
{
    (void)state;
    fake_token_warm_up();
    assert_removed(FAKE_SIGN_INIT, CKR_TOKEN_NOT_PRESENT);
}

static void a_device_removed_at_the_login_is_a_removed_card(void **state)
{
    (void)state;
    fake_token_person(FAKE_PIN, FAKE_PIN, NULL);
    fake_answer(FAKE_LOGIN, CKR_DEVICE_REMOVED);
    assert_code(fake_token_sign(), GPG_ERR_CARD_REMOVED);
    assert_int_equal(person.n_asked, 1);
    assert_int_equal(fake.calls[FAKE_SIGN_INIT], 0);
}

static void other_errors_are_not_tried_again(void **state)
{
    const struct {
        CK_RV rv;
        gpg_err_code_t code;
    } rows[] = {{CKR_GENERAL_ERROR, GPG_ERR_CARD},
                {CKR_FUNCTION_FAILED, GPG_ERR_CARD},
                {CKR_DEVICE_ERROR, GPG_ERR_CARD},
                {CKR_MECHANISM_INVALID, GPG_ERR_UNSUPPORTED_ALGORITHM},
                {CKR_KEY_FUNCTION_NOT_PERMITTED, GPG_ERR_WRONG_KEY_USAGE},
                {CKR_DATA_LEN_RANGE, GPG_ERR_BAD_DATA},
                {CKR_VENDOR_DEFINED | 1, GPG_ERR_CARD}};

    (void)state;
    fake_token_warm_up();
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        fake_forget_calls();
        fake_answer(FAKE_SIGN, rows[i].rv);
        assert_code(fake_token_sign(), rows[i].code);
        assert_int_equal(fake.calls[FAKE_SIGN_INIT], 1);
        assert_int_equal(fake.n_logins, 0);
    }
}

static void a_failed_operation_costs_its_session_not_the_login(void **state)
{
    (void)state;
    fake_token_warm_up();
    fake_answer(FAKE_SIGN, CKR_GENERAL_ERROR);
    assert_code(fake_token_sign(), GPG_ERR_CARD);
    assert_trail("C_SignInit C_Sign C_OpenSession C_CloseSession");
    fake_forget_calls();
    assert_ok(fake_token_sign());
    /* The key is looked for, as its handle may not be its own any more. */
    assert_int_equal(fake.calls[FAKE_FIND_INIT], 1);
    assert_int_equal(fake.calls[FAKE_OPEN_SESSION], 0);
    assert_int_equal(fake.n_logins, 0);
    fake_forget_calls();
    assert_ok(fake_token_sign());
    assert_trail("C_SignInit C_Sign");
}

static void a_jammed_session_is_replaced(void **state)
{
    (void)state;
    fake_token_warm_up();
    fake_answer(FAKE_SIGN_INIT, CKR_OPERATION_ACTIVE);
    assert_ok(fake_token_sign());
    assert_int_equal(fake.calls[FAKE_CLOSE_SESSION], 1);
    assert_int_equal(fake.n_logins, 0);
}

static void a_shorter_answer_is_cut(void **state)
{
    AUTO_SECRET answer = {0};

    (void)state;
    fake_token_warm_up();
    assert_ok(fake_token_perform(TOKEN_SIGN, 1000, &answer));
    assert_span(secret_span(&answer), FAKE_ANSWER, strlen(FAKE_ANSWER));
}

static void a_longer_answer_gets_its_room(void **state)
{
    AUTO_SECRET answer = {0};

    (void)state;
    fake_token_warm_up();
    assert_ok(fake_token_perform(TOKEN_SIGN, 1, &answer));
    assert_span(secret_span(&answer), FAKE_ANSWER, strlen(FAKE_ANSWER));
    assert_trail("C_SignInit C_Sign C_Sign");
}

static void too_small_for_ever_is_an_error(void **state)
{
    (void)state;
    fake_token_warm_up();
    /* No length with it that would explain it. */
    fake_answer(FAKE_SIGN, CKR_BUFFER_TOO_SMALL);
    assert_code(fake_token_sign(), GPG_ERR_BUFFER_TOO_SHORT);
    assert_int_equal(fake.calls[FAKE_SIGN], 1);
    assert_ok(fake_token_sign());
}

static void an_answer_of_absurd_length_is_not_made_room_for(void **state)
{
    static char huge[64 * 1024 + 1];
    AUTO_SECRET answer = {0};

    (void)state;
    fake_token_warm_up();
    fake.answer = span_make(huge, sizeof huge);
    assert_code(fake_token_perform(TOKEN_SIGN, 256, &answer),
                GPG_ERR_BUFFER_TOO_SHORT);
    assert_int_equal(fake.calls[FAKE_SIGN], 1);
}

static void a_claim_of_more_than_there_was_room_for_is_an_error(void **state)
{
    const CK_ULONG claims[] = {strlen(FAKE_ANSWER) + 1, (CK_ULONG)1 << 47,
                               CK_UNAVAILABLE_INFORMATION};

    (void)state;
    fake_token_warm_up();
    for (size_t i = 0; i < N_ELEMENTS(claims); i++) {
        fake.claimed = claims[i];
        assert_code(fake_token_sign(), GPG_ERR_CARD);
    }
    fake.claimed = 0;
    assert_ok(fake_token_sign());
}

#define TEST(name)                                           \
    cmocka_unit_test_setup_teardown(name, fake_token_set_up, \
                                    fake_token_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_first_use_logs_in_and_finds_the_key),
        TEST(a_warm_signature_is_two_calls),
        TEST(a_warm_decryption_is_two_calls),
        TEST(a_token_without_login_asks_nobody),
        TEST(a_cancel_signs_nothing),
        TEST(a_lost_session_is_made_anew_without_a_login),
        TEST(a_lost_login_is_one_more_prompt),
        TEST(a_session_lost_twice_is_an_error),
        TEST(a_login_that_went_is_made_again),
        TEST(a_token_may_want_a_login_it_did_not_announce),
        TEST(never_logged_in_is_an_error_after_one_prompt),
        TEST(a_renumbered_key_is_found_again),
        TEST(a_key_that_went_is_no_secret_key),
        TEST(a_removed_device_is_a_removed_card),
        TEST(a_token_not_present_is_a_removed_card),
        TEST(a_device_removed_at_the_login_is_a_removed_card),
        TEST(other_errors_are_not_tried_again),
        TEST(a_failed_operation_costs_its_session_not_the_login),
        TEST(a_jammed_session_is_replaced),
        TEST(a_shorter_answer_is_cut),
        TEST(a_longer_answer_gets_its_room),
        TEST(too_small_for_ever_is_an_error),
        TEST(an_answer_of_absurd_length_is_not_made_room_for),
        TEST(a_claim_of_more_than_there_was_room_for_is_an_error),
    };

    return cmocka_run_group_tests_name("operation", tests, fake_set_up_group,
                                       NULL);
}
