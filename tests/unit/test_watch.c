/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of pkcs11/watch with modules that wait in their own ways. */
#include <stdatomic.h>
#include <time.h>

#include "pkcs11/watch.h"
#include "unit.h"

/* A module with one slot, in which tokens come and go. */
static struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    CK_SLOT_ID token;    /* in this slot; 0: none */
    CK_SLOT_ID reported; /* what C_WaitForSlotEvent has told */
    bool finalised;
    bool ignores_finalise; /* waits on */
    bool refuses_list;
    unsigned n_waits;
    unsigned n_lists;
    unsigned n_finalised;
} fake;

static atomic_uint n_told;
static atomic_uint n_wanting;
static CK_FUNCTION_LIST functions;
static struct library library;
static char name[] = "m";

static CK_RV list_slots(CK_BBOOL present, CK_SLOT_ID *slots, CK_ULONG *n)
{
    CK_RV rv = CKR_OK;

    assert_true(present);
    (void)pthread_mutex_lock(&fake.lock);
    fake.n_lists++;
    if (fake.refuses_list)
        rv = CKR_DEVICE_ERROR;
    *n = fake.token != 0 ? 1 : 0;
    if (slots != NULL && *n > 0)
        slots[0] = fake.token;
    (void)pthread_mutex_unlock(&fake.lock);
    return rv;
}

static CK_RV wait_for_event(CK_FLAGS flags, CK_SLOT_ID *slot, void *reserved)
{
    CK_RV rv = CKR_OK;

    assert_int_equal(flags, 0);
    assert_null(reserved);
    (void)pthread_mutex_lock(&fake.lock);
    fake.n_waits++;
    (void)pthread_cond_broadcast(&fake.changed);
    while (fake.token == fake.reported &&
           (!fake.finalised || fake.ignores_finalise))
        (void)pthread_cond_wait(&fake.changed, &fake.lock);
    if (fake.token == fake.reported)
        rv = CKR_CRYPTOKI_NOT_INITIALIZED;
    fake.reported = fake.token;
    *slot = 1;
    (void)pthread_mutex_unlock(&fake.lock);
    return rv;
}

static CK_RV finalise(void *reserved)
{
    assert_null(reserved);
    (void)pthread_mutex_lock(&fake.lock);
    fake.n_finalised++;
    fake.finalised = true;
    (void)pthread_cond_broadcast(&fake.changed);
    (void)pthread_mutex_unlock(&fake.lock);
    return CKR_OK;
}

static void put_token(CK_SLOT_ID slot)
{
    (void)pthread_mutex_lock(&fake.lock);
    fake.token = slot;
    (void)pthread_cond_broadcast(&fake.changed);
    (void)pthread_mutex_unlock(&fake.lock);
}

static void await_waits(unsigned n)
{
    (void)pthread_mutex_lock(&fake.lock);
    while (fake.n_waits < n)
        (void)pthread_cond_wait(&fake.changed, &fake.lock);
    (void)pthread_mutex_unlock(&fake.lock);
}

static unsigned count(const unsigned *number)
{
    unsigned n = 0;

    (void)pthread_mutex_lock(&fake.lock);
    n = *number;
    (void)pthread_mutex_unlock(&fake.lock);
    return n;
}

static void rest_ms(long ms)
{
    const struct timespec time = {ms / 1000, ms % 1000 * 1000000};

    (void)nanosleep(&time, NULL);
}

/* Until the watch has told N times; 20 seconds are a failure. */
static void await_told(unsigned n)
{
    for (int i = 0; i < 2000 && atomic_load(&n_told) < n; i++)
        rest_ms(10);
    assert_int_equal(atomic_load(&n_told), n);
}

static void note(void *context)
{
    assert_ptr_equal(context, &fake);
    atomic_fetch_add(&n_told, 1);
}

static int set_up(void **state)
{
    (void)state;
    memset(&fake, 0, sizeof fake);
    (void)pthread_mutex_init(&fake.lock, NULL);
    (void)pthread_cond_init(&fake.changed, NULL);
    functions = (CK_FUNCTION_LIST){.C_GetSlotList = list_slots,
                                   .C_WaitForSlotEvent = wait_for_event,
                                   .C_Finalize = finalise};
    library = (struct library){
        .name = name, .functions = &functions, .initialised = true};
    library_init(&library);
    atomic_store(&n_told, 0);
    atomic_store(&n_wanting, 1);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    library_done(&library);
    return 0;
}

static void start(void)
{
    const struct watch_caller caller = {note, &fake, &n_wanting};

    assert_ok(watch_start(&library, &caller));
}

static void stop(void)
{
    struct watch *watch = TAKE(library.watch);

    assert_true(watch_stop(watch));
    assert_true(library_finalise(&library));
    assert_true(watch_free(watch));
}

static void events_are_told(void **state)
{
    (void)state;
    start();
    await_waits(1);
    put_token(1);
    await_told(1);
    await_waits(2);
    put_token(0);
    await_told(2);
    await_waits(3);
    /* Twice for each list: at the start and after each event. */
    assert_int_equal(count(&fake.n_lists), 3 + 1);
    stop();
    assert_int_equal(atomic_load(&n_told), 2);
}

static void the_end_finalises_who_waits(void **state)
{
    (void)state;
    start();
    await_waits(1);
    assert_true(watch_stop(library.watch));
    assert_int_equal(count(&fake.n_finalised), 0);
    stop();
    assert_int_equal(count(&fake.n_finalised), 1);
    assert_false(library.initialised);
}

static void an_event_at_the_end_is_not_told(void **state)
{
    (void)state;
    start();
    await_waits(1);
    assert_true(watch_stop(library.watch));
    put_token(1);
    stop();
    assert_int_equal(atomic_load(&n_told), 0);
    assert_int_equal(count(&fake.n_waits), 1);
}

/* Two configurations have the same library. */
static void one_thread_for_all_who_want_it(void **state)
{
    (void)state;
    start();
    await_waits(1);
    start();
    assert_int_equal(count(&fake.n_lists), 1);
    put_token(1);
    await_told(1);
    await_waits(2);
    assert_int_equal(count(&fake.n_waits), 2);
    stop();
}

/* What its thread uses must stay. */
static void one_that_waits_on_is_given_up(void **state)
{
    (void)state;
    fake.ignores_finalise = true;
    start();
    await_waits(1);
    assert_true(watch_stop(library.watch));
    assert_true(library_finalise(&library));
    assert_false(watch_free(library.watch));
    put_token(1);
}

static void polled(void)
{
    start();
    put_token(1);
    await_told(1);
    assert_int_equal(count(&fake.n_finalised), 0);
    stop();
    assert_int_equal(count(&fake.n_waits), 0);
}

static void one_without_the_function_is_polled(void **state)
{
    (void)state;
    functions.C_WaitForSlotEvent = NULL;
    start();
    put_token(1);
    await_told(1);
    put_token(2);
    await_told(2);
    put_token(0);
    await_told(3);
    stop();
}

static void one_that_is_serialised_is_polled(void **state)
{
    (void)state;
    library.serialised = true;
    polled();
}

/* Only C_Finalize would end the wait, and somebody else uses the module. */
static void one_that_others_initialised_is_polled(void **state)
{
    (void)state;
    library.initialised = false;
    polled();
}

static void one_that_is_remote_is_polled(void **state)
{
    (void)state;
    library.is_remote = true;
    polled();
}

static void nobody_wants_to_know(void **state)
{
    (void)state;
    library.serialised = true;
    atomic_store(&n_wanting, 0);
    start();
    put_token(1);
    rest_ms(2500);
    assert_int_equal(count(&fake.n_lists), 1);
    assert_int_equal(atomic_load(&n_told), 0);
    /* What happened meanwhile is told when somebody does. */
    atomic_store(&n_wanting, 1);
    await_told(1);
    stop();
}

/* A token was found to be gone, and is back before the watch looks. */
static void what_others_see_counts(void **state)
{
    (void)state;
    library.serialised = true;
    put_token(1);
    start();
    watch_note(&library, NULL, 0);
    await_told(1);
    stop();
}

static void a_list_that_fails_is_no_news(void **state)
{
    (void)state;
    library.serialised = true;
    put_token(1);
    start();
    (void)pthread_mutex_lock(&fake.lock);
    fake.refuses_list = true;
    (void)pthread_mutex_unlock(&fake.lock);
    while (count(&fake.n_lists) < 4)
        rest_ms(10);
    (void)pthread_mutex_lock(&fake.lock);
    fake.refuses_list = false;
    (void)pthread_mutex_unlock(&fake.lock);
    while (count(&fake.n_lists) < 6)
        rest_ms(10);
    stop();
    assert_int_equal(atomic_load(&n_told), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(events_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_end_finalises_who_waits, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_event_at_the_end_is_not_told, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(one_thread_for_all_who_want_it, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(one_without_the_function_is_polled,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_is_serialised_is_polled,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_others_initialised_is_polled,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_is_remote_is_polled, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(nobody_wants_to_know, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_others_see_counts, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_list_that_fails_is_no_news, set_up,
                                        tear_down),
        /* Its thread goes on: it is the last. */
        cmocka_unit_test_setup(one_that_waits_on_is_given_up, set_up),
    };

    return cmocka_run_group_tests_name("watch", tests, NULL, NULL);
}
