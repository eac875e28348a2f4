/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of pkcs11/find: all keys and certificates are found, in whatever way
 * takes the fewest calls, and nothing else is read. */
#include "fake_module.h"
#include "pkcs11/find.h"
#include "unit.h"

static CK_SESSION_HANDLE session;
static struct find_habit habit;
static struct pool pool = {.lock = PTHREAD_MUTEX_INITIALIZER};
static CK_RV (*real_get)(CK_SESSION_HANDLE, CK_OBJECT_HANDLE, CK_ATTRIBUTE *,
                         CK_ULONG);
static CK_RV (*real_init)(CK_SESSION_HANDLE, CK_ATTRIBUTE *, CK_ULONG);
static unsigned n_others_read;
static enum { FINDS_ALL, FINDS_NOTHING, FINDS_SOME, REFUSES } without_class;

static CK_OBJECT_CLASS class_of(CK_OBJECT_HANDLE handle)
{
    CK_OBJECT_CLASS class = CKO_VENDOR_DEFINED;

    memcpy(&class, fake.objects[handle - fake.first].attributes[0].pValue,
           sizeof class);
    return class;
}

/* The value of anything but a certificate is a secret, or long. */
static CK_RV get_attribute(CK_SESSION_HANDLE in, CK_OBJECT_HANDLE object,
                           CK_ATTRIBUTE *template, CK_ULONG n)
{
    const CK_OBJECT_CLASS class = class_of(object);

    for (CK_ULONG i = 0; i < n; i++)
        if (template[i].type == CKA_VALUE)
            assert_int_equal(class, CKO_CERTIFICATE);
    n_others_read += class == CKO_DATA || class == CKO_SECRET_KEY;
    return real_get(in, object, template, n);
}

static CK_RV find_init(CK_SESSION_HANDLE in, CK_ATTRIBUTE *template, CK_ULONG n)
{
    CK_OBJECT_CLASS private = CKO_PRIVATE_KEY;
    CK_ATTRIBUTE some = {CKA_CLASS, &private, sizeof private};

    if (n != 0)
        return real_init(in, template, n);
    switch (without_class) {
    case REFUSES:
        return CKR_ARGUMENTS_BAD;
    case FINDS_SOME:
        return real_init(in, &some, 1);
    case FINDS_NOTHING:
        private
        = CKO_VENDOR_DEFINED;
        return real_init(in, &some, 1);
    case FINDS_ALL:
        break;
    }
    return real_init(in, template, n);
}

static void add(CK_OBJECT_CLASS class, const char *id)
{
    struct fake_object *object = fake_add_object(class);

    object->is_private = false;
    fake_set(object, CKA_ID, id, strlen(id));
    fake_set(object, CKA_LABEL, id, strlen(id));
    fake_set(object, CKA_VALUE, id, strlen(id));
    fake_set_flag(object, CKA_SIGN, true);
    fake_set_flag(object, CKA_VERIFY, false);
}

static int set_up(void **state)
{
    (void)fake_set_up(state);
    habit = (struct find_habit){0};
    n_others_read = 0;
    without_class = FINDS_ALL;
    real_get = fake.functions.C_GetAttributeValue;
    real_init = fake.functions.C_FindObjectsInit;
    fake.functions.C_GetAttributeValue = get_attribute;
    fake.functions.C_FindObjectsInit = find_init;
    assert_int_equal(fake.functions.C_OpenSession(FAKE_SLOT, CKF_SERIAL_SESSION,
                                                  NULL, NULL, &session),
                     CKR_OK);
    add(CKO_PUBLIC_KEY, "1");
    add(CKO_CERTIFICATE, "1");
    add(CKO_PRIVATE_KEY, "1");
    add(CKO_PRIVATE_KEY, "2");
    return 0;
}

static unsigned count(const struct object_list *list, enum object_class class)
{
    unsigned n = 0;

    for (size_t i = 0; i < list->n; i++)
        n += list->objects[i].class == class;
    return n;
}

static void check_object(const struct object *o)
{
    assert_int_equal(o->id.len, 1);
    assert_true(o->handle >= fake.first);
    if (o->class == OBJECT_CERTIFICATE)
        assert_int_equal(o->certificate.len, 1);
    else
        assert_int_equal(o->certificate.len, 0);
    /* A private key signs, and its public half says of "verify" what it
     * says: neither is taken for the other. */
    if (o->class == OBJECT_PRIVATE_KEY)
        assert_int_equal(o->sign, USE_YES);
    if (o->class == OBJECT_PUBLIC_KEY)
        assert_int_equal(o->sign, USE_NO);
}

/* Everything is found with so many searches. */
static void assert_searches(unsigned n)
{
    AUTO_OBJECT_LIST list = {0};

    fake_forget_calls();
    assert_int_equal(
        find_objects(&fake.module, session, true, &habit, &pool, &list),
        CKR_OK);
    assert_int_equal(list.n, 4);
    assert_int_equal(count(&list, OBJECT_PUBLIC_KEY), 1);
    assert_int_equal(count(&list, OBJECT_CERTIFICATE), 1);
    assert_int_equal(count(&list, OBJECT_PRIVATE_KEY), 2);
    for (size_t i = 0; i < list.n; i++)
        check_object(&list.objects[i]);
    assert_int_equal(fake.calls[FAKE_FIND_INIT], n);
    assert_int_equal(fake.calls[FAKE_FIND_FINAL], n);
    assert_true(habit.was_listed);
    assert_int_equal(habit.n_keys, 3);
}

static void keys_are_found_among_all_objects(void **state)
{
    (void)state;
    assert_searches(2);
    assert_int_equal(fake.calls[FAKE_GET_ATTRIBUTE], 4);
    assert_int_equal(habit.n_others, 0);
    assert_searches(2);
    assert_int_equal(fake.calls[FAKE_FIND], 2);
    assert_int_equal(fake.calls[FAKE_GET_ATTRIBUTE], 4);
}

static void a_few_other_objects_are_looked_at(void **state)
{
    (void)state;
    add(CKO_SECRET_KEY, "a");
    add(CKO_DATA, "b");
    add(CKO_DATA, "c");
    for (int i = 0; i < 3; i++) {
        n_others_read = 0;
        assert_searches(2);
        assert_int_equal(n_others_read, 3);
        assert_int_equal(habit.n_others, 3);
    }
    /* One more: the other way takes fewer calls from then on. */
    add(CKO_DATA, "d");
    assert_searches(2);
    n_others_read = 0;
    assert_searches(3);
    assert_searches(3);
    assert_int_equal(n_others_read, 0);
}

static void many_other_objects_are_left_alone(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++)
        add(CKO_DATA, "d");
    /* At first it could be that all are keys. */
    assert_searches(4);
    assert_int_equal(n_others_read, 0);
    assert_searches(4);
    assert_int_equal(n_others_read, 0);
    assert_searches(3);
    assert_int_equal(n_others_read, 0);
}

static void
a_module_that_finds_nothing_without_a_class_is_asked_by_it(void **state)
{
    (void)state;
    without_class = FINDS_NOTHING;
    assert_searches(4);
    assert_searches(3);
    without_class = FINDS_SOME;
    habit = (struct find_habit){0};
    assert_searches(4);
    assert_searches(3);
    without_class = REFUSES;
    habit = (struct find_habit){0};
    assert_searches(3);
    assert_int_equal(habit.n_others, SIZE_MAX);
}

static void a_module_that_gives_up_early_is_asked_by_class(void **state)
{
    (void)state;
    atomic_store(&fake.module.gives_up_early, true);
    assert_searches(3);
}

static void without_certificates_none_is_touched(void **state)
{
    AUTO_OBJECT_LIST list = {0};

    (void)state;
    assert_int_equal(
        find_objects(&fake.module, session, false, &habit, &pool, &list),
        CKR_OK);
    assert_int_equal(list.n, 3);
    assert_int_equal(fake.calls[FAKE_FIND_INIT], 2);
    assert_int_equal(fake.calls[FAKE_GET_ATTRIBUTE], 3);
}

static void more_keys_than_before_are_no_riddle(void **state)
{
    (void)state;
    habit = (struct find_habit){.was_listed = true, .n_keys = 1};
    for (size_t i = 0; i < fake.n_objects; i++)
        fake.objects[i].is_gone = true;
    for (int i = 0; i < 12; i++)
        add(CKO_PRIVATE_KEY, "k");
    for (unsigned n = 4; n >= 2; n -= 2) {
        AUTO_OBJECT_LIST list = {0};

        fake_forget_calls();
        assert_int_equal(
            find_objects(&fake.module, session, true, &habit, &pool, &list),
            CKR_OK);
        assert_int_equal(list.n, 12);
        assert_int_equal(fake.calls[FAKE_FIND_INIT], n);
    }
    assert_int_equal(habit.n_others, 0);
}

static void an_empty_token_is_no_riddle(void **state)
{
    (void)state;
    for (size_t i = 0; i < fake.n_objects; i++)
        fake.objects[i].is_gone = true;
    for (int i = 0; i < 2; i++) {
        AUTO_OBJECT_LIST list = {0};

        assert_int_equal(
            find_objects(&fake.module, session, true, &habit, &pool, &list),
            CKR_OK);
        assert_int_equal(list.n, 0);
    }
    for (size_t i = 0; i < fake.n_objects; i++)
        fake.objects[i].is_gone = false;
    assert_searches(3);
    assert_searches(2);
}

static void an_error_of_the_session_is_passed_on(void **state)
{
    const enum fake_function functions[] = {
        FAKE_FIND_INIT, FAKE_FIND, FAKE_FIND_FINAL, FAKE_GET_ATTRIBUTE};

    (void)state;
    for (size_t f = 0; f < N_ELEMENTS(functions); f++)
        for (unsigned before = 0; before < 2; before++) {
            AUTO_OBJECT_LIST list = {0};

            for (unsigned i = 0; i < before; i++)
                fake_answer(functions[f], CKR_OK);
            fake_answer(functions[f], CKR_DEVICE_ERROR);
            assert_int_equal(
                find_objects(&fake.module, session, true, &habit, &pool, &list),
                CKR_DEVICE_ERROR);
            assert_int_equal(list.n, 0);
        }
    assert_searches(2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, fake_tear_down)

static int tear_down(void **state)
{
    (void)state;
    pool_done(&pool);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keys_are_found_among_all_objects),
        TEST(a_few_other_objects_are_looked_at),
        TEST(many_other_objects_are_left_alone),
        TEST(more_keys_than_before_are_no_riddle),
        TEST(a_module_that_finds_nothing_without_a_class_is_asked_by_it),
        TEST(a_module_that_gives_up_early_is_asked_by_class),
        TEST(without_certificates_none_is_touched),
        TEST(an_empty_token_is_no_riddle),
        TEST(an_error_of_the_session_is_passed_on),
    };

    return cmocka_run_group_tests_name("find", tests, fake_set_up_group,
                                       tear_down);
}
