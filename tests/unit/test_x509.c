/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/x509: what certificates say, good ones and damaged ones. */
#include <fcntl.h>
#include <unistd.h>

#include "base/secret.h"
#include "keyring/x509.h"
#include "sample_keys.h"
#include "unit.h"

#define AUTO_PAIRS AUTO(pairs_clear) struct pairs

static const struct sample_cert rsa_ca = {SAMPLE_RSA, "An authority", true,
                                          SAMPLE_CERT_SIGN};

/* libksba 1.6 forgets memory when a certificate is damaged: that is not ours
 * to find here. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libksba\n";
}

/* libksba tells standard error what it thinks of them. */
static void make_in_silence(const struct object_list *list, struct pairs *ret)
{
    int saved = dup(STDERR_FILENO);
    int null = open("/dev/null", O_WRONLY);
    gpg_error_t err = 0;

    assert_true(saved >= 0 && null >= 0);
    assert_true(dup2(null, STDERR_FILENO) >= 0);
    err = pairs_make(list, false, NULL, ret);
    assert_true(dup2(saved, STDERR_FILENO) >= 0);
    (void)close(null);
    (void)close(saved);
    assert_ok(err);
}

static void damaged_certificates_do_no_harm(void **state)
{
    struct dice dice = {23};
    size_t n_read = 0;

    (void)state;
    for (int i = 0; i < 3000; i++) {
        AUTO_OBJECT_LIST list = {0};
        AUTO_PAIRS pairs = {0};
        struct object *o = sample_certificate(&list, &rsa_ca, "1");
        size_t n = 1 + dice_roll(&dice, 3);

        for (size_t j = 0; j < n; j++)
            o->certificate
                .data[dice_roll(&dice, (unsigned)o->certificate.len)] =
                (uint8_t)dice_roll(&dice, 256);
        if (dice_roll(&dice, 4) == 0)
            o->certificate.len = dice_roll(&dice, (unsigned)o->certificate.len);
        make_in_silence(&list, &pairs);
        assert_true(pairs.n <= 1);
        assert_true(pairs.n_certificates + pairs.n_skipped <= 1);
        n_read += pairs.n_certificates;
    }
    assert_in_range(n_read, 300, 2900);
}

static void certificates_tell_what_their_key_is_for(void **state)
{
    enum { S = 1, C = 2, A = 4, E = 8 };
    const struct {
        int bits;
        unsigned usage;
    } rows[] = {
        {-1, 0},
        {SAMPLE_DIGITAL_SIGNATURE, S | C | A},
        {SAMPLE_NON_REPUDIATION, S | C},
        {SAMPLE_CERT_SIGN, C},
        {0x02, C},
        {SAMPLE_KEY_ENCIPHERMENT, E},
        {SAMPLE_DATA_ENCIPHERMENT, E},
        {SAMPLE_KEY_AGREEMENT, E},
        {SAMPLE_DIGITAL_SIGNATURE | SAMPLE_KEY_ENCIPHERMENT, S | C | A | E},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        const struct sample_cert cert = {SAMPLE_P256, "x", false, rows[i].bits};
        AUTO_OBJECT_LIST list = {0};
        AUTO_PAIRS pairs = {0};

        (void)sample_certificate(&list, &cert, "1");
        assert_ok(pairs_make(&list, false, NULL, &pairs));
        assert_int_equal(pairs.n_certificates, 1);
        assert_int_equal(pairs.certificates[0].restricted, rows[i].bits >= 0);
        assert_int_equal(pairs.certificates[0].usage, rows[i].usage);
        assert_false(pairs.certificates[0].is_ca);
    }
}

static void shortened_certificates_are_left_out(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    struct bytes *der = &sample_certificate(&list, &rsa_ca, "1")->certificate;
    const size_t whole = der->len;

    (void)state;
    for (der->len = 1; der->len < whole; der->len++) {
        AUTO_PAIRS pairs = {0};

        make_in_silence(&list, &pairs);
        assert_int_equal(pairs.n_certificates, 0);
        assert_int_equal(pairs.n_skipped, 1);
    }
}

static void every_kind_of_key_is_read(void **state)
{
    (void)state;
    for (enum sample which = 0; which < SAMPLES; which++) {
        const struct sample_cert cert = {which, "A person", false, -1};
        AUTO_OBJECT_LIST list = {0};
        AUTO_PAIRS pairs = {0};
        AUTO_PUBKEY pubkey = {0};
        uint8_t grip[KEYGRIP_LEN] = {0};

        (void)sample_certificate(&list, &cert, "1");
        assert_ok(pubkey_from_object(
            sample_full_object(&list, OBJECT_PUBLIC_KEY, which, "1"), &pubkey));
        assert_ok(pubkey_keygrip(&pubkey, grip));
        assert_ok(pairs_make(&list, false, NULL, &pairs));
        assert_int_equal(pairs.n_certificates, 1);
        assert_true(pairs.certificates[0].has_pubkey);
        assert_memory_equal(pairs.certificates[0].grip, grip, KEYGRIP_LEN);
    }
}

static void subjects_are_made_printable(void **state)
{
    const struct {
        const char *name;
        const char *shown;
    } rows[] = {{"A person", "/CN=A person"},
                {"J\xc3\xb6rg", "/CN=J\\xC3\\xB6rg"}};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        const struct sample_cert cert = {SAMPLE_P256, rows[i].name, false, -1};
        AUTO_OBJECT_LIST list = {0};
        AUTO_PAIRS pairs = {0};

        (void)sample_certificate(&list, &cert, "1");
        assert_ok(pairs_make(&list, false, NULL, &pairs));
        assert_string_equal(pairs.certificates[0].subject, rows[i].shown);
    }
    for (int c = 1; c < 256; c++) {
        const char name[] = {'a', (char)c, 'z', '\0'};
        const struct sample_cert cert = {SAMPLE_P256, name, false, -1};
        AUTO_OBJECT_LIST list = {0};
        AUTO_PAIRS pairs = {0};

        (void)sample_certificate(&list, &cert, "1");
        make_in_silence(&list, &pairs);
        assert_int_equal(pairs.n_certificates, 1);
        for (const char *p = pairs.certificates[0].subject; *p != '\0'; p++)
            assert_true((unsigned char)*p >= 0x20 && *p != 0x7f);
    }
}

static int set_up(void **state)
{
    (void)state;
    return secret_setup() == 0 ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damaged_certificates_do_no_harm),
        cmocka_unit_test(shortened_certificates_are_left_out),
        cmocka_unit_test(certificates_tell_what_their_key_is_for),
        cmocka_unit_test(every_kind_of_key_is_read),
        cmocka_unit_test(subjects_are_made_printable),
    };

    return cmocka_run_group_tests_name("x509", tests, set_up, NULL);
}
