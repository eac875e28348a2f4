/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of token/login when several clients need the same login. */
#include <semaphore.h>

#include "fake_module.h"
#include "fake_person.h"
#include "token/login.h"
#include "unit.h"

#define CLIENTS 4

/* A client with its person, in a thread of its own. */
struct client {
    pthread_t thread;
    struct person person;
    gpg_error_t err;
};

static struct sessions sessions;
static struct login login;
static struct client clients[CLIENTS];
static sem_t asked;        /* a dialog has come up */
static unsigned n_waiting; /* so many must wait before anything is typed */

static const struct pin_reason reason = {PIN_TO_SIGN, ""};

static int set_up(void **state)
{
    (void)fake_set_up(state);
    memset(clients, 0, sizeof clients);
    (void)sem_init(&asked, 0, 0);
    n_waiting = 0;
    sessions_init(&sessions, &fake.module, FAKE_SLOT, CK_EFFECTIVELY_INFINITE);
    login_init(&login, &sessions, &fake.info);
    return 0;
}

static int tear_down(void **state)
{
    login_done(&login);
    sessions_done(&sessions);
    (void)sem_destroy(&asked);
    return fake_tear_down(state);
}

static void *run_client(void *context)
{
    struct client *client = context;
    const struct prompter prompter = person_prompter(&client->person);

    client->err = login_ensure(&login, &prompter, &reason, NULL);
    return NULL;
}

static void start(struct client *client)
{
    assert_int_equal(pthread_create(&client->thread, NULL, run_client, client),
                     0);
}

/* The person lets the others come before typing. */
static void wait_for_others(void *context)
{
    (void)context;
    (void)sem_post(&asked);
    fake_await_waits(n_waiting);
}

/* The first client's dialog is up and N more clients wait for it; then the
 * first one's person types PIN (NULL: cancels), and all come to their end. */
static void run_all(const char *pin, unsigned n)
{
    n_waiting = n;
    clients[0].person.types[0] = pin;
    clients[0].person.before_typing = wait_for_others;
    start(&clients[0]);
    (void)sem_wait(&asked);
    for (unsigned i = 1; i <= n; i++)
        start(&clients[i]);
    for (unsigned i = 0; i <= n; i++)
        assert_int_equal(pthread_join(clients[i].thread, NULL), 0);
}

static unsigned count_prompts(void)
{
    unsigned n = 0;

    for (size_t i = 0; i < CLIENTS; i++)
        n += clients[i].person.n_asked;
    return n;
}

static void two_clients_see_one_prompt(void **state)
{
    (void)state;
    run_all(FAKE_PIN, 1);
    assert_ok(clients[0].err);
    assert_ok(clients[1].err);
    assert_int_equal(clients[0].person.n_asked, 1);
    assert_int_equal(clients[1].person.n_asked, 0);
    assert_int_equal(fake.n_logins, 1);
}

static void many_clients_see_one_prompt(void **state)
{
    (void)state;
    run_all(FAKE_PIN, CLIENTS - 1);
    for (size_t i = 0; i < CLIENTS; i++)
        assert_ok(clients[i].err);
    assert_int_equal(count_prompts(), 1);
    assert_int_equal(fake.n_logins, 1);
}

static void the_next_asks_when_the_first_gives_up(void **state)
{
    (void)state;
    clients[1].person.types[0] = FAKE_PIN;
    run_all(NULL, 1);
    assert_code(clients[0].err, GPG_ERR_CANCELED);
    assert_ok(clients[1].err);
    assert_int_equal(clients[1].person.n_asked, 1);
    assert_false(clients[1].person.requests[0].was_wrong);
    assert_int_equal(fake.n_logins, 1);
}

static void one_of_the_rest_asks_for_all_of_them(void **state)
{
    (void)state;
    for (size_t i = 1; i < CLIENTS; i++)
        clients[i].person.types[0] = FAKE_PIN;
    run_all(NULL, CLIENTS - 1);
    assert_code(clients[0].err, GPG_ERR_CANCELED);
    for (size_t i = 1; i < CLIENTS; i++)
        assert_ok(clients[i].err);
    assert_int_equal(count_prompts(), 2);
    assert_int_equal(fake.n_logins, 1);
}

static void everybody_gives_up_for_themselves(void **state)
{
    (void)state;
    run_all(NULL, CLIENTS - 1);
    for (size_t i = 0; i < CLIENTS; i++) {
        assert_code(clients[i].err, GPG_ERR_CANCELED);
        assert_int_equal(clients[i].person.n_asked, 1);
    }
    assert_int_equal(fake.n_logins, 0);
    assert_int_equal(login_get_state(&login), LOGIN_OUT);
}

static void a_wrong_pin_is_told_to_who_typed_it(void **state)
{
    (void)state;
    clients[0].person.types[1] = NULL;
    clients[1].person.types[0] = FAKE_PIN;
    run_all("0000", 1);
    assert_code(clients[0].err, GPG_ERR_CANCELED);
    assert_ok(clients[1].err);
    assert_true(clients[0].person.requests[1].was_wrong);
    assert_false(clients[1].person.requests[0].was_wrong);
    assert_int_equal(clients[1].person.requests[0].tries, PIN_TRIES_FEW);
    assert_int_equal(fake.n_logins, 2);
}

/* With a prompt up, other things of the login can be looked at and done. */
static void look_around(void *context)
{
    CK_TOKEN_INFO *info = context;

    assert_int_equal(login_get_state(&login), LOGIN_UNKNOWN);
    assert_true(login_is_required(&login));
    login_note_info(&login, info);
    assert_int_equal(login_get_flags(&login), info->flags);
}

static void nothing_is_locked_while_a_person_types(void **state)
{
    const struct prompter prompter = person_prompter(&clients[0].person);

    (void)state;
    clients[0].person.types[0] = FAKE_PIN;
    clients[0].person.before_typing = look_around;
    clients[0].person.context = &fake.info;
    assert_ok(login_ensure(&login, &prompter, &reason, NULL));
}

/* Somebody who looked at the slots before that has not seen that it is the last
 * try. */
static void flags_that_were_read_before_do_not_count(void **state)
{
    (void)state;
    fake.info.flags |= CKF_USER_PIN_FINAL_TRY;
    login_take_turn(&login);
    assert_int_equal(login_refresh_info(&login), CKR_OK);
    {
        CK_TOKEN_INFO before = fake.info;

        before.flags &= ~(CK_FLAGS)CKF_USER_PIN_FINAL_TRY;
        login_note_info(&login, &before);
    }
    assert_int_equal(login_get_flags(&login), fake.info.flags);
    login_give_turn(&login);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(two_clients_see_one_prompt),
        TEST(many_clients_see_one_prompt),
        TEST(the_next_asks_when_the_first_gives_up),
        TEST(one_of_the_rest_asks_for_all_of_them),
        TEST(everybody_gives_up_for_themselves),
        TEST(a_wrong_pin_is_told_to_who_typed_it),
        TEST(nothing_is_locked_while_a_person_types),
        TEST(flags_that_were_read_before_do_not_count),
    };

    return cmocka_run_group_tests_name("login_turns", tests, fake_set_up_group,
                                       NULL);
}
