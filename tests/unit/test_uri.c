/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* URIs of PKCS#11: which tokens they mean, whatever pads the token's texts. */
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
        cmocka_unit_test(the_unknown_matches_nothing),
        cmocka_unit_test(the_source_of_a_pin_is_decoded),
        cmocka_unit_test(other_texts_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
