/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of process: how it is told to end, and how it hears of children,
 * whatever was inherited. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "process.h"
#include "unit.h"

/* Start as a program that inherited this, and hang at the end. */
static void hang(int inherited, bool is_ignored)
{
    sigset_t blocked;

    (void)sigemptyset(&blocked);
    (void)sigaddset(&blocked, inherited);
    if (is_ignored)
        (void)signal(inherited, SIG_IGN);
    else
        (void)pthread_sigmask(SIG_BLOCK, &blocked, NULL);
    process_block_signals();
    process_end_within(1);
    (void)kill(getpid(), inherited);
    (void)sleep(30);
    _exit(0);
}

static void assert_ended_by(pid_t pid, int number)
{
    int status = 0;

    assert_true(pid > 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), number);
}

static void the_end_comes_whatever_was_inherited(void **state)
{
    static const int numbers[] = {SIGALRM, SIGTERM, SIGINT};

    (void)state;
    for (unsigned i = 0; i < 2 * N_ELEMENTS(numbers); i++) {
        pid_t pid = fork();

        if (pid == 0)
            hang(numbers[i / 2], i % 2 == 0);
        assert_ended_by(pid, numbers[i / 2]);
    }
}

static void time_alone_ends_it(void **state)
{
    pid_t pid = fork();

    (void)state;
    if (pid == 0) {
        sigset_t all;

        (void)sigfillset(&all);
        (void)pthread_sigmask(SIG_BLOCK, &all, NULL);
        process_end_within(1);
        (void)sleep(30);
        _exit(0);
    }
    assert_ended_by(pid, SIGALRM);
}

static void how_a_child_ends_is_heard_whatever_was_inherited(void **state)
{
    int status = 0;
    pid_t pid = fork();

    (void)state;
    if (pid == 0) {
        pid_t child = -1;

        (void)signal(SIGCHLD, SIG_IGN);
        process_harden();
        child = fork();
        if (child == 0)
            _exit(42);
        _exit(waitpid(child, &status, 0) == child ? WEXITSTATUS(status) : 1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 42);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_end_comes_whatever_was_inherited),
        cmocka_unit_test(time_alone_ends_it),
        cmocka_unit_test(how_a_child_ends_is_heard_whatever_was_inherited),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
