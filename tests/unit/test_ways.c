/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of token/operation with a token that refuses a mechanism, and of keys
 * that are to be searched for again. */
#include "fake_token.h"
#include "unit.h"

#define BLOCK "the same, padded"

static const struct token_request both_ways = {.action = TOKEN_SIGN,
                                               .mech = MECH_RSA_PKCS,
                                               .max_output = 256,
                                               .other_mech = MECH_RSA_X_509};

static gpg_error_t sign(enum mech *ret_mech)
{
    const struct prompter prompter = person_prompter(&person);
    struct token_request request = both_ways;
    AUTO_SECRET answer = {0};

    request.input = span_str(FAKE_INPUT);
    request.other_input = span_str(BLOCK);
    return token_perform(token, &locator, &request, &prompter, &answer,
                         ret_mech);
}

static void assert_signed(enum mech expected)
{
    enum mech mech = MECH_NONE;

    assert_ok(sign(&mech));
    assert_int_equal(mech, expected);
    assert_int_equal(fake.mechanism, mech_type(expected));
    if (expected == MECH_RSA_PKCS)
        assert_span(span_of(&fake.input), FAKE_INPUT, strlen(FAKE_INPUT));
    else
        assert_span(span_of(&fake.input), BLOCK, strlen(BLOCK));
}

static void the_first_way_is_taken_if_it_can_be(void **state)
{
    (void)state;
    fake_token_warm_up();
    assert_signed(MECH_RSA_PKCS);
    assert_trail("C_SignInit C_Sign");
}

/* Some modules find out when they begin, some when they sign. */
static void a_refused_mechanism_is_tried_once(void **state)
{
    const enum fake_function functions[] = {FAKE_SIGN_INIT, FAKE_SIGN};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(functions); i++) {
        token_forget_keys(token);
        fake_token_warm_up();
        fake_answer(functions[i], CKR_MECHANISM_INVALID);
        assert_signed(MECH_RSA_X_509);
        fake_forget_calls();
        assert_signed(MECH_RSA_X_509);
        assert_trail("C_SignInit C_Sign");
        assert_int_equal(person.n_asked, 0);
    }
}

static void one_mechanism_is_not_another(void **state)
{
    AUTO_SECRET plain = {0};

    (void)state;
    fake_token_warm_up();
    fake_answer(FAKE_SIGN_INIT, CKR_MECHANISM_INVALID);
    assert_signed(MECH_RSA_X_509);
    /* A request with one way only is not touched by that. */
    fake_forget_calls();
    assert_ok(fake_token_sign());
    assert_trail("C_SignInit C_Sign");
    assert_int_equal(fake.mechanism, CKM_RSA_PKCS);
    assert_ok(fake_token_perform(TOKEN_DECRYPT, 256, &plain));
}

/* RSA_PKCS that decrypts need not sign. */
static void one_action_is_not_another(void **state)
{
    const struct prompter prompter = person_prompter(&person);
    struct token_request request = both_ways;
    enum mech mech = MECH_NONE;
    AUTO_SECRET plain = {0};

    (void)state;
    fake_token_warm_up();
    fake_answer(FAKE_SIGN_INIT, CKR_MECHANISM_INVALID);
    assert_signed(MECH_RSA_X_509);
    request.action = TOKEN_DECRYPT;
    request.input = request.other_input = span_str(FAKE_INPUT);
    assert_ok(
        token_perform(token, &locator, &request, &prompter, &plain, &mech));
    assert_int_equal(mech, MECH_RSA_PKCS);
}

static void without_any_way_it_is_an_error_and_tried_anew(void **state)
{
    enum mech mech = MECH_NONE;

    (void)state;
    fake_token_warm_up();
    fake_answer(FAKE_SIGN_INIT, CKR_MECHANISM_INVALID);
    fake_answer(FAKE_SIGN_INIT, CKR_MECHANISM_INVALID);
    assert_code(sign(&mech), GPG_ERR_UNSUPPORTED_ALGORITHM);
    assert_int_equal(mech, MECH_NONE);
    assert_int_equal(fake.calls[FAKE_SIGN_INIT], 2);
    assert_signed(MECH_RSA_PKCS);
}

static void other_refusals_do_not_change_the_way(void **state)
{
    enum mech mech = MECH_NONE;

    (void)state;
    fake_token_warm_up();
    fake_answer(FAKE_SIGN_INIT, CKR_GENERAL_ERROR);
    assert_code(sign(&mech), GPG_ERR_CARD);
    assert_int_equal(fake.calls[FAKE_SIGN_INIT], 1);
    assert_signed(MECH_RSA_PKCS);
}

static void a_key_with_its_own_pin_is_asked_for_it_once(void **state)
{
    (void)state;
    fake_set_flag(private_key, CKA_ALWAYS_AUTHENTICATE, true);
    fake_token_person(FAKE_PIN, NULL, NULL);
    fake_answer(FAKE_SIGN_INIT, CKR_MECHANISM_INVALID);
    assert_signed(MECH_RSA_X_509);
    assert_int_equal(person.n_asked, 1);
}

static void a_forgotten_key_is_searched_for(void **state)
{
    struct key_locator other = locator;
    struct known_key key = {0};

    (void)state;
    token_forget_key(token, &locator);
    fake_token_warm_up();
    token_forget_key(token, &locator);
    assert_false(token_recall_key(token, &locator, &key));
    /* It has another handle now. */
    fake.first += 100;
    assert_ok(fake_token_sign());
    assert_true(token_recall_key(token, &locator, &key));
    assert_int_equal(key.handle, fake.first);
    fake_forget_calls();
    assert_ok(fake_token_sign());
    assert_trail("C_SignInit C_Sign");
    /* Nobody forgets a key that is not known. */
    other.name[7] ^= 1;
    token_forget_key(token, &other);
    assert_true(token_recall_key(token, &locator, &key));
    assert_false(token_recall_key(token, &other, &key));
}

/* What another key would answer: the next use looks for the right one. */
static void answers_of_another_key_cost_the_handle(void **state)
{
    const CK_RV rvs[] = {CKR_KEY_FUNCTION_NOT_PERMITTED, CKR_DATA_LEN_RANGE,
                         CKR_KEY_SIZE_RANGE, CKR_GENERAL_ERROR,
                         CKR_FUNCTION_FAILED};
    struct known_key key = {0};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rvs); i++) {
        fake_token_warm_up();
        fake_answer(FAKE_SIGN_INIT, rvs[i]);
        assert_int_not_equal(fake_token_sign(), 0);
        assert_false(token_recall_key(token, &locator, &key));
        assert_ok(fake_token_sign());
    }
    fake_token_warm_up();
    fake_answer(FAKE_SIGN_INIT, CKR_KEY_TYPE_INCONSISTENT);
    assert_ok(fake_token_sign());
    assert_int_equal(fake.calls[FAKE_FIND_INIT], 1);
}

#define TEST(name)                                           \
    cmocka_unit_test_setup_teardown(name, fake_token_set_up, \
                                    fake_token_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_first_way_is_taken_if_it_can_be),
        TEST(a_refused_mechanism_is_tried_once),
        TEST(one_mechanism_is_not_another),
        TEST(one_action_is_not_another),
        TEST(without_any_way_it_is_an_error_and_tried_anew),
        TEST(other_refusals_do_not_change_the_way),
        TEST(a_key_with_its_own_pin_is_asked_for_it_once),
        TEST(a_forgotten_key_is_searched_for),
        TEST(answers_of_another_key_cost_the_handle),
    };

    return cmocka_run_group_tests_name("ways", tests, fake_set_up_group, NULL);
}
