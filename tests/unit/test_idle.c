/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of token/idle: when a login ends and sessions are closed, on a clock
 * that stands still unless a test sets it. */
#include "base/clock.h"
#include "fake_token.h"
#include "unit.h"

#define SECOND 1000
#define MINUTE (60 * SECOND)

static _Atomic int64_t now;

int64_t __wrap_clock_ms(void);

int64_t __wrap_clock_ms(void)
{
    return now;
}

static int set_up(void **state)
{
    now = 1000 * SECOND;
    return fake_token_set_up(state);
}

/* A token with these limits that was used just now. */
static void begin(int login_s, int sessions_s)
{
    token_set_idle_limits(token, login_s, sessions_s, NULL);
    fake_token_warm_up();
}

/* N sessions, all idle; the first one is the one that was used. */
static void open_sessions(size_t n)
{
    struct session *sessions[4] = {NULL};

    for (size_t i = 0; i < n; i++)
        assert_int_equal(sessions_borrow(&token->sessions, false, &sessions[i]),
                         CKR_OK);
    for (size_t i = 0; i < n; i++)
        sessions_return(&token->sessions, sessions[i]);
    fake_forget_calls();
}

static void a_login_ends_when_it_is_idle_long_enough(void **state)
{
    (void)state;
    begin(20, -1);
    now += 20 * SECOND - 1;
    assert_true(token_rest(token) == now + 1);
    assert_trail("");
    now += 1;
    (void)token_rest(token);
    assert_trail("C_Logout");
    assert_false(fake.logged_in);
    assert_int_equal(login_get_state(&token->login), LOGIN_OUT);
}

static void a_use_begins_the_time_anew(void **state)
{
    (void)state;
    begin(20, -1);
    for (int i = 0; i < 5; i++) {
        now += 19 * SECOND;
        fake_token_person(NULL, NULL, NULL);
        assert_ok(fake_token_sign());
        assert_int_equal(person.n_asked, 0);
    }
    assert_int_equal(fake.calls[FAKE_LOGOUT], 0);
}

static void looking_at_the_token_does_not(void **state)
{
    AUTO_OBJECT_LIST objects = {0};
    bool complete = false;

    (void)state;
    begin(20, -1);
    now += 15 * SECOND;
    assert_ok(token_list_objects(token, false, &objects, &complete));
    assert_true(complete);
    now += 5 * SECOND;
    assert_true(token_rest(token) != CLOCK_NEVER);
    assert_false(fake.logged_in);
}

/* The session that is lent keeps the login: that ends in its time. */
static void a_disconnect_during_an_operation_does_not_keep_it(void **state)
{
    struct session *session = NULL;

    (void)state;
    begin(20, -1);
    assert_int_equal(sessions_borrow(&token->sessions, false, &session),
                     CKR_OK);
    token_disconnect(token);
    sessions_return(&token->sessions, session);
    assert_true(fake.logged_in);
    now += 20 * SECOND;
    (void)token_rest(token);
    assert_false(fake.logged_in);
}

/* A command may have all its sessions on the list of idle ones for a moment,
 * and a login that it needs. */
static void a_disconnect_takes_nothing_from_a_command(void **state)
{
    (void)state;
    begin(-1, -1);
    token_begin_use(token);
    token_disconnect(token);
    assert_trail("");
    assert_true(fake.logged_in);
    token_end_use(token);
    assert_trail("C_CloseSession");
    assert_false(fake.logged_in);
    /* Once. */
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(fake_token_sign());
    assert_true(fake.logged_in);
}

/* Housekeeping may be late, after a night's sleep for instance. */
static void an_operation_looks_at_the_time_itself(void **state)
{
    (void)state;
    begin(20, -1);
    now += 20 * SECOND;
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 1);
    assert_int_equal(fake.calls[FAKE_LOGOUT], 1);
}

static void zero_ends_each_login_with_its_operation(void **state)
{
    (void)state;
    begin(0, -1);
    for (int i = 0; i < 2; i++) {
        assert_false(fake.logged_in);
        fake_forget_calls();
        fake_token_person(FAKE_PIN, NULL, NULL);
        assert_ok(fake_token_sign());
        assert_int_equal(person.n_asked, 1);
        assert_int_equal(fake.calls[FAKE_LOGOUT], 1);
    }
}

static void a_use_around_an_operation_is_its_end(void **state)
{
    (void)state;
    begin(0, -1);
    fake_token_person(FAKE_PIN, NULL, NULL);
    token_begin_use(token);
    assert_ok(fake_token_sign());
    assert_true(fake.logged_in);
    assert_ok(fake_token_sign());
    token_end_use(token);
    assert_false(fake.logged_in);
    assert_int_equal(person.n_asked, 1);
}

static void nothing_ends_under_a_user(void **state)
{
    (void)state;
    begin(20, 20);
    token_begin_use(token);
    fake_forget_calls();
    now += 100 * SECOND;
    assert_true(token_rest(token) == CLOCK_NEVER);
    assert_ok(fake_token_sign());
    assert_int_equal(fake.calls[FAKE_LOGOUT], 0);
    assert_int_equal(fake.calls[FAKE_CLOSE_SESSION], 0);
    token_end_use(token);
    assert_true(fake.logged_in);
}

static void by_default_a_login_lasts(void **state)
{
    (void)state;
    begin(-1, -1);
    assert_true(token_rest(token) == CLOCK_NEVER);
    now += (int64_t)365 * 24 * 60 * MINUTE;
    assert_true(token_rest(token) == CLOCK_NEVER);
    assert_ok(fake_token_sign());
    assert_trail("C_SignInit C_Sign");
}

static void by_default_spare_sessions_go_after_a_minute(void **state)
{
    (void)state;
    begin(-1, -1);
    open_sessions(3);
    assert_true(token_rest(token) == now + MINUTE);
    now += MINUTE;
    assert_true(token_rest(token) == CLOCK_NEVER);
    assert_trail("C_CloseSession C_CloseSession");
    assert_true(fake.logged_in);
}

static void by_default_all_go_if_there_is_no_login_to_keep(void **state)
{
    AUTO_OBJECT_LIST objects = {0};
    bool complete = false;

    (void)state;
    assert_ok(token_list_objects(token, false, &objects, &complete));
    open_sessions(2);
    assert_true(token_rest(token) == now + MINUTE);
    now += MINUTE;
    assert_true(token_rest(token) == CLOCK_NEVER);
    assert_int_equal(fake_n_sessions(), 0);
}

static void a_session_timeout_closes_all(void **state)
{
    (void)state;
    begin(-1, 5);
    open_sessions(2);
    assert_true(token_rest(token) == now + 5 * SECOND);
    now += 5 * SECOND;
    assert_true(token_rest(token) == CLOCK_NEVER);
    assert_trail("C_CloseSession C_CloseSession");
    assert_int_not_equal(login_get_state(&token->login), LOGIN_IN);
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 1);
}

static void a_session_that_does_not_close_is_kept(void **state)
{
    (void)state;
    begin(-1, 5);
    now += 5 * SECOND;
    fake_answer(FAKE_CLOSE_SESSION, CKR_DEVICE_ERROR);
    /* Again later, not at once. */
    assert_true(token_rest(token) >= now + 5 * SECOND);
    assert_ok(fake_token_sign());
    assert_int_equal(fake.calls[FAKE_OPEN_SESSION], 0);
    assert_true(fake.logged_in);
}

static void a_single_session_is_closed_like_others(void **state)
{
    (void)state;
    fake.max_sessions = 1;
    fake.info.ulMaxSessionCount = 1;
    fake_token_remake();
    begin(-1, 5);
    now += 5 * SECOND;
    assert_true(token_rest(token) == CLOCK_NEVER);
    assert_int_equal(fake_n_sessions(), 0);
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(fake_token_sign());
    assert_int_equal(fake_n_sessions(), 1);
}

static void a_logout_that_fails_closes_the_sessions(void **state)
{
    (void)state;
    begin(20, -1);
    now += 20 * SECOND;
    fake_answer(FAKE_LOGOUT, CKR_FUNCTION_FAILED);
    (void)token_rest(token);
    assert_trail("C_Logout C_CloseSession");
    assert_false(fake.logged_in);
    assert_int_equal(login_get_state(&token->login), LOGIN_OUT);
}

static void a_logout_with_a_lost_session_is_one(void **state)
{
    (void)state;
    begin(20, -1);
    now += 20 * SECOND;
    fake_lose_sessions();
    (void)token_rest(token);
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 1);
}

static void a_removed_token_is_left_alone(void **state)
{
    (void)state;
    begin(20, 20);
    token_set_removed(token);
    now += 100 * SECOND;
    assert_true(token_rest(token) == CLOCK_NEVER);
    assert_trail("");
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, set_up, fake_token_tear_down)

/* The token of the configuration that takes the place of TOKEN's. */
static struct token *make_successor(void)
{
    struct token *successor = NULL;

    assert_ok(token_new(&fake.module, FAKE_SLOT, &fake.info, true, &successor));
    return successor;
}

static void one_that_is_retired_gives_up_all(void **state)
{
    (void)state;
    begin(-1, -1);
    token_retire(token);
    assert_trail("C_Logout C_CloseSession");
    assert_false(fake.logged_in);
    /* Once: there is nothing any more. */
    token_retire(token);
    assert_trail("C_Logout C_CloseSession");
}

/* A token with one session has none for the other configuration else. */
static void its_sessions_do_not_wait_for_a_minute(void **state)
{
    struct token *successor = make_successor();

    (void)state;
    begin(-1, -1);
    token_begin_use(successor);
    token_retire(token);
    assert_trail("");
    assert_true(token_rest(token) == now + SECOND);
    token_end_look(successor);
    assert_true(token_rest(token) == CLOCK_NEVER);
    assert_trail("C_Logout C_CloseSession");
    token_unref(successor);
}

static void its_last_use_is_waited_for(void **state)
{
    (void)state;
    begin(-1, -1);
    token_begin_use(token);
    token_retire(token);
    assert_trail("");
    token_end_use(token);
    assert_trail("C_Logout C_CloseSession");
}

/* Whoever is the last in its slot logs out, here the new one. */
static void the_use_of_its_successor_is_waited_for(void **state)
{
    AUTO_OBJECT_LIST objects = {0};
    struct token *successor = make_successor();
    bool complete = false;

    (void)state;
    begin(-1, -1);
    token_begin_use(token);
    token_begin_use(successor);
    token_retire(token);
    token_end_use(token);
    assert_trail("");
    assert_ok(token_list_objects(successor, true, &objects, &complete));
    assert_true(complete);
    assert_true(fake.logged_in);
    token_end_use(successor);
    assert_false(fake.logged_in);
    assert_int_equal(fake.calls[FAKE_LOGOUT], 1);
    token_unref(successor);
}

/* Its PIN was typed for the old configuration. */
static void a_late_login_ends_with_its_use(void **state)
{
    (void)state;
    begin(-1, -1);
    token_retire(token);
    fake_token_person(FAKE_PIN, NULL, NULL);
    fake_forget_calls();
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 1);
    assert_int_equal(fake.calls[FAKE_LOGOUT], 1);
    assert_false(fake.logged_in);
}

/* Who uses the slot last does not know when the other one is due. */
static void the_housekeeping_waits_for_its_predecessor(void **state)
{
    struct token *successor = make_successor();

    (void)state;
    begin(20, -1);
    token_begin_use(successor);
    now += 20 * SECOND;
    assert_true(token_rest(token) == now + SECOND);
    assert_trail("");
    token_end_look(successor);
    (void)token_rest(token);
    assert_trail("C_Logout");
    token_unref(successor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_login_ends_when_it_is_idle_long_enough),
        TEST(a_use_begins_the_time_anew),
        TEST(looking_at_the_token_does_not),
        TEST(a_disconnect_during_an_operation_does_not_keep_it),
        TEST(a_disconnect_takes_nothing_from_a_command),
        TEST(an_operation_looks_at_the_time_itself),
        TEST(zero_ends_each_login_with_its_operation),
        TEST(a_use_around_an_operation_is_its_end),
        TEST(nothing_ends_under_a_user),
        TEST(by_default_a_login_lasts),
        TEST(by_default_spare_sessions_go_after_a_minute),
        TEST(by_default_all_go_if_there_is_no_login_to_keep),
        TEST(a_session_timeout_closes_all),
        TEST(a_session_that_does_not_close_is_kept),
        TEST(a_single_session_is_closed_like_others),
        TEST(a_logout_that_fails_closes_the_sessions),
        TEST(a_logout_with_a_lost_session_is_one),
        TEST(a_removed_token_is_left_alone),
        TEST(one_that_is_retired_gives_up_all),
        TEST(its_sessions_do_not_wait_for_a_minute),
        TEST(its_last_use_is_waited_for),
        TEST(the_use_of_its_successor_is_waited_for),
        TEST(a_late_login_ends_with_its_use),
        TEST(the_housekeeping_waits_for_its_predecessor),
    };

    return cmocka_run_group_tests_name("idle", tests, fake_set_up_group, NULL);
}
