/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/pubkey: the S-expressions that GnuPG reads and libksba
 * writes. */
#include <gcrypt.h>

#include "base/secret.h"
#include "base/str.h"
#include "keyring/pubkey.h"
#include "sample_keys.h"
#include "unit.h"

static void get(enum sample which, struct pubkey *ret)
{
    AUTO_OBJECT_LIST list = {0};

    assert_ok(pubkey_from_object(
        sample_full_object(&list, OBJECT_PUBLIC_KEY, which, "1"), ret));
}

/* "<length>:<bytes>" at the end of TEXT. */
static void put_atom(struct strbuf *text, const char *data, size_t len)
{
    strbuf_printf(text, "%zu:", len);
    strbuf_put(text, data, len);
}

static void put_bytes(struct strbuf *text, const char *prefix,
                      size_t prefix_len, const struct bytes *bytes)
{
    AUTO_BYTES whole = {0};

    assert_ok(bytes_set(&whole, span_make(prefix, prefix_len)));
    assert_ok(bytes_append(&whole, span_of(bytes)));
    put_atom(text, (const char *)whole.data, whole.len);
}

/* PUBKEY is written as EXPECTED, to the byte. */
static void assert_canonical(const struct pubkey *pubkey,
                             const struct strbuf *expected)
{
    AUTO_BYTES canonical = {0};

    assert_ok(pubkey_to_sexp(pubkey, &canonical));
    assert_int_equal(canonical.len, expected->len);
    assert_memory_equal(canonical.data, expected->text, expected->len);
    assert_int_equal(
        gcry_sexp_canon_len(canonical.data, canonical.len, NULL, NULL),
        canonical.len);
}

static void rsa_numbers_are_positive(void **state)
{
    AUTO_PUBKEY pubkey = {0};
    AUTO_STRBUF expected = {0};

    (void)state;
    get(SAMPLE_RSA, &pubkey);
    strbuf_puts(&expected, "(10:public-key(3:rsa(1:n");
    put_bytes(&expected, "", 1, &pubkey.n);
    strbuf_puts(&expected, ")(1:e");
    put_bytes(&expected, "", 0, &pubkey.e);
    strbuf_puts(&expected, ")))");
    assert_canonical(&pubkey, &expected);
}

static void a_nist_point_is_written_as_it_is(void **state)
{
    AUTO_PUBKEY pubkey = {0};
    AUTO_STRBUF expected = {0};

    (void)state;
    get(SAMPLE_P256, &pubkey);
    strbuf_puts(&expected, "(10:public-key(3:ecc(5:curve10:NIST P-256)(1:q");
    put_bytes(&expected, "", 0, &pubkey.q);
    strbuf_puts(&expected, ")))");
    assert_canonical(&pubkey, &expected);
}

static void points_of_25519_have_their_prefix_and_flag(void **state)
{
    const struct {
        enum sample which;
        const char *begin;
    } rows[] = {
        {SAMPLE_ED25519,
         "(10:public-key(3:ecc(5:curve7:Ed25519)(5:flags5:eddsa)(1:q"},
        {SAMPLE_X25519,
         "(10:public-key(3:ecc(5:curve10:Curve25519)(5:flags9:djb-tweak)(1:q"},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        AUTO_PUBKEY pubkey = {0};
        AUTO_STRBUF expected = {0};

        get(rows[i].which, &pubkey);
        strbuf_puts(&expected, rows[i].begin);
        put_bytes(&expected, "\x40", 1, &pubkey.q);
        strbuf_puts(&expected, ")))");
        assert_canonical(&pubkey, &expected);
    }
}

static void what_is_written_can_be_read_back(void **state)
{
    (void)state;
    for (enum sample which = 0; which < SAMPLES; which++) {
        AUTO_PUBKEY pubkey = {0};
        AUTO_PUBKEY again = {0};
        AUTO_BYTES canonical = {0};

        get(which, &pubkey);
        assert_ok(pubkey_to_sexp(&pubkey, &canonical));
        assert_ok(pubkey_from_sexp(span_of(&canonical), &again));
        assert_ptr_equal(again.curve, pubkey.curve);
        assert_span(span_of(&again.n), pubkey.n.data, pubkey.n.len);
        assert_span(span_of(&again.e), pubkey.e.data, pubkey.e.len);
        assert_span(span_of(&again.q), pubkey.q.data, pubkey.q.len);
    }
}

static void the_form_for_people_is_the_same_key(void **state)
{
    (void)state;
    for (enum sample which = 0; which < SAMPLES; which++) {
        AUTO_PUBKEY pubkey = {0};
        AUTO_BYTES text = {0};
        gcry_sexp_t sexp = NULL;
        uint8_t grip[KEYGRIP_LEN] = {0};
        uint8_t expected[KEYGRIP_LEN] = {0};

        get(which, &pubkey);
        assert_ok(pubkey_keygrip(&pubkey, expected));
        assert_ok(pubkey_to_advanced(&pubkey, &text));
        assert_memory_equal(text.data, "(public-key", 11);
        assert_null(memchr(text.data, '\0', text.len));
        assert_ok(
            gcry_sexp_sscan(&sexp, NULL, (const char *)text.data, text.len));
        assert_non_null(gcry_pk_get_keygrip(sexp, grip));
        assert_memory_equal(grip, expected, KEYGRIP_LEN);
        gcry_sexp_release(sexp);
    }
}

/* libksba names curves by their OID and leaves points as they are. */
static void certificates_name_curves_by_oid(void **state)
{
    for (enum sample which = SAMPLE_P256; which < SAMPLES; which++) {
        AUTO_PUBKEY pubkey = {0};
        AUTO_PUBKEY read = {0};
        AUTO_STRBUF text = {0};

        (void)state;
        get(which, &pubkey);
        strbuf_puts(&text, "(10:public-key(3:ecc(5:curve");
        put_atom(&text, pubkey.curve->oid, strlen(pubkey.curve->oid));
        strbuf_puts(&text, ")(1:q");
        put_bytes(&text, "", 0, &pubkey.q);
        strbuf_puts(&text, ")))");
        assert_ok(pubkey_from_sexp(span_make(text.text, text.len), &read));
        assert_ptr_equal(read.curve, pubkey.curve);
        assert_span(span_of(&read.q), pubkey.q.data, pubkey.q.len);
    }
}

static void assert_refused(const char *sexp, gpg_err_code_t code)
{
    AUTO_PUBKEY pubkey = {0};

    assert_code(pubkey_from_sexp(span_str(sexp), &pubkey), code);
}

static void other_s_expressions_are_refused(void **state)
{
    (void)state;
    assert_refused("(10:public-key(3:dsa(1:p1:1)(1:q1:2)))",
                   GPG_ERR_UNSUPPORTED_ALGORITHM);
    assert_refused("(10:public-key(3:rsa(1:n1:1)))",
                   GPG_ERR_UNSUPPORTED_ALGORITHM);
    assert_refused("(10:public-key(3:ecc(5:curve5:Ed448)(1:q1:1)))",
                   GPG_ERR_UNKNOWN_CURVE);
    assert_refused("(10:public-key(3:ecc(5:curve7:Ed25519)(1:q1:1)))",
                   GPG_ERR_BAD_PUBKEY);
    assert_refused("(10:public-key(3:rsa(1:n1:1)(1:e1:3)))",
                   GPG_ERR_BAD_PUBKEY);
    assert_refused("(10:public-key", GPG_ERR_BAD_PUBKEY);
    assert_refused("10:public-key)", GPG_ERR_BAD_PUBKEY);
}

static int set_up(void **state)
{
    (void)state;
    return secret_setup() == 0 ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rsa_numbers_are_positive),
        cmocka_unit_test(a_nist_point_is_written_as_it_is),
        cmocka_unit_test(points_of_25519_have_their_prefix_and_flag),
        cmocka_unit_test(what_is_written_can_be_read_back),
        cmocka_unit_test(the_form_for_people_is_the_same_key),
        cmocka_unit_test(certificates_name_curves_by_oid),
        cmocka_unit_test(other_s_expressions_are_refused),
    };

    return cmocka_run_group_tests_name("pubkey_sexp", tests, set_up, NULL);
}
