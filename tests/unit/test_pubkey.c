/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/pubkey and keyring/ssh: a key is the same key however a
 * token shows it. */
#include <gcrypt.h>

#include "base/hex.h"
#include "base/secret.h"
#include "base/sexp.h"
#include "base/str.h"
#include "keyring/pubkey.h"
#include "sample_keys.h"
#include "unit.h"

/* The keygrip that libgcrypt gives for an S-expression written by hand. */
static void expected_grip(enum sample which, uint8_t ret[KEYGRIP_LEN])
{
    const struct sample_key *key = &sample_keys[which];
    AUTO_STRBUF text = {0};
    AUTO_FREE char *sexp_text = NULL;
    AUTO_SEXP sexp = NULL;

    if (key->n != NULL)
        strbuf_printf(&text, "(public-key (rsa (n #00%s#) (e #%s#)))", key->n,
                      key->e);
    else if (which == SAMPLE_ED25519)
        strbuf_printf(&text,
                      "(public-key (ecc (curve Ed25519) (flags eddsa)"
                      " (q #40%s#)))",
                      key->point);
    else if (which == SAMPLE_X25519)
        strbuf_printf(&text,
                      "(public-key (ecc (curve Curve25519)"
                      " (flags djb-tweak) (q #40%s#)))",
                      key->point);
    else
        strbuf_printf(&text, "(public-key (ecc (curve %s) (q #%s#)))",
                      key->algo, key->point);
    assert_ok(strbuf_take(&text, &sexp_text));
    assert_ok(gcry_sexp_sscan(&sexp, NULL, sexp_text, strlen(sexp_text)));
    assert_non_null(gcry_pk_get_keygrip(sexp, ret));
}

/* PUBKEY is this sample, and nothing of it is left out. */
static void assert_is(const struct pubkey *pubkey, enum sample which)
{
    const struct sample_key *key = &sample_keys[which];
    AUTO_FREE char *algo = pubkey_algo(pubkey);
    AUTO_BYTES number = {0};
    uint8_t expected[KEYGRIP_LEN] = {0};
    uint8_t grip[KEYGRIP_LEN] = {0};

    assert_non_null(algo);
    assert_string_equal(algo, key->algo);
    assert_int_equal(pubkey_is_rsa(pubkey), key->n != NULL);
    sample_bytes(key->n, &number);
    assert_span(span_of(&pubkey->n), number.data, number.len);
    sample_bytes(key->point, &number);
    assert_span(span_of(&pubkey->q), number.data, number.len);
    expected_grip(which, expected);
    assert_ok(pubkey_keygrip(pubkey, grip));
    assert_memory_equal(grip, expected, KEYGRIP_LEN);
}

/* The only object of a list that every test begins with. */
static struct object *new_object(struct object_list *list, enum sample which)
{
    return sample_full_object(list, OBJECT_PUBLIC_KEY, which, "1");
}

static void assert_object(const struct object *o, enum sample which)
{
    AUTO_PUBKEY pubkey = {0};

    assert_ok(pubkey_from_object(o, &pubkey));
    assert_is(&pubkey, which);
}

static void assert_refused(const struct object *o, gpg_err_code_t code)
{
    AUTO_PUBKEY pubkey = {0};

    assert_code(pubkey_from_object(o, &pubkey), code);
}

static void objects_have_the_keygrip_of_their_key(void **state)
{
    (void)state;
    for (enum sample which = 0; which < SAMPLES; which++) {
        AUTO_OBJECT_LIST list = {0};

        assert_object(new_object(&list, which), which);
    }
}

static void leading_zeros_make_no_other_key(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_BYTES zeros = {0};
    struct object *o = new_object(&list, SAMPLE_RSA);

    (void)state;
    for (size_t n = 1; n < 4; n++) {
        assert_ok(bytes_alloc(&zeros, n));
        assert_ok(bytes_append(&zeros, span_of(&o->modulus)));
        assert_ok(bytes_set(&o->modulus, span_of(&zeros)));
        assert_ok(bytes_alloc(&zeros, n));
        assert_ok(bytes_append(&zeros, span_of(&o->exponent)));
        assert_ok(bytes_set(&o->exponent, span_of(&zeros)));
        assert_object(o, SAMPLE_RSA);
    }
}

static void points_and_curves_in_any_encoding_are_one_key(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_BYTES wrapped = {0};
    struct object *o = new_object(&list, SAMPLE_P256);

    (void)state;
    assert_ok(bytes_set(&wrapped, span_make("\x04\x41", 2)));
    assert_ok(bytes_append(&wrapped, span_of(&o->ec_point)));
    assert_ok(bytes_set(&o->ec_point, span_of(&wrapped)));
    assert_object(o, SAMPLE_P256);
    assert_ok(bytes_set(&o->ec_params, span_str("\x13\x09secp256r1")));
    assert_object(o, SAMPLE_P256);
}

static void the_type_of_a_25519_key_does_not_matter(void **state)
{
    const enum sample samples[] = {SAMPLE_ED25519, SAMPLE_X25519};
    const enum object_key_type types[] = {KEY_TYPE_EC, KEY_TYPE_EDWARDS,
                                          KEY_TYPE_MONTGOMERY};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(samples); i++) {
        for (size_t j = 0; j < N_ELEMENTS(types); j++) {
            AUTO_OBJECT_LIST list = {0};
            struct object *o = new_object(&list, samples[i]);

            o->key_type = types[j];
            assert_object(o, samples[i]);
        }
    }
}

static void a_public_key_info_will_do(void **state)
{
    (void)state;
    for (enum sample which = 0; which < SAMPLES; which++) {
        AUTO_OBJECT_LIST list = {0};
        struct object *o = new_object(&list, which);

        sample_bytes(sample_keys[which].spki, &o->spki);
        bytes_clear(&o->modulus);
        bytes_clear(&o->ec_point);
        assert_object(o, which);
    }
}

static void a_public_key_info_will_do_without_parameters(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    struct object *o =
        sample_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_P256, "1");

    (void)state;
    sample_bytes(sample_keys[SAMPLE_P256].spki, &o->spki);
    assert_object(o, SAMPLE_P256);
}

static void damaged_public_key_infos_do_no_harm(void **state)
{
    struct dice dice = {3};

    (void)state;
    for (enum sample which = 0; which < SAMPLES; which++) {
        AUTO_OBJECT_LIST list = {0};
        AUTO_BYTES good = {0};
        struct object *o = sample_object(&list, OBJECT_PUBLIC_KEY, which, "1");

        sample_bytes(sample_keys[which].params, &o->ec_params);
        sample_bytes(sample_keys[which].spki, &good);
        for (size_t len = 1; len < good.len; len++) {
            assert_ok(bytes_set(&o->spki, span_make(good.data, len)));
            assert_refused(o, GPG_ERR_BAD_PUBKEY);
        }
        for (int i = 0; i < 500; i++) {
            AUTO_PUBKEY pubkey = {0};
            uint8_t grip[KEYGRIP_LEN];

            assert_ok(bytes_set(&o->spki, span_of(&good)));
            o->spki.data[dice_roll(&dice, (unsigned)good.len)] =
                (uint8_t)dice_roll(&dice, 256);
            if (pubkey_from_object(o, &pubkey) == 0)
                assert_ok(pubkey_keygrip(&pubkey, grip));
        }
    }
}

static void what_is_missing_is_no_pubkey(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    struct object *o = NULL;

    (void)state;
    for (enum sample which = 0; which < SAMPLES; which++) {
        o = new_object(&list, which);
        bytes_clear(&o->modulus);
        bytes_clear(&o->ec_point);
        assert_refused(o, GPG_ERR_NO_PUBKEY);
    }
    o = new_object(&list, SAMPLE_RSA);
    bytes_clear(&o->exponent);
    assert_refused(o, GPG_ERR_NO_PUBKEY);
    o = new_object(&list, SAMPLE_RSA);
    assert_ok(bytes_alloc(&o->modulus, 128));
    assert_refused(o, GPG_ERR_NO_PUBKEY);
}

static void a_private_key_that_shows_nothing_is_no_pubkey(void **state)
{
    (void)state;
    for (enum sample which = 0; which < SAMPLES; which++) {
        AUTO_OBJECT_LIST list = {0};

        assert_refused(sample_object(&list, OBJECT_PRIVATE_KEY, which, "1"),
                       GPG_ERR_NO_PUBKEY);
    }
}

static void what_we_cannot_use_says_why(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    struct object *o = new_object(&list, SAMPLE_RSA);

    (void)state;
    o->key_type = KEY_TYPE_OTHER;
    assert_refused(o, GPG_ERR_UNSUPPORTED_ALGORITHM);
    o = new_object(&list, SAMPLE_P256);
    assert_ok(
        bytes_set(&o->ec_params, span_str("\x06\x05\x2b\x81\x04\x01\x21")));
    assert_refused(o, GPG_ERR_UNKNOWN_CURVE);
    o->ec_params.data[0] = 0x30;
    assert_refused(o, GPG_ERR_UNKNOWN_CURVE);
}

static void broken_keys_are_refused(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    struct object *o = new_object(&list, SAMPLE_RSA);

    (void)state;
    o->modulus.data[o->modulus.len - 1] &= 0xfe;
    assert_refused(o, GPG_ERR_BAD_PUBKEY);
    o = new_object(&list, SAMPLE_RSA);
    o->modulus.len--;
    o->modulus.data[o->modulus.len - 1] |= 1;
    assert_refused(o, GPG_ERR_BAD_PUBKEY);
    o = new_object(&list, SAMPLE_RSA);
    assert_ok(bytes_alloc(&o->modulus, 16384 / 8 + 1));
    memset(o->modulus.data, 0xff, o->modulus.len);
    assert_refused(o, GPG_ERR_BAD_PUBKEY);
    o = new_object(&list, SAMPLE_RSA);
    assert_ok(bytes_set(&o->exponent, span_of(&o->modulus)));
    assert_ok(bytes_append(&o->exponent, span_str("x")));
    assert_refused(o, GPG_ERR_BAD_PUBKEY);
    o = new_object(&list, SAMPLE_P256);
    o->ec_point.data[40] ^= 1;
    assert_refused(o, GPG_ERR_BAD_PUBKEY);
}

static void algorithm_names_count_bits(void **state)
{
    const struct {
        size_t len;
        uint8_t top;
        const char *algo;
    } rows[] = {{128, 0x80, "rsa1024"},  {256, 0xff, "rsa2048"},
                {256, 0x7f, "rsa2047"},  {257, 0x01, "rsa2049"},
                {384, 0x80, "rsa3072"},  {512, 0xc0, "rsa4096"},
                {2048, 0x80, "rsa16384"}};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        AUTO_OBJECT_LIST list = {0};
        AUTO_PUBKEY pubkey = {0};
        AUTO_FREE char *algo = NULL;
        struct object *o = new_object(&list, SAMPLE_RSA);

        assert_ok(bytes_alloc(&o->modulus, rows[i].len));
        o->modulus.data[0] = rows[i].top;
        o->modulus.data[rows[i].len - 1] |= 1;
        assert_ok(pubkey_from_object(o, &pubkey));
        algo = pubkey_algo(&pubkey);
        assert_non_null(algo);
        assert_string_equal(algo, rows[i].algo);
    }
}

static void ssh_lines_are_those_of_ssh_keygen(void **state)
{
    size_t n = 0;

    (void)state;
    for (enum sample which = 0; which < SAMPLES; which++) {
        AUTO_OBJECT_LIST list = {0};
        AUTO_PUBKEY pubkey = {0};
        AUTO_FREE char *line = NULL;
        AUTO_FREE char *expected = NULL;
        AUTO_STRBUF text = {0};

        assert_ok(pubkey_from_object(new_object(&list, which), &pubkey));
        if (sample_keys[which].ssh == NULL) {
            assert_code(pubkey_to_ssh(&pubkey, "", &line),
                        GPG_ERR_UNKNOWN_CURVE);
            assert_null(line);
            continue;
        }
        assert_ok(pubkey_to_ssh(&pubkey, "cardno:42", &line));
        strbuf_printf(&text, "%s cardno:42\n", sample_keys[which].ssh);
        assert_ok(strbuf_take(&text, &expected));
        assert_string_equal(line, expected);
        n++;
    }
    assert_int_equal(n, 7);
}

static int set_up(void **state)
{
    (void)state;
    return secret_setup() == 0 ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects_have_the_keygrip_of_their_key),
        cmocka_unit_test(leading_zeros_make_no_other_key),
        cmocka_unit_test(points_and_curves_in_any_encoding_are_one_key),
        cmocka_unit_test(the_type_of_a_25519_key_does_not_matter),
        cmocka_unit_test(a_public_key_info_will_do),
        cmocka_unit_test(a_public_key_info_will_do_without_parameters),
        cmocka_unit_test(damaged_public_key_infos_do_no_harm),
        cmocka_unit_test(what_is_missing_is_no_pubkey),
        cmocka_unit_test(a_private_key_that_shows_nothing_is_no_pubkey),
        cmocka_unit_test(what_we_cannot_use_says_why),
        cmocka_unit_test(broken_keys_are_refused),
        cmocka_unit_test(algorithm_names_count_bits),
        cmocka_unit_test(ssh_lines_are_those_of_ssh_keygen),
    };

    return cmocka_run_group_tests_name("pubkey", tests, set_up, NULL);
}
