/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Does the shim do what its rules say of the module as a whole: how it is
 * initialised, called and what slots it has?  Run by test-shim.sh. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fixture.h"

static void *call_for_ever(void *data)
{
    CK_INFO info;

    (void)data;
    for (;;)
        p11->C_GetInfo(&info);
    return NULL;
}

/* In a process of its own, since it ends with abort(). */
static void check_overlap_aborts(CK_C_INITIALIZE_ARGS *args)
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        pthread_t thread;

        alarm(60);
        if (freopen("/dev/null", "w", stderr) == NULL ||
            p11->C_Initialize(args) != CKR_OK ||
            pthread_create(&thread, NULL, call_for_ever, NULL) != 0)
            _exit(1);
        call_for_ever(NULL);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
    script("");
}

static void overlapping_calls_abort(void **state)
{
    CK_C_INITIALIZE_ARGS args = {.flags = CKF_OS_LOCKING_OK};

    (void)state;
    script("cannot-lock\ndelay C_GetInfo 1\n");
    assert_int_equal(p11->C_Initialize(&args), CKR_CANT_LOCK);
    check_overlap_aborts(NULL);
    script("no-overlap\ndelay C_GetInfo 1\n");
    check_overlap_aborts(&args);
}

static void more_slots_have_the_same_keys(void **state)
{
    CK_SLOT_ID slots[8] = {0};
    CK_ULONG n = 8;
    CK_TOKEN_INFO token = {.flags = 0};
    CK_SLOT_INFO info = {.flags = 0};

    (void)state;
    script("more-slots 3\n");
    assert_int_equal(p11->C_GetSlotList(CK_TRUE, slots, &n), CKR_OK);
    assert_int_equal(n, 5);
    assert_int_equal(slots[4], 0x80000002);
    assert_int_equal(p11->C_GetTokenInfo(slots[4], &token), CKR_OK);
    assert_memory_equal(token.label, "more 2 ", 7);
    assert_memory_equal(token.serialNumber, "2 ", 2);
    assert_int_equal(p11->C_GetSlotInfo(slots[4], &info), CKR_OK);
    assert_memory_equal(info.slotDescription, "More reader 2 ", 14);
    assert_int_equal(p11->C_CloseSession(session), CKR_OK);
    assert_int_equal(
        p11->C_OpenSession(slots[4], CKF_SERIAL_SESSION, NULL, NULL, &session),
        CKR_OK);
    find(CKO_PUBLIC_KEY, 1);
    script("more-slots 3\nabsent more 2\n");
    n = 8;
    assert_int_equal(p11->C_GetSlotList(CK_TRUE, slots, &n), CKR_OK);
    assert_int_equal(n, 4);
    assert_int_equal(p11->C_GetTokenInfo(0x80000003, &token),
                     CKR_SLOT_ID_INVALID);
}

static void arguments_of_the_module_are_compared(void **state)
{
    char text[] = "a='b c'";
    CK_C_INITIALIZE_ARGS args = {.flags = CKF_OS_LOCKING_OK};

    (void)state;
    assert_int_equal(p11->C_Finalize(NULL), CKR_OK);
    script("init-args a='b c'\n");
    assert_int_equal(p11->C_Initialize(&args), CKR_ARGUMENTS_BAD);
    assert_int_equal(p11->C_Initialize(NULL), CKR_ARGUMENTS_BAD);
    args.pReserved = text;
    assert_int_equal(p11->C_Initialize(&args), CKR_OK);
    assert_ptr_equal(args.pReserved, text);
    assert_int_equal(p11->C_Finalize(NULL), CKR_OK);
    script("init-args\n");
    assert_int_equal(p11->C_Initialize(&args), CKR_ARGUMENTS_BAD);
    assert_int_equal(p11->C_Initialize(NULL), CKR_OK);
}

#define CASE(function) \
    cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        /* The one that forks comes first: no module is initialised yet. */
        cmocka_unit_test(overlapping_calls_abort),
        CASE(more_slots_have_the_same_keys),
        CASE(arguments_of_the_module_are_compared),
    };

    if (argc != 2 || !load(argv[1])) {
        fputs("usage: test_module SHIM\n", stderr);
        return 2;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
