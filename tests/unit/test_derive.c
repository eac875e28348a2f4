/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of token/operation when it agrees on a secret: the object that the
 * secret comes in does not stay. */
#include "fake_token.h"
#include "unit.h"

#define ROOM strlen(FAKE_ANSWER)

/* The object of the last derivation. */
static const struct fake_object *derived(void)
{
    assert_true(fake.n_objects > 1);
    return &fake.objects[fake.n_objects - 1];
}

static gpg_error_t derive(struct secret *ret)
{
    return fake_token_perform(TOKEN_DERIVE, ROOM, ret);
}

static void the_secret_is_read_and_its_object_destroyed(void **state)
{
    AUTO_SECRET shared = {0};

    (void)state;
    fake_token_warm_up();
    assert_ok(derive(&shared));
    assert_trail("C_DeriveKey C_GetAttributeValue C_DestroyObject");
    assert_span(secret_span(&shared), FAKE_ANSWER, ROOM);
    assert_true(derived()->is_gone);
    assert_int_equal(fake.mechanism, CKM_ECDH1_DERIVE);
    assert_span(span_of(&fake.input), FAKE_INPUT, strlen(FAKE_INPUT));
}

static void the_person_is_told_of_a_decryption(void **state)
{
    AUTO_SECRET shared = {0};

    (void)state;
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(derive(&shared));
    assert_int_equal(person.requests[0].reason.action, PIN_TO_DECRYPT);
}

static void a_read_only_session_is_changed_for_another(void **state)
{
    AUTO_SECRET shared = {0};
    AUTO_SECRET again = {0};

    (void)state;
    fake.derive_wants_rw = true;
    fake_token_warm_up();
    assert_ok(derive(&shared));
    assert_span(secret_span(&shared), FAKE_ANSWER, ROOM);
    assert_int_equal(fake.n_logins, 0);
    assert_true(derived()->is_gone);
    /* That one is there now. */
    fake_forget_calls();
    assert_ok(derive(&again));
    assert_int_equal(fake.calls[FAKE_OPEN_SESSION], 0);
    assert_int_equal(fake.n_logins, 0);
}

static void a_token_with_one_session_can_still_derive(void **state)
{
    AUTO_SECRET shared = {0};

    (void)state;
    fake.derive_wants_rw = true;
    fake.max_sessions = 1;
    fake.info.ulMaxSessionCount = 1;
    fake_token_remake();
    fake_token_warm_up();
    /* Its login goes with its only session. */
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(derive(&shared));
    assert_span(secret_span(&shared), FAKE_ANSWER, ROOM);
    assert_int_equal(person.n_asked, 1);
}

static void read_only_for_ever_is_an_error(void **state)
{
    AUTO_SECRET shared = {0};

    (void)state;
    fake_token_warm_up();
    fake_answer(FAKE_DERIVE, CKR_SESSION_READ_ONLY);
    fake_answer(FAKE_DERIVE, CKR_SESSION_READ_ONLY);
    assert_code(derive(&shared), GPG_ERR_NOT_SUPPORTED);
    assert_int_equal(fake.calls[FAKE_DERIVE], 2);
    assert_int_equal(shared.len, 0);
}

static void a_secret_that_cannot_be_read_is_destroyed_too(void **state)
{
    AUTO_SECRET shared = {0};

    (void)state;
    fake_token_warm_up();
    fake_answer(FAKE_GET_ATTRIBUTE, CKR_ATTRIBUTE_SENSITIVE);
    assert_code(derive(&shared), GPG_ERR_NOT_SUPPORTED);
    assert_true(derived()->is_gone);
    assert_int_equal(shared.len, 0);
}

static void a_secret_that_is_too_long_is_destroyed_too(void **state)
{
    AUTO_SECRET shared = {0};

    (void)state;
    fake_token_warm_up();
    assert_code(fake_token_perform(TOKEN_DERIVE, ROOM - 1, &shared),
                GPG_ERR_BUFFER_TOO_SHORT);
    assert_true(derived()->is_gone);
    assert_int_equal(shared.len, 0);
}

static void a_short_secret_keeps_its_length(void **state)
{
    AUTO_SECRET shared = {0};

    (void)state;
    fake_token_warm_up();
    assert_ok(fake_token_perform(TOKEN_DERIVE, ROOM + 9, &shared));
    assert_span(secret_span(&shared), FAKE_ANSWER, ROOM);
}

static void a_secret_that_cannot_be_destroyed_is_still_one(void **state)
{
    AUTO_SECRET shared = {0};

    (void)state;
    fake_token_warm_up();
    fake_answer(FAKE_DESTROY, CKR_FUNCTION_FAILED);
    assert_ok(derive(&shared));
    assert_span(secret_span(&shared), FAKE_ANSWER, ROOM);
}

/* C_GetAttributeValue of a module that claims what it likes. */
static CK_ULONG claimed;

static CK_RV claim(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object,
                   CK_ATTRIBUTE *template, CK_ULONG n)
{
    (void)session;
    (void)object;
    for (CK_ULONG i = 0; i < n; i++)
        template[i].ulValueLen = claimed;
    return CKR_OK;
}

static void absurd_lengths_are_not_believed(void **state)
{
    const CK_ULONG claims[] = {CK_UNAVAILABLE_INFORMATION, (CK_ULONG)1 << 47,
                               ROOM + 1};

    (void)state;
    fake_token_warm_up();
    fake.functions.C_GetAttributeValue = claim;
    for (size_t i = 0; i < N_ELEMENTS(claims); i++) {
        AUTO_SECRET shared = {0};

        claimed = claims[i];
        assert_code(derive(&shared), GPG_ERR_CARD);
        assert_true(derived()->is_gone);
        assert_int_equal(shared.len, 0);
    }
}

#define TEST(name)                                           \
    cmocka_unit_test_setup_teardown(name, fake_token_set_up, \
                                    fake_token_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_secret_is_read_and_its_object_destroyed),
        TEST(the_person_is_told_of_a_decryption),
        TEST(a_read_only_session_is_changed_for_another),
        TEST(a_token_with_one_session_can_still_derive),
        TEST(read_only_for_ever_is_an_error),
        TEST(a_secret_that_cannot_be_read_is_destroyed_too),
        TEST(a_secret_that_is_too_long_is_destroyed_too),
        TEST(a_short_secret_keeps_its_length),
        TEST(a_secret_that_cannot_be_destroyed_is_still_one),
        TEST(absurd_lengths_are_not_believed),
    };

    return cmocka_run_group_tests_name("derive", tests, fake_set_up_group,
                                       NULL);
}
