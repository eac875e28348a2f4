/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Does the shim do what its rules say?  Run by test-shim.sh, which makes the
 * token and sets the environment. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fixture.h"

static void calls_are_forwarded_and_logged(void **state)
{
    CK_INFO info = {{0, 0}, {0}, 0, {0}, {0, 0}};

    (void)state;
    assert_int_equal(p11->C_GetInfo(&info), CKR_OK);
    assert_memory_equal(info.manufacturerID, "SoftHSM", 7);
    assert_int_equal(logged("C_Initialize 0x0"), 1);
    assert_int_equal(logged("C_GetInfo 0x0"), 1);
    assert_int_equal(logged("C_OpenSession 0x0"), 1);
    assert_int_equal(login("654321"), CKR_PIN_INCORRECT);
    assert_int_equal(logged("C_Login 0xa0"), 1);
    assert_int_equal(logged("C_Login 0x0"), 0);
    assert_int_equal(p11->C_CloseSession(session), CKR_OK);
    assert_int_equal(p11->C_CloseSession(session), CKR_SESSION_HANDLE_INVALID);
}

static void fail_counts_from_when_it_was_read(void **state)
{
    CK_INFO info;

    (void)state;
    assert_int_equal(p11->C_GetInfo(&info), CKR_OK);
    script("fail C_GetInfo 2 CKR_DEVICE_ERROR 2\n"
           "fail C_GetSlotInfo 1 0x32 *\n");
    assert_int_equal(p11->C_GetInfo(&info), CKR_OK);
    assert_int_equal(p11->C_GetInfo(&info), CKR_DEVICE_ERROR);
    assert_int_equal(p11->C_GetInfo(&info), CKR_DEVICE_ERROR);
    assert_int_equal(p11->C_GetInfo(&info), CKR_OK);
    assert_int_equal(logged("C_GetInfo 0x30"), 2);
    for (int i = 0; i < 5; i++)
        assert_int_equal(p11->C_GetSlotInfo(slot, NULL), CKR_DEVICE_REMOVED);
}

static void unchanged_rules_keep_their_count(void **state)
{
    CK_INFO info;

    (void)state;
    script("fail C_GetInfo 1 CKR_DEVICE_ERROR\n");
    assert_int_equal(p11->C_GetInfo(&info), CKR_DEVICE_ERROR);
    script("fail C_GetInfo 1 CKR_DEVICE_ERROR\n"
           "# a comment\n"
           "fail C_GetInfo 2 CKR_DEVICE_REMOVED\n");
    assert_int_equal(p11->C_GetInfo(&info), CKR_OK);
    assert_int_equal(p11->C_GetInfo(&info), CKR_DEVICE_REMOVED);
}

static void failing_logout_does_not_reach_the_module(void **state)
{
    (void)state;
    assert_int_equal(login(PIN), CKR_OK);
    script("fail C_Logout 1 CKR_OK\n");
    assert_int_equal(p11->C_Logout(session), CKR_OK);
    assert_int_equal(login(PIN), CKR_USER_ALREADY_LOGGED_IN);
    assert_int_equal(p11->C_Logout(session), CKR_OK);
    assert_int_equal(login(PIN), CKR_OK);
}

static void delay_waits_at_least_that_long(void **state)
{
    struct timespec start;
    struct timespec stop;
    CK_INFO info;

    (void)state;
    script("delay C_GetInfo 150\n");
    clock_gettime(CLOCK_MONOTONIC, &start);
    assert_int_equal(p11->C_GetInfo(&info), CKR_OK);
    clock_gettime(CLOCK_MONOTONIC, &stop);
    assert_true((stop.tv_sec - start.tv_sec) * 1000 +
                    (stop.tv_nsec - start.tv_nsec) / 1000000 >=
                149);
}

static void flags_are_set_and_cleared(void **state)
{
    CK_TOKEN_INFO token = {.flags = 0};
    CK_SLOT_INFO info = {.flags = 0};

    (void)state;
    assert_int_equal(p11->C_GetTokenInfo(slot, &token), CKR_OK);
    assert_int_equal(token.flags & CKF_LOGIN_REQUIRED, CKF_LOGIN_REQUIRED);
    assert_int_equal(token.flags & CKF_USER_PIN_FINAL_TRY, 0);
    script("token-flags +0x20000 -CKF_LOGIN_REQUIRED\n"
           "slot-flags +CKF_REMOVABLE_DEVICE\n");
    assert_int_equal(p11->C_GetTokenInfo(slot, &token), CKR_OK);
    assert_int_equal(token.flags & CKF_LOGIN_REQUIRED, 0);
    assert_int_equal(token.flags & CKF_USER_PIN_FINAL_TRY,
                     CKF_USER_PIN_FINAL_TRY);
    assert_int_equal(p11->C_GetSlotInfo(slot, &info), CKR_OK);
    assert_int_equal(info.flags & CKF_REMOVABLE_DEVICE, CKF_REMOVABLE_DEVICE);
}

static void info_is_what_the_module_says_of_itself(void **state)
{
    CK_INFO info;

    (void)state;
    script("info Some people; A thing; and more\n");
    assert_int_equal(p11->C_GetInfo(&info), CKR_OK);
    assert_memory_equal(info.manufacturerID, "Some people                     ",
                        32);
    assert_memory_equal(info.libraryDescription,
                        "A thing; and more               ", 32);
}

static void attributes_are_answered_by_rules(void **state)
{
    CK_OBJECT_HANDLE pub = find(CKO_PUBLIC_KEY, 1);
    CK_BYTE id[8] = {0};
    CK_BYTE label[8] = {0};
    CK_BYTE e[8] = {0};
    CK_ATTRIBUTE template[] = {{CKA_ID, id, sizeof id},
                               {CKA_LABEL, label, sizeof label},
                               {CKA_PUBLIC_EXPONENT, e, sizeof e}};

    (void)state;
    script("attr * CKA_ID unavailable\n"
           "attr CKO_PRIVATE_KEY CKA_LABEL hex=4142\n");
    assert_int_equal(p11->C_GetAttributeValue(session, pub, template, 3),
                     CKR_ATTRIBUTE_TYPE_INVALID);
    assert_int_equal(template[0].ulValueLen, CK_UNAVAILABLE_INFORMATION);
    assert_int_equal(template[1].ulValueLen, 3);
    assert_memory_equal(label, "rsa", 3);
    assert_int_equal(template[2].ulValueLen, 3);

    script("attr CKO_PUBLIC_KEY CKA_ID silent\n"
           "attr CKO_PUBLIC_KEY CKA_LABEL hex=4142\n"
           "attr 2 CKA_PUBLIC_EXPONENT length=0x7fffffffffff\n");
    template[0].ulValueLen = sizeof id;
    template[1].ulValueLen = sizeof label;
    template[2].ulValueLen = sizeof e;
    memset(e, 0, sizeof e);
    assert_int_equal(p11->C_GetAttributeValue(session, pub, template, 3),
                     CKR_OK);
    assert_int_equal(template[0].ulValueLen, CK_UNAVAILABLE_INFORMATION);
    assert_int_equal(template[1].ulValueLen, 2);
    assert_memory_equal(label, "AB", 2);
    assert_int_equal(template[2].ulValueLen, 0x7fffffffffffUL);
    assert_memory_equal(e, "\1\0\1", 3);
}

static void value_of_a_rule_follows_the_length_protocol(void **state)
{
    CK_OBJECT_HANDLE pub = find(CKO_PUBLIC_KEY, 1);
    CK_BYTE value[4] = {0};
    CK_ATTRIBUTE attribute = {CKA_ID, NULL, 0};

    (void)state;
    script("attr * CKA_ID hex=010203\n");
    assert_int_equal(p11->C_GetAttributeValue(session, pub, &attribute, 1),
                     CKR_OK);
    assert_int_equal(attribute.ulValueLen, 3);
    attribute = (CK_ATTRIBUTE){CKA_ID, value, 2};
    assert_int_equal(p11->C_GetAttributeValue(session, pub, &attribute, 1),
                     CKR_BUFFER_TOO_SMALL);
    attribute = (CK_ATTRIBUTE){CKA_ID, value, sizeof value};
    assert_int_equal(p11->C_GetAttributeValue(session, pub, &attribute, 1),
                     CKR_OK);
    assert_memory_equal(value, "\1\2\3", 3);
}

static void sessions_are_limited(void **state)
{
    CK_SESSION_HANDLE second = 0;
    CK_SESSION_HANDLE third = 0;
    CK_TOKEN_INFO info = {.flags = 0};

    (void)state;
    script("max-sessions 2\n");
    assert_int_equal(open_session(&second), CKR_OK);
    assert_int_equal(open_session(&third), CKR_SESSION_COUNT);
    assert_int_equal(p11->C_GetTokenInfo(slot, &info), CKR_OK);
    assert_int_equal(info.ulMaxSessionCount, 2);
    assert_int_equal(info.ulSessionCount, 2);
    assert_int_equal(p11->C_CloseSession(second), CKR_OK);
    assert_int_equal(open_session(&third), CKR_OK);
    assert_int_equal(p11->C_CloseAllSessions(slot), CKR_OK);
    assert_int_equal(open_session(&second), CKR_OK);
    assert_int_equal(open_session(&third), CKR_OK);
}

/* In a process of its own, since it ends with abort(). */
static void nonsense_aborts(void **state)
{
    pid_t child = 0;
    int status = 0;

    (void)state;
    script("fail C_GetInfo once\n");
    child = fork();
    if (child == 0) {
        if (freopen("/dev/null", "w", stderr) == NULL)
            _exit(1);
        p11->C_Initialize(NULL);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
    script("");
}

static void absent_tokens_lose_their_sessions(void **state)
{
    CK_SLOT_ID slots[4];
    CK_ULONG n = 4;
    CK_SLOT_INFO slot_info = {.flags = 0};
    CK_TOKEN_INFO info;
    CK_SESSION_INFO session_info;
    CK_SESSION_HANDLE fresh = 0;

    (void)state;
    assert_int_equal(login(PIN), CKR_OK);
    script("absent\n");
    assert_int_equal(p11->C_GetSlotList(CK_TRUE, slots, &n), CKR_OK);
    assert_int_equal(n, 0);
    n = 4;
    assert_int_equal(p11->C_GetSlotList(CK_FALSE, slots, &n), CKR_OK);
    assert_int_equal(n, 2);
    assert_int_equal(p11->C_GetSlotInfo(slot, &slot_info), CKR_OK);
    assert_int_equal(slot_info.flags & CKF_TOKEN_PRESENT, 0);
    assert_int_equal(p11->C_GetTokenInfo(slot, &info), CKR_TOKEN_NOT_PRESENT);
    assert_int_equal(open_session(&fresh), CKR_TOKEN_NOT_PRESENT);
    assert_int_equal(p11->C_GetSessionInfo(session, &session_info),
                     CKR_DEVICE_REMOVED);
    script("");
    assert_int_equal(p11->C_GetSessionInfo(session, &session_info),
                     CKR_SESSION_HANDLE_INVALID);
    assert_int_equal(open_session(&session), CKR_OK);
    assert_int_equal(login(PIN), CKR_OK); /* it was logged out */
}

static void one_token_of_several_can_be_absent(void **state)
{
    CK_SLOT_ID slots[4];
    CK_ULONG n = 4;
    CK_SESSION_INFO info;

    (void)state;
    script("absent shim\n");
    assert_int_equal(p11->C_GetSlotList(CK_TRUE, slots, &n), CKR_OK);
    assert_int_equal(n, 1);
    assert_int_not_equal(slots[0], slot);
    assert_int_equal(p11->C_GetSessionInfo(session, &info), CKR_DEVICE_REMOVED);
    script("absent other\n");
    n = 4;
    assert_int_equal(p11->C_GetSlotList(CK_TRUE, slots, &n), CKR_OK);
    assert_int_equal(n, 2);
}

static void *write_absent(void *data)
{
    (void)data;
    script("slot-events\nabsent shim\n");
    return NULL;
}

static void slot_events_are_reported(void **state)
{
    CK_SLOT_ID changed = 0;
    pthread_t thread;

    (void)state;
    script("slot-events\n");
    assert_int_equal(p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, &changed, NULL),
                     CKR_NO_EVENT);
    assert_int_equal(pthread_create(&thread, NULL, write_absent, NULL), 0);
    assert_int_equal(p11->C_WaitForSlotEvent(0, &changed, NULL), CKR_OK);
    assert_int_equal(changed, slot);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, &changed, NULL),
                     CKR_NO_EVENT);
    script("slot-events\n");
    assert_int_equal(p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, &changed, NULL),
                     CKR_OK);
    assert_int_equal(changed, slot);
}

static void pinpad_logs_in_without_pin(void **state)
{
    CK_TOKEN_INFO info = {.flags = 0};

    (void)state;
    script("pinpad " PIN "\n");
    assert_int_equal(p11->C_GetTokenInfo(slot, &info), CKR_OK);
    assert_int_equal(info.flags & CKF_PROTECTED_AUTHENTICATION_PATH,
                     CKF_PROTECTED_AUTHENTICATION_PATH);
    assert_int_equal(p11->C_Login(session, CKU_USER, NULL, 0), CKR_OK);
    assert_int_equal(p11->C_Logout(session), CKR_OK);
    script("pinpad 999999\n");
    assert_int_equal(p11->C_Login(session, CKU_USER, NULL, 0),
                     CKR_PIN_INCORRECT);
}

static void pinpad_changes_the_pin_without_pins(void **state)
{
    static unsigned char pin[] = PIN;
    CK_SESSION_HANDLE writing = 0;

    (void)state;
    assert_int_equal(p11->C_OpenSession(slot,
                                        CKF_SERIAL_SESSION | CKF_RW_SESSION,
                                        NULL, NULL, &writing),
                     CKR_OK);
    assert_int_not_equal(p11->C_SetPIN(writing, NULL, 0, NULL, 0), CKR_OK);
    script("pinpad " PIN "\npinpad-new 999999\n");
    assert_int_equal(p11->C_SetPIN(writing, NULL, 0, NULL, 0), CKR_OK);
    assert_int_equal(p11->C_Login(writing, CKU_USER, pin, sizeof pin - 1),
                     CKR_PIN_INCORRECT);
    script("pinpad 999999\npinpad-new " PIN "\n");
    assert_int_equal(p11->C_SetPIN(writing, NULL, 0, NULL, 0), CKR_OK);
    assert_int_equal(p11->C_Login(writing, CKU_USER, pin, sizeof pin - 1),
                     CKR_OK);
    assert_int_equal(p11->C_Logout(writing), CKR_OK);
    assert_int_equal(p11->C_CloseSession(writing), CKR_OK);
}

static void write_protected_opens_no_session_to_write(void **state)
{
    CK_TOKEN_INFO info = {.flags = 0};
    CK_SESSION_HANDLE other = 0;

    (void)state;
    script("write-protected\n");
    assert_int_equal(p11->C_GetTokenInfo(slot, &info), CKR_OK);
    assert_int_equal(info.flags & CKF_WRITE_PROTECTED, CKF_WRITE_PROTECTED);
    assert_int_equal(p11->C_OpenSession(slot,
                                        CKF_SERIAL_SESSION | CKF_RW_SESSION,
                                        NULL, NULL, &other),
                     CKR_TOKEN_WRITE_PROTECTED);
    assert_int_equal(
        p11->C_OpenSession(slot, CKF_SERIAL_SESSION, NULL, NULL, &other),
        CKR_OK);
    assert_int_equal(p11->C_CloseSession(other), CKR_OK);
}

static CK_ULONG count_mechanisms(CK_MECHANISM_TYPE wanted, CK_ULONG *ret_all)
{
    CK_MECHANISM_TYPE list[128];
    CK_ULONG n = 128;
    CK_ULONG found = 0;

    assert_int_equal(p11->C_GetMechanismList(slot, NULL, ret_all), CKR_OK);
    assert_int_equal(p11->C_GetMechanismList(slot, list, &n), CKR_OK);
    assert_int_equal(n, *ret_all);
    for (CK_ULONG i = 0; i < n; i++)
        found += list[i] == wanted;
    return found;
}

static void mechanisms_are_hidden_and_refused(void **state)
{
    CK_MECHANISM ecdsa = {CKM_ECDSA, NULL, 0};
    CK_MECHANISM_INFO info;
    CK_ULONG all = 0;
    CK_ULONG fewer = 0;
    CK_OBJECT_HANDLE key = 0;

    (void)state;
    assert_int_equal(login(PIN), CKR_OK);
    key = find(CKO_PRIVATE_KEY, 2);
    assert_int_equal(count_mechanisms(CKM_ECDSA, &all), 1);
    script("mechanisms -0x1041 -CKM_RSA_PKCS\n");
    assert_int_equal(count_mechanisms(CKM_ECDSA, &fewer), 0);
    assert_int_equal(fewer, all - 2);
    assert_int_equal(p11->C_GetMechanismInfo(slot, CKM_ECDSA, &info),
                     CKR_MECHANISM_INVALID);
    assert_int_equal(p11->C_SignInit(session, &ecdsa, key),
                     CKR_MECHANISM_INVALID);
    script("");
    assert_int_equal(p11->C_SignInit(session, &ecdsa, key), CKR_OK);
}

static void signatures_are_corrupted(void **state)
{
    CK_MECHANISM rsa = {CKM_RSA_PKCS, NULL, 0};
    CK_BYTE data[4] = {1, 2, 3, 4};
    CK_BYTE signature[2][256] = {{0}};
    CK_OBJECT_HANDLE key = 0;

    (void)state;
    assert_int_equal(login(PIN), CKR_OK);
    key = find(CKO_PRIVATE_KEY, 1);
    for (int i = 0; i < 2; i++) {
        CK_ULONG len = sizeof signature[i];

        script(i == 0 ? "" : "corrupt-signature\n");
        assert_int_equal(p11->C_SignInit(session, &rsa, key), CKR_OK);
        assert_int_equal(
            p11->C_Sign(session, data, sizeof data, signature[i], &len),
            CKR_OK);
        assert_int_equal(len, sizeof signature[i]);
    }
    assert_memory_equal(signature[0], signature[1], 255);
    assert_int_equal(signature[0][255] ^ signature[1][255], 1);
}

static void text_is_printed_in_each_call(void **state)
{
    int saved = dup(STDOUT_FILENO);
    char name[] = "/tmp/test-shim-XXXXXX";
    int fd = mkstemp(name);
    char printed[64] = {0};
    CK_INFO info;

    (void)state;
    assert_true(saved >= 0 && fd >= 0);
    unlink(name);
    fflush(stdout);
    assert_true(dup2(fd, STDOUT_FILENO) >= 0);
    script("print Hello, world\n");
    p11->C_GetInfo(&info);
    p11->C_GetInfo(&info);
    script("");
    p11->C_GetInfo(&info);
    fflush(stdout);
    assert_true(dup2(saved, STDOUT_FILENO) >= 0);
    close(saved);
    assert_int_equal(pread(fd, printed, sizeof printed - 1, 0), 26);
    assert_string_equal(printed, "Hello, world\nHello, world\n");
    close(fd);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        /* The one that forks comes first: no module is initialised yet. */
        cmocka_unit_test(nonsense_aborts),
        CASE(calls_are_forwarded_and_logged),
        CASE(fail_counts_from_when_it_was_read),
        CASE(unchanged_rules_keep_their_count),
        CASE(failing_logout_does_not_reach_the_module),
        CASE(delay_waits_at_least_that_long),
        CASE(flags_are_set_and_cleared),
        CASE(info_is_what_the_module_says_of_itself),
        CASE(attributes_are_answered_by_rules),
        CASE(value_of_a_rule_follows_the_length_protocol),
        CASE(sessions_are_limited),
        CASE(absent_tokens_lose_their_sessions),
        CASE(one_token_of_several_can_be_absent),
        CASE(slot_events_are_reported),
        CASE(pinpad_logs_in_without_pin),
        CASE(pinpad_changes_the_pin_without_pins),
        CASE(write_protected_opens_no_session_to_write),
        CASE(mechanisms_are_hidden_and_refused),
        CASE(signatures_are_corrupted),
        CASE(text_is_printed_in_each_call),
    };

    if (argc != 2 || !load(argv[1])) {
        fputs("usage: test_shim SHIM\n", stderr);
        return 2;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
