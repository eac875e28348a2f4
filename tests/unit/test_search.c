/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of pkcs11/search with modules that give what they find all at once, one
 * at a time, or in pages. */
#include "fake_module.h"
#include "pkcs11/search.h"
#include "unit.h"

static struct {
    CK_ULONG total; /* objects, with the handles from 1 on */
    CK_ULONG page;  /* it gives no more at a time; 0: what is asked for */
    CK_ULONG given;
    bool lies; /* about how many it gave */
    unsigned n_finds;
    bool is_open;
} giver;

static CK_RV find_init(CK_SESSION_HANDLE session, CK_ATTRIBUTE *template,
                       CK_ULONG n)
{
    (void)template;
    assert_int_equal(session, 1);
    assert_int_equal(n, 0);
    assert_false(giver.is_open);
    giver.is_open = true;
    giver.given = 0;
    return CKR_OK;
}

static CK_RV find(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE *objects,
                  CK_ULONG max, CK_ULONG *n)
{
    assert_int_equal(session, 1);
    assert_true(giver.is_open);
    assert_true(max > 0);
    giver.n_finds++;
    if (giver.page != 0 && giver.page < max)
        max = giver.page;
    for (*n = 0; *n < max && giver.given < giver.total; (*n)++)
        objects[*n] = ++giver.given;
    if (giver.lies)
        *n = max + 1;
    return CKR_OK;
}

static CK_RV find_final(CK_SESSION_HANDLE session)
{
    assert_int_equal(session, 1);
    assert_true(giver.is_open);
    giver.is_open = false;
    return CKR_OK;
}

static int set_up(void **state)
{
    (void)fake_set_up(state);
    memset(&giver, 0, sizeof giver);
    fake.functions.C_FindObjectsInit = find_init;
    fake.functions.C_FindObjects = find;
    fake.functions.C_FindObjectsFinal = find_final;
    return 0;
}

/* All TOTAL objects are found, in their order, with so many C_FindObjects. */
static unsigned search_for(CK_ULONG total)
{
    AUTO_HANDLES handles = {0};

    giver.total = total;
    giver.n_finds = 0;
    assert_int_equal(
        search_objects(&fake.module, 1, NULL, 0, SEARCH_MAX, &handles), CKR_OK);
    assert_false(giver.is_open);
    assert_int_equal(handles.n, total);
    for (CK_ULONG i = 0; i < total; i++)
        assert_int_equal(handles.list[i], i + 1);
    return giver.n_finds;
}

static void the_end_is_asked_for_until_it_is_believed(void **state)
{
    (void)state;
    assert_int_equal(search_for(0), 1);
    /* One that comes alone shows nothing. */
    assert_int_equal(search_for(1), 2);
    assert_int_equal(search_for(1), 2);
    assert_int_equal(search_for(5), 2);
    assert_int_equal(search_for(5), 1);
    assert_int_equal(search_for(1), 1);
    assert_int_equal(search_for(4), 1);
    assert_int_equal(search_for(6), 2);
    assert_int_equal(search_for(6), 1);
    assert_int_equal(search_for(0), 1);
}

static void many_objects_are_found_too(void **state)
{
    (void)state;
    assert_true(search_for(20000) <= 6);
    assert_int_equal(search_for(20000), 1);
    assert_int_equal(search_for(1024), 1);
}

static void one_at_a_time_is_never_believed(void **state)
{
    (void)state;
    giver.page = 1;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(search_for(1), 2);
        assert_int_equal(search_for(5), 6);
        assert_int_equal(search_for(2), 3);
    }
}

static void pages_are_all_read(void **state)
{
    (void)state;
    giver.page = 10;
    assert_int_equal(search_for(4), 2);
    assert_int_equal(search_for(4), 1);
    assert_int_equal(search_for(25), 4);
    /* From now on it is known for that. */
    assert_int_equal(search_for(4), 2);
    assert_int_equal(search_for(10), 2);
    assert_int_equal(search_for(11), 3);
}

static void no_more_than_wanted_are_taken(void **state)
{
    AUTO_HANDLES handles = {0};

    (void)state;
    giver.total = 50;
    assert_int_equal(search_objects(&fake.module, 1, NULL, 0, 10, &handles),
                     CKR_OK);
    assert_int_equal(handles.n, 10);
    assert_int_equal(giver.n_finds, 1);
    assert_false(giver.is_open);
    /* That it did not give more shows nothing. */
    assert_int_equal(search_for(10), 2);
}

static void a_claim_beyond_the_room_is_an_error(void **state)
{
    AUTO_HANDLES handles = {0};

    (void)state;
    giver.lies = true;
    assert_int_equal(
        search_objects(&fake.module, 1, NULL, 0, SEARCH_MAX, &handles),
        CKR_GENERAL_ERROR);
    assert_false(giver.is_open);
    assert_int_equal(handles.n, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, fake_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_end_is_asked_for_until_it_is_believed),
        TEST(many_objects_are_found_too),
        TEST(one_at_a_time_is_never_believed),
        TEST(pages_are_all_read),
        TEST(no_more_than_wanted_are_taken),
        TEST(a_claim_beyond_the_room_is_an_error),
    };

    return cmocka_run_group_tests_name("search", tests, fake_set_up_group,
                                       NULL);
}
