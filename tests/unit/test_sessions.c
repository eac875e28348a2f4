/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of token/sessions with a token that counts them. */
#include <stdatomic.h>

#include "fake_module.h"
#include "token/sessions.h"
#include "unit.h"

static struct sessions sessions;

/* The linker makes our code call this one. */
int64_t __wrap_clock_ms(void);

static int64_t now = -3000;

int64_t __wrap_clock_ms(void)
{
    return now;
}

/* A pool for a token that announces MAX sessions and has REAL. */
static void make_pool(CK_ULONG max, size_t real)
{
    fake.max_sessions = real;
    sessions_init(&sessions, &fake.module, FAKE_SLOT, max);
}

static struct session *borrow(bool read_write)
{
    struct session *session = NULL;

    assert_int_equal(sessions_borrow(&sessions, read_write, &session), CKR_OK);
    assert_non_null(session);
    assert_non_null(fake_session(session->handle));
    return session;
}

static void done(void)
{
    sessions_done(&sessions);
    assert_int_equal(fake_n_sessions(), 0);
    assert_int_equal(sessions.n_open, 0);
}

/* Another thread that borrows a session, and what it got. */
struct borrower {
    pthread_t thread;
    bool read_write;
    struct session *session;
    CK_RV rv;
    atomic_bool done;
};

static void *run_borrower(void *context)
{
    struct borrower *b = context;

    b->rv = sessions_borrow(&sessions, b->read_write, &b->session);
    atomic_store(&b->done, true);
    return NULL;
}

/* Start it; it waits when this returns. */
static void start_waiting(struct borrower *b)
{
    *b = (struct borrower){.read_write = b->read_write};
    fake_reset_waits();
    assert_int_equal(pthread_create(&b->thread, NULL, run_borrower, b), 0);
    fake_await_waits(1);
    assert_false(atomic_load(&b->done));
}

static struct session *join(struct borrower *b)
{
    assert_int_equal(pthread_join(b->thread, NULL), 0);
    assert_int_equal(b->rv, CKR_OK);
    assert_non_null(b->session);
    return b->session;
}

static void a_returned_session_is_used_again(void **state)
{
    struct session *first = NULL;

    (void)state;
    make_pool(CK_EFFECTIVELY_INFINITE, 0);
    first = borrow(false);
    sessions_return(&sessions, first);
    for (int i = 0; i < 100; i++) {
        struct session *again = borrow(false);

        assert_ptr_equal(again, first);
        sessions_return(&sessions, again);
    }
    assert_trail("C_OpenSession");
    done();
}

static void two_at_once_are_two_sessions(void **state)
{
    struct session *a = NULL;
    struct session *b = NULL;

    (void)state;
    make_pool(CK_UNAVAILABLE_INFORMATION, 0);
    a = borrow(false);
    b = borrow(false);
    assert_int_not_equal(a->handle, b->handle);
    sessions_return(&sessions, a);
    sessions_return(&sessions, b);
    done();
}

static void unlimited_tokens_have_our_limit(void **state)
{
    (void)state;
    make_pool(CK_UNAVAILABLE_INFORMATION, 0);
    assert_int_equal(sessions.limit, SESSIONS_MAX);
    done();
    make_pool(CK_EFFECTIVELY_INFINITE, 0);
    assert_int_equal(sessions.limit, SESSIONS_MAX);
    done();
    make_pool(100000, 0);
    assert_int_equal(sessions.limit, SESSIONS_MAX);
    done();
    make_pool(5, 0);
    assert_int_equal(sessions.limit, 5);
    done();
}

static void the_limit_is_respected(void **state)
{
    struct borrower waiter = {0};
    struct session *a = NULL;
    struct session *b = NULL;
    CK_SESSION_HANDLE handle = 0;

    (void)state;
    make_pool(2, 0);
    a = borrow(false);
    b = borrow(false);
    handle = b->handle;
    start_waiting(&waiter);
    sessions_return(&sessions, b);
    b = join(&waiter);
    assert_int_equal(b->handle, handle);
    assert_trail("C_OpenSession C_OpenSession");
    sessions_return(&sessions, a);
    sessions_return(&sessions, b);
    done();
}

static void a_dropped_session_lets_a_waiter_go_on(void **state)
{
    struct borrower waiter = {0};
    struct session *a = NULL;
    struct session *b = NULL;

    (void)state;
    make_pool(2, 2);
    a = borrow(false);
    b = borrow(false);
    start_waiting(&waiter);
    sessions_drop(&sessions, b);
    b = join(&waiter);
    assert_int_equal(fake_n_sessions(), 2);
    sessions_return(&sessions, a);
    sessions_return(&sessions, b);
    done();
}

static void a_forgotten_session_lets_a_waiter_go_on(void **state)
{
    struct borrower waiter = {0};
    struct session *a = NULL;

    (void)state;
    make_pool(1, 1);
    a = borrow(false);
    start_waiting(&waiter);
    fake_lose_sessions();
    sessions_forget(&sessions, a);
    sessions_return(&sessions, join(&waiter));
    done();
}

static void fewer_sessions_than_announced_are_enough(void **state)
{
    struct borrower waiter = {0};
    struct session *a = NULL;
    struct session *b = NULL;

    (void)state;
    make_pool(10, 2);
    a = borrow(false);
    b = borrow(false);
    start_waiting(&waiter);
    sessions_return(&sessions, a);
    a = join(&waiter);
    assert_int_equal(sessions.limit, 2);
    sessions_return(&sessions, a);
    sessions_return(&sessions, b);
    /* From now on nobody tries a third one. */
    fake_forget_calls();
    a = borrow(false);
    b = borrow(false);
    start_waiting(&waiter);
    sessions_return(&sessions, b);
    b = join(&waiter);
    assert_trail("");
    sessions_return(&sessions, a);
    sessions_return(&sessions, b);
    done();
}

/* Another program had some of them. */
static void what_was_refused_is_tried_again_after_a_minute(void **state)
{
    struct borrower waiter = {0};
    struct session *a = NULL;
    struct session *b = NULL;

    (void)state;
    make_pool(10, 1);
    a = borrow(false);
    start_waiting(&waiter);
    sessions_return(&sessions, a);
    a = join(&waiter);
    assert_int_equal(sessions.limit, 1);
    fake.max_sessions = 0;
    now += 59999;
    start_waiting(&waiter);
    sessions_return(&sessions, a);
    a = join(&waiter);
    now += 1;
    b = borrow(false);
    assert_int_equal(sessions.limit, 10);
    sessions_return(&sessions, a);
    sessions_return(&sessions, b);
    done();
    /* And a minute after that, if it still is refused. */
    make_pool(CK_UNAVAILABLE_INFORMATION, 1);
    a = borrow(false);
    for (int i = 0; i < 2; i++) {
        fake_forget_calls();
        start_waiting(&waiter);
        assert_trail("C_OpenSession");
        sessions_return(&sessions, a);
        a = join(&waiter);
        assert_int_equal(sessions.limit, 1);
        now += 60000;
    }
    sessions_return(&sessions, a);
    done();
}

static void no_session_at_all_is_an_error_not_a_wait(void **state)
{
    struct session *session = NULL;

    (void)state;
    make_pool(10, 0);
    fake_answer(FAKE_OPEN_SESSION, CKR_SESSION_COUNT);
    assert_int_equal(sessions_borrow(&sessions, false, &session),
                     CKR_SESSION_COUNT);
    assert_null(session);
    fake_answer(FAKE_OPEN_SESSION, CKR_DEVICE_REMOVED);
    assert_int_equal(sessions_borrow(&sessions, false, &session),
                     CKR_DEVICE_REMOVED);
    assert_null(session);
    sessions_return(&sessions, borrow(false));
    done();
}

static void only_a_read_write_session_is_good_for_writing(void **state)
{
    struct session *ro = NULL;
    struct session *rw = NULL;

    (void)state;
    make_pool(10, 0);
    ro = borrow(false);
    sessions_return(&sessions, ro);
    rw = borrow(true);
    assert_ptr_not_equal(rw, ro);
    assert_true(fake_session(rw->handle)->read_write);
    sessions_return(&sessions, rw);
    assert_ptr_equal(borrow(true), rw);
    sessions_return(&sessions, rw);
    done();
}

static void the_only_session_gives_way_to_a_read_write_one(void **state)
{
    struct session *session = NULL;

    (void)state;
    make_pool(1, 1);
    sessions_return(&sessions, borrow(false));
    session = borrow(true);
    assert_true(fake_session(session->handle)->read_write);
    assert_int_equal(fake_n_sessions(), 1);
    sessions_return(&sessions, session);
    /* And that one will do for reading. */
    assert_ptr_equal(borrow(false), session);
    sessions_return(&sessions, session);
    done();
}

static void a_dropped_session_is_closed(void **state)
{
    struct session *a = NULL;
    struct session *b = NULL;

    (void)state;
    make_pool(10, 0);
    a = borrow(false);
    b = borrow(false);
    fake_forget_calls();
    sessions_drop(&sessions, a);
    assert_trail("C_CloseSession");
    assert_int_equal(fake_n_sessions(), 1);
    sessions_return(&sessions, b);
    done();
}

static void dropping_the_last_one_keeps_the_login(void **state)
{
    struct session *session = NULL;
    CK_SESSION_HANDLE handle = 0;

    (void)state;
    make_pool(10, 0);
    session = borrow(false);
    handle = session->handle;
    fake.logged_in = true;
    fake_forget_calls();
    sessions_drop(&sessions, session);
    assert_trail("C_OpenSession C_CloseSession");
    assert_null(fake_session(handle));
    assert_true(fake.logged_in);
    assert_int_equal(sessions.n_open, 1);
    sessions_return(&sessions, borrow(false));
    assert_int_equal(fake.calls[FAKE_OPEN_SESSION], 1);
    done();
}

static void the_only_session_of_a_token_is_kept(void **state)
{
    struct session *session = NULL;

    (void)state;
    make_pool(1, 1);
    session = borrow(false);
    fake.logged_in = true;
    fake_forget_calls();
    sessions_drop(&sessions, session);
    assert_trail("");
    assert_true(fake.logged_in);
    sessions_return(&sessions, borrow(false));
    assert_trail("");
    done();
}

static void
a_token_with_one_session_that_says_more_keeps_its_login(void **state)
{
    struct session *session = NULL;

    (void)state;
    make_pool(10, 1);
    session = borrow(false);
    fake.logged_in = true;
    sessions_drop(&sessions, session);
    assert_true(fake.logged_in);
    assert_int_equal(sessions.n_open, 1);
    assert_int_equal(sessions.limit, 1);
    sessions_return(&sessions, borrow(false));
    done();
}

static void forgotten_sessions_are_never_closed(void **state)
{
    struct session *a = NULL;
    struct session *b = NULL;

    (void)state;
    make_pool(10, 0);
    a = borrow(false);
    b = borrow(false);
    sessions_return(&sessions, b);
    fake_lose_sessions();
    fake_forget_calls();
    sessions_forget(&sessions, a);
    assert_int_equal(sessions.n_open, 0);
    assert_trail("");
    sessions_return(&sessions, borrow(false));
    assert_trail("C_OpenSession");
    done();
}

static void close_idle_leaves_what_is_lent(void **state)
{
    struct session *a = NULL;
    struct session *b = NULL;

    (void)state;
    make_pool(10, 0);
    a = borrow(false);
    b = borrow(false);
    sessions_return(&sessions, b);
    fake_forget_calls();
    assert_true(sessions_close_spare(&sessions, 0));
    assert_trail("C_CloseSession");
    assert_non_null(fake_session(a->handle));
    assert_int_equal(sessions.n_open, 1);
    sessions_return(&sessions, a);
    done();
}

/* What another client does while C_OpenSession has not returned yet. */
static CK_C_OpenSession really_open;
static void (*meanwhile)(struct session *session);
static struct session *lent;

static CK_RV open_late(CK_SLOT_ID slot, CK_FLAGS flags, void *application,
                       CK_NOTIFY notify, CK_SESSION_HANDLE *session)
{
    fake.functions.C_OpenSession = really_open;
    meanwhile(lent);
    return really_open(slot, flags, application, notify, session);
}

/* Borrow one session, and another while WHAT is done to the first. */
static struct session *borrow_while(void (*what)(struct session *session))
{
    make_pool(10, 0);
    lent = borrow(false);
    fake.logged_in = true;
    really_open = fake.functions.C_OpenSession;
    meanwhile = what;
    fake.functions.C_OpenSession = open_late;
    return borrow(false);
}

static void drop(struct session *session)
{
    sessions_drop(&sessions, session);
}

static void one_that_is_being_opened_does_not_keep_the_login(void **state)
{
    struct session *session = NULL;

    (void)state;
    session = borrow_while(drop);
    assert_true(fake.logged_in);
    sessions_return(&sessions, session);
    done();
}

static void disconnect(struct session *session)
{
    sessions_return(&sessions, session);
    assert_true(sessions_close_spare(&sessions, 0));
}

static void closing_all_but_one_being_opened_ends_the_login(void **state)
{
    struct session *session = NULL;

    (void)state;
    session = borrow_while(disconnect);
    assert_false(fake.logged_in);
    assert_int_not_equal(sessions_epoch(&sessions), 0);
    assert_int_equal(session->epoch, sessions_epoch(&sessions));
    sessions_return(&sessions, session);
    done();
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, fake_set_up, fake_tear_down)

static void a_logout_without_operations_is_done_at_once(void **state)
{
    struct session *session = NULL;

    (void)state;
    make_pool(CK_EFFECTIVELY_INFINITE, 0);
    sessions_log_out(&sessions);
    assert_trail("");
    session = borrow(false);
    fake.logged_in = true;
    sessions_return(&sessions, session);
    sessions_log_out(&sessions);
    assert_trail("C_OpenSession C_Logout");
    assert_false(fake.logged_in);
    assert_ptr_equal(borrow(false), session);
    sessions_return(&sessions, session);
    done();
}

static void a_logout_waits_for_the_last_operation(void **state)
{
    struct borrower borrower = {.read_write = false};
    struct session *first = NULL;
    struct session *second = NULL;

    (void)state;
    make_pool(CK_EFFECTIVELY_INFINITE, 0);
    first = borrow(false);
    second = borrow(false);
    fake.logged_in = true;
    sessions_log_out(&sessions);
    sessions_return(&sessions, first);
    assert_true(fake.logged_in);
    /* Who comes now gets a session that is logged out. */
    start_waiting(&borrower);
    sessions_drop(&sessions, second);
    first = join(&borrower);
    assert_false(fake.logged_in);
    assert_trail("C_OpenSession C_OpenSession C_CloseSession C_Logout");
    sessions_return(&sessions, first);
    assert_int_equal(fake.calls[FAKE_LOGOUT], 1);
    done();
}

static void a_token_that_will_not_log_out_loses_its_sessions(void **state)
{
    struct session *first = NULL;
    struct session *second = NULL;
    unsigned epoch = 0;

    (void)state;
    make_pool(CK_EFFECTIVELY_INFINITE, 0);
    epoch = sessions_epoch(&sessions);
    first = borrow(false);
    second = borrow(false);
    fake.logged_in = true;
    fake_answer(FAKE_LOGOUT, CKR_FUNCTION_NOT_SUPPORTED);
    sessions_return(&sessions, first);
    sessions_log_out(&sessions);
    sessions_return(&sessions, second);
    assert_false(fake.logged_in);
    assert_int_equal(fake_n_sessions(), 0);
    assert_int_not_equal(sessions_epoch(&sessions), epoch);
    sessions_return(&sessions, borrow(false));
    done();
}

static void a_logout_does_not_wait_for_sessions_that_are_lost(void **state)
{
    struct session *session = NULL;

    (void)state;
    make_pool(CK_EFFECTIVELY_INFINITE, 0);
    session = borrow(false);
    sessions_log_out(&sessions);
    fake_lose_sessions();
    sessions_forget(&sessions, session);
    sessions_return(&sessions, borrow(false));
    assert_int_equal(fake.calls[FAKE_LOGOUT], 0);
    /* Nor if none can be opened. */
    assert_true(sessions_close_spare(&sessions, 0));
    session = borrow(false);
    sessions_log_out(&sessions);
    sessions_discard(&sessions, session);
    sessions_return(&sessions, borrow(false));
    assert_int_equal(fake.calls[FAKE_LOGOUT], 0);
    done();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_returned_session_is_used_again),
        TEST(two_at_once_are_two_sessions),
        TEST(unlimited_tokens_have_our_limit),
        TEST(the_limit_is_respected),
        TEST(what_was_refused_is_tried_again_after_a_minute),
        TEST(a_dropped_session_lets_a_waiter_go_on),
        TEST(a_forgotten_session_lets_a_waiter_go_on),
        TEST(fewer_sessions_than_announced_are_enough),
        TEST(no_session_at_all_is_an_error_not_a_wait),
        TEST(only_a_read_write_session_is_good_for_writing),
        TEST(the_only_session_gives_way_to_a_read_write_one),
        TEST(a_dropped_session_is_closed),
        TEST(dropping_the_last_one_keeps_the_login),
        TEST(the_only_session_of_a_token_is_kept),
        TEST(a_token_with_one_session_that_says_more_keeps_its_login),
        TEST(forgotten_sessions_are_never_closed),
        TEST(close_idle_leaves_what_is_lent),
        TEST(one_that_is_being_opened_does_not_keep_the_login),
        TEST(closing_all_but_one_being_opened_ends_the_login),
        TEST(a_logout_without_operations_is_done_at_once),
        TEST(a_logout_waits_for_the_last_operation),
        TEST(a_token_that_will_not_log_out_loses_its_sessions),
        TEST(a_logout_does_not_wait_for_sessions_that_are_lost),
    };

    return cmocka_run_group_tests_name("sessions", tests, fake_set_up_group,
                                       NULL);
}
