/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/scan: what a key may be used for. */
#include "base/secret.h"
#include "base/str.h"
#include "keyring/scan.h"
#include "sample_keys.h"
#include "unit.h"

static struct config config;

static void card_clear(struct card **card)
{
    card_unref(*card);
}
#define AUTO_CARD AUTO(card_clear) struct card

/* What the objects of a key say. */
struct says {
    enum object_use sign;
    enum object_use decrypt;
    enum object_use derive;
};

static void set_uses(struct object *o, const struct says *says)
{
    o->sign = says->sign;
    o->decrypt = says->decrypt;
    o->derive = says->derive;
}

/* The only key of the objects in LIST has these letters. */
static void assert_letters(const struct object_list *list, bool complete,
                           const char *letters)
{
    char name[] = "x";
    const struct token_names names = {name, name, name, name};
    AUTO_CARD *card = calloc(1, sizeof *card);
    char text[KEY_USAGE_SIZE];

    assert_non_null(card);
    atomic_init(&card->references, 1);
    assert_ok(identity_make(&names, config.card_type, &card->identity));
    assert_ok(scan_objects(card, &config, list, complete, NULL));
    assert_int_equal(card->n_keys, 1);
    key_usage_text(card->keys[0].usage, text);
    assert_string_equal(text, letters);
    if (strchr(letters, 's') != NULL)
        assert_true(card->keys[0].may_sign);
    if (strchr(letters, 'e') != NULL)
        assert_true(card->keys[0].may_decrypt);
}

/* The letters of a private key that says this, with a certificate of these
 * bits of keyUsage (-1: no such extension; -2: no certificate). */
static void assert_usage(enum sample which, struct says says, int bits,
                         const char *letters)
{
    const struct sample_cert cert = {which, "A person", false, bits};
    AUTO_OBJECT_LIST list = {0};

    set_uses(sample_full_object(&list, OBJECT_PRIVATE_KEY, which, "1"), &says);
    if (bits != -2)
        (void)sample_certificate(&list, &cert, "1");
    assert_letters(&list, true, letters);
}

#define NO_CERT (-2)
#define NO_BITS (-1)

static const struct says silent = {USE_UNKNOWN, USE_UNKNOWN, USE_UNKNOWN};

static void the_letters_have_an_order(void **state)
{
    char text[KEY_USAGE_SIZE];

    (void)state;
    key_usage_text(KEY_ENCRYPT | KEY_AUTHENTICATE | KEY_CERTIFY | KEY_SIGN,
                   text);
    assert_string_equal(text, "scae");
    key_usage_text(KEY_ENCRYPT | KEY_CERTIFY, text);
    assert_string_equal(text, "ce");
    key_usage_text(0, text);
    assert_string_equal(text, "-");
}

static void rsa_does_what_is_not_denied(void **state)
{
    const struct {
        struct says says;
        const char *letters;
    } rows[] = {
        {{USE_UNKNOWN, USE_UNKNOWN, USE_UNKNOWN}, "scae"},
        {{USE_YES, USE_YES, USE_NO}, "scae"},
        {{USE_YES, USE_NO, USE_UNKNOWN}, "sca"},
        {{USE_NO, USE_YES, USE_UNKNOWN}, "e"},
        {{USE_NO, USE_UNKNOWN, USE_UNKNOWN}, "e"},
        {{USE_UNKNOWN, USE_NO, USE_UNKNOWN}, "sca"},
        {{USE_NO, USE_NO, USE_YES}, "-"},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        assert_usage(SAMPLE_RSA, rows[i].says, NO_CERT, rows[i].letters);
}

static void an_ec_key_signs_or_encrypts(void **state)
{
    const struct {
        struct says says;
        const char *letters;
    } rows[] = {
        {{USE_UNKNOWN, USE_UNKNOWN, USE_UNKNOWN}, "sca"},
        {{USE_YES, USE_UNKNOWN, USE_NO}, "sca"},
        {{USE_YES, USE_UNKNOWN, USE_YES}, "sca"},
        {{USE_UNKNOWN, USE_UNKNOWN, USE_YES}, "sca"},
        {{USE_NO, USE_UNKNOWN, USE_YES}, "e"},
        {{USE_NO, USE_UNKNOWN, USE_UNKNOWN}, "e"},
        {{USE_NO, USE_YES, USE_NO}, "-"},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        assert_usage(SAMPLE_P256, rows[i].says, NO_CERT, rows[i].letters);
}

static void a_certificate_decides_what_an_ec_key_is_for(void **state)
{
    const struct says both = {USE_YES, USE_UNKNOWN, USE_YES};

    (void)state;
    assert_usage(SAMPLE_P256, both, SAMPLE_KEY_AGREEMENT, "e");
    assert_usage(SAMPLE_P256, both, SAMPLE_DIGITAL_SIGNATURE, "sca");
    assert_usage(SAMPLE_P256, both,
                 SAMPLE_DIGITAL_SIGNATURE | SAMPLE_KEY_AGREEMENT, "sca");
    assert_usage(SAMPLE_P256, both, NO_BITS, "sca");
}

static void a_certificate_narrows(void **state)
{
    (void)state;
    assert_usage(SAMPLE_RSA, silent, NO_BITS, "scae");
    assert_usage(SAMPLE_RSA, silent, SAMPLE_KEY_ENCIPHERMENT, "e");
    assert_usage(SAMPLE_RSA, silent, SAMPLE_DATA_ENCIPHERMENT, "e");
    assert_usage(SAMPLE_RSA, silent, SAMPLE_DIGITAL_SIGNATURE, "sca");
    assert_usage(SAMPLE_RSA, silent, SAMPLE_NON_REPUDIATION, "sc");
    assert_usage(SAMPLE_RSA, silent,
                 SAMPLE_DIGITAL_SIGNATURE | SAMPLE_KEY_ENCIPHERMENT, "scae");
    assert_usage(SAMPLE_P256, silent, SAMPLE_NON_REPUDIATION, "sc");
}

static void a_certificate_allows_nothing_that_the_token_denies(void **state)
{
    const struct says signs = {USE_YES, USE_NO, USE_UNKNOWN};

    (void)state;
    assert_usage(SAMPLE_RSA, signs,
                 SAMPLE_DIGITAL_SIGNATURE | SAMPLE_KEY_ENCIPHERMENT, "sca");
    /* One that would leave nothing does not count. */
    assert_usage(SAMPLE_RSA, signs, SAMPLE_KEY_ENCIPHERMENT, "sca");
}

static void curves_that_ssh_does_not_have_are_not_for_it(void **state)
{
    const struct says derives = {USE_NO, USE_UNKNOWN, USE_YES};

    (void)state;
    assert_usage(SAMPLE_P384, silent, NO_CERT, "sca");
    assert_usage(SAMPLE_P521, silent, NO_CERT, "sca");
    assert_usage(SAMPLE_BRAINPOOL, silent, NO_CERT, "sc");
    assert_usage(SAMPLE_BRAINPOOL, derives, NO_CERT, "e");
}

static void the_25519_curves_can_do_one_thing_each(void **state)
{
    const struct says all = {USE_YES, USE_YES, USE_YES};

    (void)state;
    assert_usage(SAMPLE_ED25519, silent, NO_CERT, "sca");
    assert_usage(SAMPLE_ED25519, all, NO_CERT, "sca");
    assert_usage(SAMPLE_X25519, silent, NO_CERT, "e");
    assert_usage(SAMPLE_X25519, all, NO_CERT, "e");
}

static void before_login_the_public_half_tells(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    struct object *o =
        sample_full_object(&list, OBJECT_PUBLIC_KEY, SAMPLE_RSA, "1");

    (void)state;
    assert_letters(&list, false, "scae");
    o->sign = USE_NO;
    assert_letters(&list, false, "e");
    o->sign = USE_YES;
    o->decrypt = USE_NO;
    assert_letters(&list, false, "sca");
}

static void the_private_half_knows_better(void **state)
{
    const struct says encrypts = {USE_NO, USE_YES, USE_UNKNOWN};
    const struct says signs = {USE_YES, USE_NO, USE_UNKNOWN};
    AUTO_OBJECT_LIST list = {0};

    (void)state;
    set_uses(sample_full_object(&list, OBJECT_PUBLIC_KEY, SAMPLE_RSA, "1"),
             &signs);
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_RSA, "1");
    assert_letters(&list, true, "sca");
    set_uses(&list.objects[1], &encrypts);
    assert_letters(&list, true, "e");
}

static void a_public_half_that_derives_says_nothing(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    struct object *o =
        sample_full_object(&list, OBJECT_PUBLIC_KEY, SAMPLE_P256, "1");

    (void)state;
    o->sign = USE_NO;
    o->derive = USE_NO;
    assert_letters(&list, false, "e");
}

static int set_up(void **state)
{
    (void)state;
    config_init(&config);
    return secret_setup() == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    config_clear(&config);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_letters_have_an_order),
        cmocka_unit_test(rsa_does_what_is_not_denied),
        cmocka_unit_test(an_ec_key_signs_or_encrypts),
        cmocka_unit_test(a_certificate_decides_what_an_ec_key_is_for),
        cmocka_unit_test(a_certificate_narrows),
        cmocka_unit_test(a_certificate_allows_nothing_that_the_token_denies),
        cmocka_unit_test(curves_that_ssh_does_not_have_are_not_for_it),
        cmocka_unit_test(the_25519_curves_can_do_one_thing_each),
        cmocka_unit_test(before_login_the_public_half_tells),
        cmocka_unit_test(the_private_half_knows_better),
        cmocka_unit_test(a_public_half_that_derives_says_nothing),
    };

    return cmocka_run_group_tests_name("usage", tests, set_up, tear_down);
}
