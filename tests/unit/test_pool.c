/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of base/pool: equal byte strings kept once. */
#include "base/pool.h"
#include "unit.h"

#define AUTO_POOL AUTO(pool_done) struct pool
#define MANY ((size_t)5000)

static void equal_strings_are_shared(void **state)
{
    AUTO_POOL pool = {.lock = PTHREAD_MUTEX_INITIALIZER};
    AUTO_BYTES a = {0};
    AUTO_BYTES b = {0};
    AUTO_BYTES other = {0};

    (void)state;
    assert_ok(bytes_set(&a, span_make("a\0b", 3)));
    assert_ok(bytes_set(&b, span_make("a\0b", 3)));
    assert_ok(bytes_set(&other, span_make("a\0c", 3)));
    pool_share(&pool, &a);
    pool_share(&pool, &b);
    pool_share(&pool, &other);
    assert_ptr_equal(a.data, b.data);
    assert_ptr_not_equal(a.data, other.data);
    assert_int_equal(pool.n, 2);
    /* One that is in it already stays what it is. */
    pool_share(&pool, &a);
    assert_ptr_equal(a.data, b.data);
    assert_span(span_of(&other), "a\0c", 3);
}

static void what_is_empty_is_left_alone(void **state)
{
    AUTO_POOL pool = {.lock = PTHREAD_MUTEX_INITIALIZER};
    AUTO_BYTES empty = {0};
    AUTO_BYTES none = {0};

    (void)state;
    assert_ok(bytes_alloc(&empty, 0));
    pool_share(&pool, &empty);
    pool_share(&pool, &none);
    assert_int_equal(pool.n, 0);
    assert_null(none.data);
    pool_sweep(&pool);
}

static void set_number(struct bytes *b, size_t i)
{
    char text[32];

    (void)snprintf(text, sizeof text, "number %zu", i);
    assert_ok(bytes_set(b, span_str(text)));
}

static void the_rest_outlives_those_that_are_swept(void **state)
{
    static struct bytes kept[MANY];
    AUTO_POOL pool = {.lock = PTHREAD_MUTEX_INITIALIZER};
    size_t large = 0;

    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        set_number(&kept[i], i);
        pool_share(&pool, &kept[i]);
    }
    assert_int_equal(pool.n, MANY);
    large = pool.size;
    for (size_t i = 0; i < MANY; i++)
        if (i % 10 != 0)
            bytes_clear(&kept[i]);
    pool_sweep(&pool);
    assert_int_equal(pool.n, MANY / 10);
    assert_true(pool.size < large);
    for (size_t i = 0; i < MANY; i += 10) {
        AUTO_BYTES again = {0};

        set_number(&again, i);
        pool_share(&pool, &again);
        assert_ptr_equal(again.data, kept[i].data);
    }
    assert_int_equal(pool.n, MANY / 10);
    for (size_t i = 0; i < MANY; i++)
        bytes_clear(&kept[i]);
    pool_sweep(&pool);
    assert_int_equal(pool.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_strings_are_shared),
        cmocka_unit_test(what_is_empty_is_left_alone),
        cmocka_unit_test(the_rest_outlives_those_that_are_swept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
