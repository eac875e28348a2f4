/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of base/map. */
#include "base/map.h"
#include "unit.h"

#define AUTO_MAP AUTO(map_clear) struct map

static void an_empty_map_has_nothing(void **state)
{
    AUTO_MAP map = {0};

    (void)state;
    assert_null(map_get(&map, "key"));
    assert_null(map_get(&map, ""));
    map_clear(&map);
    map_clear(&map);
    assert_int_equal(map.n, 0);
}

static void what_was_added_is_found(void **state)
{
    AUTO_MAP map = {0};
    int one = 1;
    int two = 2;

    (void)state;
    assert_ok(map_add(&map, "one", &one));
    assert_ok(map_add(&map, "", &two));
    assert_ptr_equal(map_get(&map, "one"), &one);
    assert_ptr_equal(map_get(&map, ""), &two);
    assert_null(map_get(&map, "On"));
    assert_null(map_get(&map, "ONE"));
    assert_null(map_get(&map, "ones"));
    assert_int_equal(map.n, 2);
}

static void the_older_value_stays(void **state)
{
    AUTO_MAP map = {0};
    char again[] = "one";
    int one = 1;
    int other = 2;

    (void)state;
    assert_ok(map_add(&map, "one", &one));
    assert_ok(map_add(&map, again, &other));
    assert_ptr_equal(map_get(&map, again), &one);
    assert_int_equal(map.n, 1);
}

static void a_cleared_map_can_be_used_again(void **state)
{
    AUTO_MAP map = {0};
    int one = 1;

    (void)state;
    assert_ok(map_add(&map, "one", &one));
    map_clear(&map);
    assert_null(map_get(&map, "one"));
    assert_ok(map_add(&map, "two", &one));
    assert_ptr_equal(map_get(&map, "two"), &one);
}

#define MANY 20000

/* So many that it grows often and places collide. */
static void many_keys_are_all_found(void **state)
{
    static char keys[MANY][8];
    AUTO_MAP map = {0};

    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        (void)snprintf(keys[i], sizeof keys[i], "k%zu", i);
        assert_ok(map_add(&map, keys[i], keys[i]));
    }
    assert_int_equal(map.n, MANY);
    assert_true(map.size - map.size / 4 >= MANY);
    for (size_t i = 0; i < MANY; i++) {
        char key[8] = "";

        (void)snprintf(key, sizeof key, "k%zu", i);
        assert_ptr_equal(map_get(&map, key), keys[i]);
        key[0] = 'K';
        assert_null(map_get(&map, key));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_map_has_nothing),
        cmocka_unit_test(what_was_added_is_found),
        cmocka_unit_test(the_older_value_stays),
        cmocka_unit_test(a_cleared_map_can_be_used_again),
        cmocka_unit_test(many_keys_are_all_found),
    };

    return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
