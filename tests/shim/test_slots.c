/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Do the shim's rules of slots, and of what tokens call themselves, do what
 * they say?  Run by test-shim.sh. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"

/* The token's and the empty one of SoftHSM. */
#define N_SLOTS 2

static void slots_are_given_the_other_way_round(void **state)
{
    CK_SLOT_ID before[N_SLOTS];
    CK_SLOT_ID after[N_SLOTS];
    CK_ULONG n = N_SLOTS;

    (void)state;
    for (int present = 0; present < 2; present++) {
        script("");
        assert_int_equal(
            p11->C_GetSlotList(present ? CK_TRUE : CK_FALSE, before, &n),
            CKR_OK);
        script("reverse-slots\n");
        assert_int_equal(
            p11->C_GetSlotList(present ? CK_TRUE : CK_FALSE, after, &n),
            CKR_OK);
        assert_int_equal(n, N_SLOTS);
        assert_int_equal(before[0], after[1]);
        assert_int_equal(before[1], after[0]);
        assert_int_not_equal(before[0], before[1]);
    }
    assert_int_equal(p11->C_GetSlotList(CK_TRUE, NULL, &n), CKR_OK);
    assert_int_equal(n, N_SLOTS);
}

static void late_slots_are_there_when_they_are_counted(void **state)
{
    CK_SLOT_ID slots[N_SLOTS + 2];
    CK_ULONG n = 0;

    (void)state;
    script("late-slots\nmore-slots 1\n");
    assert_int_equal(p11->C_GetSlotList(CK_TRUE, NULL, &n), CKR_OK);
    assert_int_equal(n, N_SLOTS + 1);
    script("late-slots\nmore-slots 2\n");
    n = N_SLOTS + 2;
    assert_int_equal(p11->C_GetSlotList(CK_TRUE, slots, &n), CKR_OK);
    assert_int_equal(n, N_SLOTS + 1);
    assert_int_equal(p11->C_GetSlotList(CK_TRUE, NULL, &n), CKR_OK);
    assert_int_equal(n, N_SLOTS + 2);
    assert_int_equal(p11->C_GetSlotList(CK_TRUE, slots, &n), CKR_OK);
    assert_int_equal(n, N_SLOTS + 2);
    script("late-slots\n");
    assert_int_equal(p11->C_GetSlotList(CK_TRUE, slots, &n), CKR_OK);
    assert_int_equal(n, N_SLOTS);
}

static void texts_of_a_token_are_replaced(void **state)
{
    CK_TOKEN_INFO info = {.flags = 0};

    (void)state;
    script("token-text shim serial 00 00\n"
           "token-text shim label other\n"
           "token-text * model\n"
           "token-text another manufacturer X\n");
    assert_int_equal(p11->C_GetTokenInfo(slot, &info), CKR_OK);
    assert_memory_equal(info.serialNumber, "00 00           ", 16);
    assert_memory_equal(info.label, "other                           ", 32);
    assert_memory_equal(info.model, "                ", 16);
    assert_memory_equal(info.manufacturerID, "SoftHSM project ", 16);
    /* The module's name of it is the one that rules know. */
    script("token-text shim label other\nabsent other\n");
    assert_int_equal(p11->C_GetTokenInfo(slot, &info), CKR_OK);
    script("token-text shim label other\nabsent shim\n");
    assert_int_equal(p11->C_GetTokenInfo(slot, &info), CKR_TOKEN_NOT_PRESENT);
}

static void a_copy_has_a_script_of_its_own(void **state)
{
    CK_FUNCTION_LIST *original = p11;
    CK_TOKEN_INFO info = {.flags = 0};

    (void)state;
    assert_true(load(getenv("SHIM_COPY")));
    assert_ptr_not_equal(p11, original);
    assert_int_equal(p11->C_GetTokenInfo(slot, &info), CKR_OK);
    assert_memory_equal(info.label, "copy  ", 6);
    p11 = original;
    assert_int_equal(p11->C_GetTokenInfo(slot, &info), CKR_OK);
    assert_memory_equal(info.label, "shim  ", 6);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        CASE(slots_are_given_the_other_way_round),
        CASE(late_slots_are_there_when_they_are_counted),
        CASE(texts_of_a_token_are_replaced),
        CASE(a_copy_has_a_script_of_its_own),
    };

    if (argc != 2 || !load(argv[1])) {
        fputs("usage: test_slots SHIM\n", stderr);
        return 2;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
