/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* URIs of PKCS#11: which tokens and keys they mean, whatever pads the token's
 * texts. */
#include "pkcs11/uri.h"
#include "unit.h"

static CK_SLOT_INFO slot;
static CK_TOKEN_INFO token;
static CK_INFO module;

static void fill(unsigned char *field, size_t size, const char *text, int rest)
{
    memset(field, rest, size);
    memcpy(field, text, strlen(text));
}

#define FILL(field, text, rest) fill(field, sizeof(field), text, rest)

/* What a module says, padded with REST. */
static void describe(int rest)
{
    FILL(slot.slotDescription, "Reader 00", rest);
    FILL(slot.manufacturerID, "Reader maker", rest);
    FILL(token.label, "My card", rest);
    FILL(token.manufacturerID, "Maker", rest);
    FILL(token.model, "M1", rest);
    FILL(token.serialNumber, "0001", rest);
    FILL(module.manufacturerID, "Vendor", rest);
    FILL(module.libraryDescription, "Library", rest);
    module.libraryVersion = (CK_VERSION){2, 5};
}

static bool matches(const char *text)
{
    AUTO_URI *uri = NULL;

    assert_ok(uri_parse(text, &uri));
    return uri_matches_token(uri, 7, &slot, &token, &module);
}

static void check_all(void)
{
    assert_true(matches("pkcs11:"));
    assert_true(matches("pkcs11:token=My%20card"));
    assert_true(matches("pkcs11:token=My%20card;serial=0001;model=M1;"
                        "manufacturer=Maker"));
    assert_false(matches("pkcs11:token=My%20card;serial=0002"));
    assert_false(matches("pkcs11:token=My"));
    assert_true(matches("pkcs11:slot-id=7"));
    assert_false(matches("pkcs11:slot-id=8"));
    assert_true(matches("pkcs11:slot-description=Reader%2000"));
    assert_false(matches("pkcs11:slot-manufacturer=Maker"));
    assert_true(matches("pkcs11:library-manufacturer=Vendor;"
                        "library-description=Library;library-version=2.5"));
    assert_false(matches("pkcs11:library-version=2.6"));
}

static void blanks_pad_texts(void **state)
{
    (void)state;
    describe(' ');
    check_all();
}

static void nuls_end_texts(void **state)
{
    (void)state;
    describe('\0');
    check_all();
}

static void a_slot_that_says_nothing_has_no_name(void **state)
{
    (void)state;
    describe(' ');
    slot = (CK_SLOT_INFO){0};
    module = (CK_INFO){0};
    assert_true(matches("pkcs11:token=My%20card"));
    assert_false(matches("pkcs11:slot-description=Reader%2000"));
    assert_false(matches("pkcs11:library-manufacturer=Vendor"));
}

static void objects_do_not_matter(void **state)
{
    (void)state;
    describe(' ');
    assert_true(matches("pkcs11:token=My%20card;object=key;id=%01;type=cert"));
}

static void what_is_not_known_yet_is_not_looked_at(void **state)
{
    AUTO_URI *uri = NULL;

    (void)state;
    describe(' ');
    assert_ok(uri_parse("pkcs11:slot-id=7;slot-description=x;token=y;"
                        "library-version=1",
                        &uri));
    assert_true(uri_matches_token(uri, 7, NULL, NULL, NULL));
    assert_false(uri_matches_token(uri, 8, NULL, NULL, NULL));
    assert_false(uri_matches_token(uri, 7, &slot, NULL, NULL));
    assert_false(uri_matches_token(uri, 7, NULL, &token, NULL));
    assert_false(uri_matches_token(uri, 7, NULL, NULL, &module));
}

static bool names_slot(const char *text)
{
    AUTO_URI *uri = NULL;

    assert_ok(uri_parse(text, &uri));
    return uri_names_slot(uri);
}

static void what_only_the_slot_tells_is_known(void **state)
{
    (void)state;
    assert_true(names_slot("pkcs11:slot-description=x"));
    assert_true(names_slot("pkcs11:token=x;slot-manufacturer=x"));
    assert_false(names_slot("pkcs11:slot-id=7;token=x;manufacturer=x"));
}

static bool means_file(const char *text, const char *file)
{
    AUTO_URI *uri = NULL;

    assert_ok(uri_parse(text, &uri));
    return uri_matches_module(uri, file, &module);
}

static void modules_have_names_and_places(void **state)
{
    (void)state;
    describe(' ');
    assert_true(means_file("pkcs11:token=x;slot-id=1", "/lib/a.so"));
    assert_true(means_file("pkcs11:library-version=2.5", "/lib/a.so"));
    assert_false(means_file("pkcs11:library-version=2.4", "/lib/a.so"));
    assert_true(means_file("pkcs11:?module-name=a", "/lib/a.so"));
    assert_true(means_file("pkcs11:?module-name=a", "/lib/liba.so.1"));
    assert_true(means_file("pkcs11:?module-name=liba", "liba.so"));
    assert_true(means_file("pkcs11:?module-name=a", "a"));
    assert_false(means_file("pkcs11:?module-name=a", "/lib/ab.so"));
    assert_false(means_file("pkcs11:?module-name=lib", "/lib/b.so"));
    assert_false(means_file("pkcs11:?module-name=lib", ""));
    assert_true(means_file("pkcs11:?module-path=/lib/a.so", "/lib/a.so"));
    assert_true(means_file("pkcs11:?module-path=/lib", "/lib/a.so"));
    assert_true(means_file("pkcs11:?module-path=/lib/", "/lib/a.so"));
    assert_false(means_file("pkcs11:?module-path=/li", "/lib/a.so"));
    assert_false(means_file("pkcs11:?module-path=/lib", "/lib/x/a.so"));
    assert_false(means_file("pkcs11:?module-path=/lib/a.so.1", "/lib/a.so"));
    assert_false(means_file("pkcs11:?module-path=/a&module-name=a", "/b/a"));
}

static bool means(const char *text, enum object_class class, const char *label,
                  const char *id, bool private_hidden)
{
    AUTO_URI *uri = NULL;
    struct object object = {
        .class = class,
        .label = {(uint8_t *)(uintptr_t)label, strlen(label)},
        .id = {(uint8_t *)(uintptr_t)id, strlen(id)},
    };

    assert_ok(uri_parse(text, &uri));
    return uri_matches_object(uri, &object, private_hidden);
}

static void keys_have_names_and_types(void **state)
{
    const enum object_class public = OBJECT_PUBLIC_KEY;
    const enum object_class private = OBJECT_PRIVATE_KEY;
    const enum object_class cert = OBJECT_CERTIFICATE;

    (void)state;
    assert_true(means("pkcs11:token=x", public, "a", "1", false));
    assert_true(means("pkcs11:object=a", cert, "a", "1", false));
    assert_false(means("pkcs11:object=a", cert, "A", "1", false));
    assert_false(means("pkcs11:object=a", cert, "ab", "1", false));
    assert_false(means("pkcs11:object=a", cert, "", "1", false));
    assert_true(means("pkcs11:object=", cert, "", "1", false));
    assert_true(means("pkcs11:id=1", private, "a", "1", false));
    assert_true(means("pkcs11:id=%31", private, "a", "1", false));
    assert_false(means("pkcs11:id=1", private, "a", "11", false));
    assert_false(means("pkcs11:id=1", private, "1", "", false));
    assert_true(means("pkcs11:id=1;object=a", public, "a", "1", false));
    assert_false(means("pkcs11:id=1;object=a", public, "b", "1", false));
    assert_true(means("pkcs11:type=cert", cert, "", "", false));
    assert_false(means("pkcs11:type=cert", public, "", "", true));
    assert_true(means("pkcs11:type=public", public, "", "", false));
    assert_false(means("pkcs11:type=public", private, "", "", true));
    assert_false(means("pkcs11:type=data", cert, "", "", true));
    assert_false(means("pkcs11:colour=red", cert, "", "", true));
}

static void what_belongs_to_a_hidden_key_stands_for_it(void **state)
{
    (void)state;
    for (int hidden = 0; hidden < 2; hidden++) {
        const bool is_hidden = hidden != 0;

        assert_true(means("pkcs11:type=private;id=1", OBJECT_PRIVATE_KEY, "a",
                          "1", is_hidden));
        assert_false(means("pkcs11:type=private;id=1", OBJECT_PRIVATE_KEY, "a",
                           "2", is_hidden));
        assert_int_equal(means("pkcs11:type=private;id=1", OBJECT_PUBLIC_KEY,
                               "a", "1", is_hidden),
                         is_hidden);
        assert_int_equal(means("pkcs11:type=private;id=1", OBJECT_CERTIFICATE,
                               "a", "1", is_hidden),
                         is_hidden);
        assert_false(means("pkcs11:type=private;id=1", OBJECT_CERTIFICATE, "a",
                           "2", is_hidden));
    }
}

static void the_unknown_matches_nothing(void **state)
{
    (void)state;
    describe(' ');
    assert_false(matches("pkcs11:token=My%20card;colour=red"));
}

static void the_source_of_a_pin_is_decoded(void **state)
{
    AUTO_URI *with = NULL;
    AUTO_URI *without = NULL;

    (void)state;
    assert_ok(uri_parse("pkcs11:?pin-source=file:/a%20b", &with));
    assert_string_equal(uri_pin_source(with), "file:/a b");
    assert_ok(uri_parse("pkcs11:token=x", &without));
    assert_null(uri_pin_source(without));
}

static void other_texts_are_refused(void **state)
{
    struct uri *uri = NULL;

    (void)state;
    assert_code(uri_parse("token=x", &uri), GPG_ERR_INV_VALUE);
    assert_code(uri_parse("pkcs11:token=%zz", &uri), GPG_ERR_INV_VALUE);
    assert_code(uri_parse("", &uri), GPG_ERR_INV_VALUE);
    assert_null(uri);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_pad_texts),
        cmocka_unit_test(nuls_end_texts),
        cmocka_unit_test(a_slot_that_says_nothing_has_no_name),
        cmocka_unit_test(objects_do_not_matter),
        cmocka_unit_test(what_is_not_known_yet_is_not_looked_at),
        cmocka_unit_test(what_only_the_slot_tells_is_known),
        cmocka_unit_test(modules_have_names_and_places),
        cmocka_unit_test(keys_have_names_and_types),
        cmocka_unit_test(what_belongs_to_a_hidden_key_stands_for_it),
        cmocka_unit_test(the_unknown_matches_nothing),
        cmocka_unit_test(the_source_of_a_pin_is_decoded),
        cmocka_unit_test(other_texts_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
