/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of token/known_keys: the right private key is found, or none. */
#include "fake_token.h"
#include "unit.h"

/* An uncompressed point of a curve of eight-byte coordinates, if there were
 * one: nobody computes with it here. */
#define POINT "\x04XXXXXXXXYYYYYYYY"

/* The handle of what is found now, 0: nothing. */
static CK_OBJECT_HANDLE find(void)
{
    struct session *session = NULL;
    struct known_key key = {0};
    CK_RV rv = CKR_OK;

    token_forget_keys(token);
    assert_int_equal(sessions_borrow(&token->sessions, false, &session),
                     CKR_OK);
    rv = token_find_key(token, session, &locator, &key);
    sessions_return(&token->sessions, session);
    if (rv == CKR_KEY_HANDLE_INVALID)
        return 0;
    assert_int_equal(rv, CKR_OK);
    return key.handle;
}

static int set_up(void **state)
{
    if (fake_token_set_up(state) != 0)
        return -1;
    fake.info.flags &= ~(CK_FLAGS)CKF_LOGIN_REQUIRED;
    return 0;
}

/* One more private key with this CKA_ID; returns its handle. */
static CK_OBJECT_HANDLE add_key(const char *id, struct fake_object **ret)
{
    struct fake_object *object = fake_add_object(CKO_PRIVATE_KEY);

    fake_set(object, CKA_ID, id, strlen(id));
    *ret = object;
    return fake.first + fake.n_objects - 1;
}

static void a_key_is_searched_for_once(void **state)
{
    struct session *session = NULL;
    struct known_key key = {0};

    (void)state;
    assert_int_equal(find(), fake.first);
    assert_int_equal(sessions_borrow(&token->sessions, false, &session),
                     CKR_OK);
    fake_forget_calls();
    assert_int_equal(token_find_key(token, session, &locator, &key), CKR_OK);
    assert_true(token_recall_key(token, &locator, &key));
    assert_int_equal(key.handle, fake.first);
    assert_trail("");
    token_forget_keys(token);
    assert_false(token_recall_key(token, &locator, &key));
    sessions_return(&token->sessions, session);
}

static void many_keys_are_remembered(void **state)
{
    struct session *session = NULL;
    struct key_locator other = locator;
    struct known_key key = {0};

    (void)state;
    assert_int_equal(sessions_borrow(&token->sessions, false, &session),
                     CKR_OK);
    /* Names that fall into one place of a small table, and others. */
    for (unsigned i = 0; i < 300; i++) {
        other.name[0] = (uint8_t)(i % 3);
        other.name[19] = (uint8_t)i;
        other.name[18] = (uint8_t)(i >> 8);
        assert_int_equal(token_find_key(token, session, &other, &key), CKR_OK);
        fake_forget_calls();
    }
    for (unsigned i = 0; i < 300; i++) {
        other.name[0] = (uint8_t)(i % 3);
        other.name[19] = (uint8_t)i;
        other.name[18] = (uint8_t)(i >> 8);
        assert_true(token_recall_key(token, &other, &key));
        assert_memory_equal(key.name, other.name, sizeof key.name);
    }
    other.name[17] = 99;
    assert_false(token_recall_key(token, &other, &key));
    sessions_return(&token->sessions, session);
}

static void one_of_two_with_the_same_id_is_told_by_its_modulus(void **state)
{
    struct fake_object *other = NULL;
    CK_OBJECT_HANDLE handle = add_key("\x01", &other);

    (void)state;
    fake_set(other, CKA_MODULUS, "another modulus", 15);
    assert_int_equal(find(), fake.first);
    bytes_clear(&locator.modulus);
    assert_ok(bytes_set(&locator.modulus, span_str("another modulus")));
    assert_int_equal(find(), handle);
    /* And never a wrong one. */
    assert_ok(bytes_set(&locator.modulus, span_str("a third modulus")));
    assert_int_equal(find(), 0);
}

static void leading_zeros_make_no_difference(void **state)
{
    (void)state;
    fake_set(private_key, CKA_MODULUS, "\0\0" FAKE_MODULUS,
             2 + strlen(FAKE_MODULUS));
    assert_int_equal(find(), fake.first);
}

static void a_key_that_shows_nothing_is_found_by_its_id(void **state)
{
    const CK_KEY_TYPE ec = CKK_EC;
    struct fake_object *other = NULL;

    (void)state;
    fake_set(private_key, CKA_MODULUS, "", 0);
    assert_int_equal(find(), fake.first);
    /* Of two such the label tells; if they share that too, nothing does. */
    (void)add_key("\x01", &other);
    fake_set(other, CKA_LABEL, "Another label", 13);
    assert_int_equal(find(), fake.first);
    fake_set(other, CKA_LABEL, "Raw label", 9);
    assert_int_equal(find(), 0);
    /* A key of another kind is none of them. */
    fake_set(other, CKA_KEY_TYPE, &ec, sizeof ec);
    assert_int_equal(find(), fake.first);
}

static void what_shows_the_right_part_wins_over_silence(void **state)
{
    struct fake_object *silent = NULL;

    (void)state;
    (void)add_key("\x01", &silent);
    assert_int_equal(find(), fake.first);
}

static void without_an_id_the_label_counts(void **state)
{
    struct fake_object *other = NULL;

    (void)state;
    bytes_clear(&locator.id);
    assert_int_equal(find(), fake.first);
    other = fake_add_object(CKO_PRIVATE_KEY);
    fake_set(other, CKA_LABEL, "Another label", 13);
    fake_set(private_key, CKA_MODULUS, "", 0);
    assert_int_equal(find(), fake.first);
}

static void without_any_name_the_public_part_counts(void **state)
{
    struct fake_object *other = NULL;
    CK_OBJECT_HANDLE handle = add_key("\x02", &other);

    (void)state;
    bytes_clear(&locator.id);
    bytes_clear(&locator.raw_label);
    fake_set(other, CKA_MODULUS, "another modulus", 15);
    assert_int_equal(find(), fake.first);
    assert_ok(bytes_set(&locator.modulus, span_str("another modulus")));
    assert_int_equal(find(), handle);
}

static void public_objects_are_no_private_keys(void **state)
{
    struct fake_object *public_key = fake_add_object(CKO_PUBLIC_KEY);

    (void)state;
    fake_set(public_key, CKA_ID, "\x01", 1);
    fake_set(public_key, CKA_MODULUS, FAKE_MODULUS, strlen(FAKE_MODULUS));
    private_key->is_gone = true;
    assert_int_equal(find(), 0);
}

/* The locator of an EC key, and a private key that shows its point so. */
static void set_points(const char *wanted, size_t wanted_len, const char *has,
                       size_t has_len)
{
    bytes_clear(&locator.modulus);
    assert_ok(bytes_set(&locator.ec_point, span_make(wanted, wanted_len)));
    fake_set(private_key, CKA_MODULUS, "", 0);
    fake_set(private_key, CKA_EC_POINT, has, has_len);
}

static void points_are_compared_in_any_wrapping(void **state)
{
    (void)state;
    set_points(POINT, 17, POINT, 17);
    assert_int_equal(find(), fake.first);
    set_points(POINT, 17, "\x04\x11" POINT, 19);
    assert_int_equal(find(), fake.first);
    set_points("12345678", 8,
               "\x40"
               "12345678",
               9);
    assert_int_equal(find(), fake.first);
    set_points(POINT, 17, "\x04XXXXXXXXyyyyyyyy", 17);
    assert_int_equal(find(), 0);
}

/* The generator of NIST P-256 (FIPS 186-4, D.1.2.3): it has an odd y. */
#define P256_X                                                         \
    "\x6b\x17\xd1\xf2\xe1\x2c\x42\x47\xf8\xbc\xe6\xe5\x63\xa4\x40\xf2" \
    "\x77\x03\x7d\x81\x2d\xeb\x33\xa0\xf4\xa1\x39\x45\xd8\x98\xc2\x96"
#define P256_Y                                                         \
    "\x4f\xe3\x42\xe2\xfe\x1a\x7f\x9b\x8e\xe7\xeb\x4a\x7c\x0f\x9e\x16" \
    "\x2b\xce\x33\x57\x6b\x31\x5e\xce\xcb\xb6\x40\x68\x37\xbf\x51\xf5"

static void a_compressed_point_is_the_same_point(void **state)
{
    (void)state;
    set_points("\x04" P256_X P256_Y, 65, "\x03" P256_X, 33);
    assert_int_equal(find(), fake.first);
    set_points("\x04" P256_X P256_Y, 65, "\x04\x21\x03" P256_X, 35);
    assert_int_equal(find(), fake.first);
}

static void a_dead_session_is_no_missing_key(void **state)
{
    const enum fake_function functions[] = {
        FAKE_FIND_INIT, FAKE_FIND, FAKE_FIND_FINAL, FAKE_GET_ATTRIBUTE};
    struct session *session = NULL;
    struct known_key key = {0};

    (void)state;
    assert_int_equal(sessions_borrow(&token->sessions, false, &session),
                     CKR_OK);
    for (size_t i = 0; i < N_ELEMENTS(functions); i++) {
        fake_answer(functions[i], CKR_SESSION_HANDLE_INVALID);
        assert_int_equal(token_find_key(token, session, &locator, &key),
                         CKR_SESSION_HANDLE_INVALID);
        assert_false(token_recall_key(token, &locator, &key));
    }
    sessions_return(&token->sessions, session);
}

static void a_key_deleted_while_it_is_looked_at_is_left_out(void **state)
{
    struct fake_object *other = NULL;

    (void)state;
    (void)add_key("\x01", &other);
    fake_set(other, CKA_MODULUS, "another modulus", 15);
    /* The fake finds the newest first. */
    fake_answer(FAKE_GET_ATTRIBUTE, CKR_OBJECT_HANDLE_INVALID);
    assert_int_equal(find(), fake.first);
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, set_up, fake_token_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_key_is_searched_for_once),
        TEST(many_keys_are_remembered),
        TEST(one_of_two_with_the_same_id_is_told_by_its_modulus),
        TEST(leading_zeros_make_no_difference),
        TEST(a_key_that_shows_nothing_is_found_by_its_id),
        TEST(what_shows_the_right_part_wins_over_silence),
        TEST(without_an_id_the_label_counts),
        TEST(without_any_name_the_public_part_counts),
        TEST(public_objects_are_no_private_keys),
        TEST(points_are_compared_in_any_wrapping),
        TEST(a_compressed_point_is_the_same_point),
        TEST(a_dead_session_is_no_missing_key),
        TEST(a_key_deleted_while_it_is_looked_at_is_left_out),
    };

    return cmocka_run_group_tests_name("known_keys", tests, fake_set_up_group,
                                       NULL);
}
