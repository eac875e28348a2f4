/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of commands/events: which processes are sent signals, and which not. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "commands/client.h"
#include "commands/events.h"
#include "unit.h"

static struct service service;

static int set_up(void **state)
{
    (void)state;
    memset(&service, 0, sizeof service);
    events_init(&service.events);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    events_done(&service.events);
    return service.events.first == NULL && service.events.n_told == 0 ? 0 : -1;
}

/* A process that waits for a signal that ends it. */
static pid_t start_process(void)
{
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0) {
        for (;;)
            (void)pause();
    }
    return pid;
}

/* What ended it. */
static int end_of(pid_t pid)
{
    int status = 0;

    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void the_process_is_sent_its_signal(void **state)
{
    struct client client = {.service = &service};
    const pid_t pid = start_process();

    (void)state;
    assert_ok(events_set_signal(&client, pid, SIGUSR2));
    events_tell(&service.events);
    assert_int_equal(end_of(pid), SIGUSR2);
    /* It has ended; whoever has its number now is not sent anything. */
    events_tell(&service.events);
    events_leave(&client);
}

static void who_asked_for_none_is_sent_none(void **state)
{
    struct client client = {.service = &service};
    const pid_t pid = start_process();

    (void)state;
    assert_ok(events_set_signal(&client, pid, SIGUSR2));
    assert_ok(events_set_signal(&client, pid, 0));
    events_tell(&service.events);
    assert_ok(events_set_signal(&client, pid, SIGUSR2));
    assert_ok(events_set_signal(&client, pid, SIGUSR1));
    events_tell(&service.events);
    assert_int_equal(end_of(pid), SIGUSR1);
    events_leave(&client);
    events_tell(&service.events);
}

static void all_clients_are_told(void **state)
{
    struct client clients[3] = {
        {.service = &service}, {.service = &service}, {.service = &service}};
    pid_t pids[3];

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        pids[i] = start_process();
        assert_ok(events_set_signal(&clients[i], pids[i], SIGUSR2));
    }
    /* The one in the middle of the list leaves. */
    events_leave(&clients[1]);
    events_tell(&service.events);
    assert_int_equal(end_of(pids[0]), SIGUSR2);
    assert_int_equal(end_of(pids[2]), SIGUSR2);
    assert_int_equal(kill(pids[1], SIGKILL), 0);
    assert_int_equal(end_of(pids[1]), SIGKILL);
    events_leave(&clients[0]);
    events_leave(&clients[2]);
}

static void no_process_of_another_kind(void **state)
{
    struct client client = {.service = &service};
    const pid_t gone = start_process();

    (void)state;
    assert_int_equal(kill(gone, SIGKILL), 0);
    assert_int_equal(end_of(gone), SIGKILL);
    /* A group, all processes, this one, one that is not there. */
    assert_code(events_set_signal(&client, 0, SIGUSR2), GPG_ERR_ESRCH);
    assert_code(events_set_signal(&client, -1, SIGUSR2), GPG_ERR_ESRCH);
    assert_code(events_set_signal(&client, -getpgrp(), SIGUSR2), GPG_ERR_ESRCH);
    assert_code(events_set_signal(&client, getpid(), SIGUSR2), GPG_ERR_ESRCH);
    assert_code(events_set_signal(&client, gone, SIGUSR2), GPG_ERR_ESRCH);
    assert_null(service.events.first);
    events_tell(&service.events);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_process_is_sent_its_signal, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(who_asked_for_none_is_sent_none, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(all_clients_are_told, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(no_process_of_another_kind, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests_name("events", tests, NULL, NULL);
}
