/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Does the shim lose sessions and logins as its rules say?  Run by
 * test-shim.sh, as test_shim is. */
#include <stdio.h>

#include "fixture.h"

#define RSA_ID 1

static CK_RV begin_signing(CK_SESSION_HANDLE in, CK_OBJECT_HANDLE key)
{
    CK_MECHANISM mechanism = {CKM_RSA_PKCS, NULL, 0};

    return p11->C_SignInit(in, &mechanism, key);
}

static void a_suspended_token_has_lost_everything_once(void **state)
{
    CK_SESSION_HANDLE fresh = 0;
    CK_SESSION_INFO info = {0};
    CK_OBJECT_HANDLE key = 0;

    (void)state;
    assert_int_equal(login(PIN), CKR_OK);
    key = find(CKO_PRIVATE_KEY, RSA_ID);
    script("suspend\n");
    assert_int_equal(p11->C_GetSessionInfo(session, &info),
                     CKR_SESSION_HANDLE_INVALID);
    assert_int_equal(open_session(&fresh), CKR_OK);
    assert_int_equal(p11->C_GetSessionInfo(fresh, &info), CKR_OK);
    assert_int_equal(info.state, CKS_RO_PUBLIC_SESSION);

    /* With another rule behind it, it is the same one, and over. */
    script("suspend\nslot-events\n");
    session = fresh;
    assert_int_equal(login(PIN), CKR_OK);
    assert_int_not_equal(begin_signing(fresh, key), CKR_OK);
    key = find(CKO_PRIVATE_KEY, RSA_ID);
    assert_int_equal(begin_signing(fresh, key), CKR_OK);
}

static void a_logged_out_token_keeps_its_sessions(void **state)
{
    CK_SESSION_INFO info = {0};

    (void)state;
    assert_int_equal(login(PIN), CKR_OK);
    script("log-out\n");
    assert_int_equal(p11->C_GetSessionInfo(session, &info), CKR_OK);
    assert_int_equal(info.state, CKS_RO_PUBLIC_SESSION);
    assert_int_equal(login(PIN), CKR_OK);
    assert_int_equal(p11->C_GetSessionInfo(session, &info), CKR_OK);
    assert_int_equal(info.state, CKS_RO_USER_FUNCTIONS);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        CASE(a_suspended_token_has_lost_everything_once),
        CASE(a_logged_out_token_keeps_its_sessions),
    };

    if (argc != 2 || !load(argv[1])) {
        fputs("usage: test_sessions SHIM\n", stderr);
        return 2;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
