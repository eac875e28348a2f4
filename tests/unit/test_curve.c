/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/curve: the table of curves, and every way in which a module
 * may name one. */
#include <ctype.h>
#include <gcrypt.h>

#include "base/cleanup.h"
#include "base/secret.h"
#include "keyring/curve.h"
#include "unit.h"

/* DER of one element: TAG and fewer than 128 bytes. */
static struct span wrap(uint8_t tag, struct span contents)
{
    static uint8_t der[130];

    assert_true(contents.len < 128);
    /* They may be what was wrapped before. */
    memmove(der + 2, contents.data, contents.len);
    der[0] = tag;
    der[1] = (uint8_t)contents.len;
    return span_make(der, contents.len + 2);
}

/* The DER contents of a dotted OID (X.690, section 8.19). */
static struct span encode_oid(const char *dotted)
{
    static uint8_t der[32];
    size_t len = 0;
    unsigned long first = strtoul(dotted, NULL, 10);

    dotted = strchr(dotted, '.') + 1;
    der[len++] = (uint8_t)(40 * first + strtoul(dotted, NULL, 10));
    while ((dotted = strchr(dotted, '.')) != NULL) {
        unsigned long arc = strtoul(++dotted, NULL, 10);

        for (int shift = 28; shift > 0; shift -= 7)
            if (arc >> shift != 0)
                der[len++] = (uint8_t)(0x80 | (arc >> shift & 0x7f));
        der[len++] = (uint8_t)(arc & 0x7f);
    }
    return span_make(der, len);
}

static void release_sexp(gcry_sexp_t *sexp)
{
    gcry_sexp_release(*sexp);
}

/* What libgcrypt calls the curve with this name or OID, and how large it is;
 * NULL if it does not know it. */
static const char *gcrypt_name(const char *name, unsigned *ret_bits)
{
    AUTO(release_sexp) gcry_sexp_t sexp = NULL;

    assert_ok(
        gcry_sexp_build(&sexp, NULL, "(public-key(ecc(curve %s)))", name));
    return gcry_pk_get_curve(sexp, 0, ret_bits);
}

static void the_table_agrees_with_libgcrypt(void **state)
{
    const struct curve *c = NULL;
    size_t n = 0;

    (void)state;
    for (; (c = curve_at(n)) != NULL; n++) {
        unsigned bits = 0;
        const char *name = gcrypt_name(c->name, &bits);

        assert_non_null(name);
        assert_string_equal(name, c->name);
        assert_int_equal(c->field_len, (bits + 7) / 8);
        /* Not every release knows the OIDs of RFC 8410. */
        name = gcrypt_name(c->oid, NULL);
        if (name != NULL)
            assert_string_equal(name, c->name);
    }
    assert_int_equal(n, 9);
    assert_null(curve_at(n));
    assert_null(curve_at(SIZE_MAX));
}

static void every_curve_is_known_by_its_oid(void **state)
{
    const struct curve *c = NULL;

    (void)state;
    for (size_t i = 0; (c = curve_at(i)) != NULL; i++) {
        struct span oid = encode_oid(c->oid);

        assert_span(c->der, oid.data, oid.len);
        assert_ptr_equal(curve_from_params(wrap(0x06, oid)), c);
    }
}

static void old_oids_of_the_25519_curves_are_known(void **state)
{
    const struct {
        const char *oid;
        const char *algo;
    } rows[] = {{"1.3.6.1.4.1.11591.15.1", "ed25519"},
                {"1.3.6.1.4.1.3029.1.5.1", "cv25519"}};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct span oid = encode_oid(rows[i].oid);
        const struct curve *c = curve_from_params(wrap(0x06, oid));

        assert_non_null(c);
        assert_string_equal(c->algo, rows[i].algo);
        assert_ptr_equal(curve_from_name(span_str(rows[i].oid)), c);
    }
}

/* By this name, in any case, bare and in a PrintableString. */
static void assert_named(const char *name, const struct curve *c)
{
    char other[64] = "";

    assert_ptr_equal(curve_from_name(span_str(name)), c);
    assert_ptr_equal(curve_from_params(wrap(0x13, span_str(name))), c);
    for (size_t i = 0; name[i] != '\0'; i++)
        other[i] = (char)(islower((unsigned char)name[i])
                              ? toupper((unsigned char)name[i])
                              : tolower((unsigned char)name[i]));
    assert_ptr_equal(curve_from_name(span_str(other)), c);
    assert_ptr_equal(curve_from_params(wrap(0x13, span_str(other))), c);
}

static void every_curve_is_known_by_its_names(void **state)
{
    const struct curve *c = NULL;

    (void)state;
    for (size_t i = 0; (c = curve_at(i)) != NULL; i++) {
        assert_named(c->name, c);
        assert_named(c->algo, c);
        assert_named(c->oid, c);
        for (size_t j = 0; j < N_ELEMENTS(c->other_names); j++)
            if (c->other_names[j] != NULL)
                assert_named(c->other_names[j], c);
    }
}

/* Names that modules of the field are known to write. */
static void names_of_the_field_are_known(void **state)
{
    const struct {
        const char *name;
        const char *algo;
    } rows[] = {
        {"secp256r1", "nistp256"},
        {"prime256v1", "nistp256"},
        {"secp384r1", "nistp384"},
        {"secp521r1", "nistp521"},
        {"secp256k1", "secp256k1"},
        {"brainpoolP256r1", "brainpoolP256r1"},
        {"brainpoolP512r1", "brainpoolP512r1"},
        {"edwards25519", "ed25519"},
        {"curve25519", "cv25519"},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        const struct curve *c =
            curve_from_params(wrap(0x13, span_str(rows[i].name)));

        assert_non_null(c);
        assert_string_equal(c->algo, rows[i].algo);
    }
}

static void ssh_has_types_for_some(void **state)
{
    const struct {
        const char *algo;
        const char *ssh;
    } rows[] = {{"nistp256", "ecdsa-sha2-nistp256"},
                {"nistp384", "ecdsa-sha2-nistp384"},
                {"nistp521", "ecdsa-sha2-nistp521"},
                {"ed25519", "ssh-ed25519"}};
    const struct curve *c = NULL;
    size_t n = 0;

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        c = curve_from_name(span_str(rows[i].algo));
        assert_non_null(c);
        assert_string_equal(c->ssh, rows[i].ssh);
    }
    for (size_t i = 0; (c = curve_at(i)) != NULL; i++)
        n += c->ssh != NULL;
    assert_int_equal(n, N_ELEMENTS(rows));
}

static void other_curves_are_unknown(void **state)
{
    static const char *const names[] = {
        "",           "P",           "P-25",      "P-2566",
        "nistp",      "secp224r1",   "Ed448",     "X448",
        "1.3.132.0.", "1.3.132.0.3", "sect163k1", "NIST P-256 "};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(names); i++) {
        assert_null(curve_from_name(span_str(names[i])));
        assert_null(curve_from_params(wrap(0x13, span_str(names[i]))));
    }
    /* secp224r1, Ed448 and X448. */
    assert_null(curve_from_params(wrap(0x06, encode_oid("1.3.132.0.33"))));
    assert_null(curve_from_params(wrap(0x06, encode_oid("1.3.101.113"))));
    assert_null(curve_from_params(wrap(0x06, encode_oid("1.3.101.111"))));
}

static void a_name_with_a_nul_is_no_name(void **state)
{
    (void)state;
    assert_null(curve_from_name(span_make("P-256\0x", 7)));
    assert_null(curve_from_name(span_make("P-256\0", 6)));
    assert_non_null(curve_from_name(span_make("P-256x", 5)));
}

static void other_parameters_are_refused(void **state)
{
    const struct span oid = encode_oid("1.2.840.10045.3.1.7");
    struct span der = {0};

    (void)state;
    /* Explicit: a SEQUENCE, whatever is in it; implicit: NULL. */
    assert_null(curve_from_params(wrap(0x30, oid)));
    assert_null(curve_from_params(wrap(0x30, wrap(0x06, oid))));
    assert_null(curve_from_params(span_make("\x05\x00", 2)));
    assert_null(curve_from_params(span_make("", 0)));
    assert_null(curve_from_params(oid));
    /* Another type of string, another tag. */
    assert_null(curve_from_params(wrap(0x0c, span_str("P-256"))));
    assert_null(curve_from_params(wrap(0x04, oid)));
    der = wrap(0x06, oid);
    for (size_t len = 0; len < der.len; len++)
        assert_null(curve_from_params(span_make(der.data, len)));
    /* wrap() has room for one byte more. */
    assert_null(curve_from_params(span_make(der.data, der.len + 1)));
}

static void any_parameters_do_no_harm(void **state)
{
    struct dice dice = {1};
    size_t n_found = 0;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        const struct curve *c = curve_at(dice_roll(&dice, 9));
        uint8_t text[32];
        size_t len = c->der.len;

        memcpy(text, c->der.data, len);
        if (dice_roll(&dice, 4) != 0)
            text[dice_roll(&dice, (unsigned)len)] =
                (uint8_t)dice_roll(&dice, 256);
        len -= dice_roll(&dice, 8) == 0;
        n_found += curve_from_params(wrap(0x06, span_make(text, len))) != NULL;
        n_found += curve_from_params(span_make(text, len)) != NULL;
    }
    assert_in_range(n_found, 20000, 60000);
}

static int set_up(void **state)
{
    (void)state;
    return secret_setup() == 0 ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_agrees_with_libgcrypt),
        cmocka_unit_test(every_curve_is_known_by_its_oid),
        cmocka_unit_test(old_oids_of_the_25519_curves_are_known),
        cmocka_unit_test(every_curve_is_known_by_its_names),
        cmocka_unit_test(names_of_the_field_are_known),
        cmocka_unit_test(ssh_has_types_for_some),
        cmocka_unit_test(other_curves_are_unknown),
        cmocka_unit_test(a_name_with_a_nul_is_no_name),
        cmocka_unit_test(other_parameters_are_refused),
        cmocka_unit_test(any_parameters_do_no_harm),
    };

    return cmocka_run_group_tests_name("curve", tests, set_up, NULL);
}
