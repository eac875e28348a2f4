/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/pair: which of a token's objects are one key. */
#include "base/secret.h"
#include "base/str.h"
#include "keyring/pair.h"
#include "sample_keys.h"
#include "unit.h"

#define AUTO_PAIRS AUTO(pairs_clear) struct pairs

/* Classes, shorter. */
#define PUBLIC OBJECT_PUBLIC_KEY
#define PRIVATE OBJECT_PRIVATE_KEY

static const struct sample_cert p256_cert = {SAMPLE_P256, "A person", false,
                                             -1};
static const struct sample_cert rsa_ca = {SAMPLE_RSA, "An authority", true,
                                          SAMPLE_CERT_SIGN};

static void make(const struct object_list *list, bool complete,
                 struct pairs *ret)
{
    assert_ok(pairs_make(list, complete, NULL, ret));
}

/* The pair of this sample, NULL if there is none. */
static const struct pair *find(const struct pairs *pairs, enum sample which)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_PUBKEY pubkey = {0};
    uint8_t grip[KEYGRIP_LEN] = {0};

    assert_ok(pubkey_from_object(sample_full_object(&list, PUBLIC, which, ""),
                                 &pubkey));
    assert_ok(pubkey_keygrip(&pubkey, grip));
    for (size_t i = 0; i < pairs->n; i++)
        if (memcmp(pairs->pairs[i].grip, grip, KEYGRIP_LEN) == 0)
            return &pairs->pairs[i];
    return NULL;
}

/* The pair of this sample consists of these objects of LIST; -1: none. */
static void assert_pair(const struct pairs *pairs,
                        const struct object_list *list, enum sample which,
                        int public_key, int private_key, int certificate)
{
    const struct pair *pair = find(pairs, which);
    const struct object *cert = NULL;

    assert_non_null(pair);
    cert = pair->certificate != NULL ? pair->certificate->object : NULL;
    assert_ptr_equal(pair->public_key,
                     public_key >= 0 ? &list->objects[public_key] : NULL);
    assert_ptr_equal(pair->private_key,
                     private_key >= 0 ? &list->objects[private_key] : NULL);
    assert_ptr_equal(cert,
                     certificate >= 0 ? &list->objects[certificate] : NULL);
}

/* Exactly one object was left out, and this is part of the reason. */
static void assert_skipped(const struct pairs *pairs, const char *part)
{
    assert_int_equal(pairs->n_skipped, 1);
    if (strstr(pairs->skipped[0], part) == NULL)
        fail_msg("'%s' is not in '%s'", part, pairs->skipped[0]);
}

static void no_objects_are_no_keys(void **state)
{
    const struct object_list none = {0};
    AUTO_PAIRS pairs = {0};

    (void)state;
    make(&none, true, &pairs);
    assert_int_equal(pairs.n, 0);
    assert_int_equal(pairs.n_certificates, 0);
    assert_int_equal(pairs.n_skipped, 0);
}

static void halves_are_paired_by_their_value(void **state)
{
    (void)state;
    for (enum sample which = 0; which < SAMPLES; which++) {
        AUTO_OBJECT_LIST list = {0};
        AUTO_PAIRS pairs = {0};

        /* With different CKA_IDs even. */
        (void)sample_full_object(&list, PRIVATE, which, "1");
        (void)sample_full_object(&list, PUBLIC, which, "2");
        make(&list, true, &pairs);
        assert_int_equal(pairs.n, 1);
        assert_pair(&pairs, &list, which, 1, 0, -1);
        assert_int_equal(pairs.n_skipped, 0);
    }
}

static void a_private_key_that_shows_nothing_is_paired_by_id(void **state)
{
    (void)state;
    for (enum sample which = 0; which < SAMPLES; which++) {
        AUTO_OBJECT_LIST list = {0};
        AUTO_PAIRS pairs = {0};

        /* Its curve is mostly there, its point is not. */
        sample_bytes(sample_keys[which].params,
                     &sample_object(&list, PRIVATE, which, "1")->ec_params);
        (void)sample_full_object(&list, PUBLIC, which, "1");
        make(&list, true, &pairs);
        assert_int_equal(pairs.n, 1);
        assert_pair(&pairs, &list, which, 1, 0, -1);
        assert_int_equal(pairs.n_skipped, 0);
    }
}

static void a_private_key_without_a_curve_is_paired_by_id(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_PAIRS pairs = {0};

    (void)state;
    (void)sample_object(&list, PRIVATE, SAMPLE_P256, "1");
    (void)sample_full_object(&list, PUBLIC, SAMPLE_P256, "1");
    make(&list, true, &pairs);
    assert_int_equal(pairs.n, 1);
    assert_pair(&pairs, &list, SAMPLE_P256, 1, 0, -1);
}

static void it_may_also_be_paired_with_a_certificate(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_PAIRS pairs = {0};

    (void)state;
    sample_bytes(sample_keys[SAMPLE_P256].params,
                 &sample_object(&list, PRIVATE, SAMPLE_P256, "1")->ec_params);
    (void)sample_certificate(&list, &p256_cert, "1");
    make(&list, true, &pairs);
    assert_int_equal(pairs.n, 1);
    assert_pair(&pairs, &list, SAMPLE_P256, -1, 0, 1);
}

static void one_id_for_two_keys_is_told_apart_by_value(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_PAIRS pairs = {0};

    (void)state;
    (void)sample_full_object(&list, PUBLIC, SAMPLE_RSA, "1");
    (void)sample_full_object(&list, PUBLIC, SAMPLE_RSA_OTHER, "1");
    (void)sample_full_object(&list, PRIVATE, SAMPLE_RSA_OTHER, "1");
    (void)sample_full_object(&list, PRIVATE, SAMPLE_RSA, "1");
    make(&list, true, &pairs);
    assert_int_equal(pairs.n, 2);
    assert_pair(&pairs, &list, SAMPLE_RSA, 0, 3, -1);
    assert_pair(&pairs, &list, SAMPLE_RSA_OTHER, 1, 2, -1);
}

static void one_id_for_two_kinds_is_told_apart_by_kind(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_PAIRS pairs = {0};

    (void)state;
    (void)sample_full_object(&list, PUBLIC, SAMPLE_RSA, "1");
    (void)sample_full_object(&list, PUBLIC, SAMPLE_P256, "1");
    sample_bytes(sample_keys[SAMPLE_P256].params,
                 &sample_object(&list, PRIVATE, SAMPLE_P256, "1")->ec_params);
    (void)sample_object(&list, PRIVATE, SAMPLE_RSA, "1");
    make(&list, true, &pairs);
    assert_int_equal(pairs.n, 2);
    assert_pair(&pairs, &list, SAMPLE_P256, 1, 2, -1);
    assert_pair(&pairs, &list, SAMPLE_RSA, 0, 3, -1);
}

static void a_lone_certificate_is_a_key_before_login_only(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_PAIRS before = {0};
    AUTO_PAIRS after = {0};

    (void)state;
    (void)sample_certificate(&list, &p256_cert, "1");
    make(&list, false, &before);
    assert_int_equal(before.n, 1);
    assert_pair(&before, &list, SAMPLE_P256, -1, -1, 0);
    make(&list, true, &after);
    assert_int_equal(after.n, 0);
    assert_int_equal(after.n_certificates, 1);
    assert_string_equal(after.certificates[0].subject, "/CN=A person");
}

static void a_lone_public_key_is_a_key_before_login_only(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_PAIRS before = {0};
    AUTO_PAIRS after = {0};

    (void)state;
    (void)sample_full_object(&list, PUBLIC, SAMPLE_RSA, "1");
    make(&list, false, &before);
    assert_pair(&before, &list, SAMPLE_RSA, 0, -1, -1);
    assert_int_equal(before.n_skipped, 0);
    make(&list, true, &after);
    assert_int_equal(after.n, 0);
    assert_skipped(&after, "public key '' with CKA_ID 31: its private key is "
                           "not on the token");
}

static void an_authority_is_never_a_key(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_PAIRS before = {0};
    AUTO_PAIRS after = {0};

    (void)state;
    (void)sample_certificate(&list, &rsa_ca, "1");
    make(&list, false, &before);
    assert_int_equal(before.n, 0);
    assert_int_equal(before.n_certificates, 1);
    assert_true(before.certificates[0].is_ca);
    /* Not even for a private key with its CKA_ID. */
    (void)sample_object(&list, PRIVATE, SAMPLE_RSA, "1");
    make(&list, true, &after);
    assert_int_equal(after.n, 0);
    assert_skipped(&after, "private key '' with CKA_ID 31");
}

static void an_authority_with_its_key_has_its_certificate(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_PAIRS pairs = {0};

    (void)state;
    (void)sample_certificate(&list, &rsa_ca, "1");
    (void)sample_full_object(&list, PRIVATE, SAMPLE_RSA, "1");
    make(&list, true, &pairs);
    assert_pair(&pairs, &list, SAMPLE_RSA, -1, 1, 0);
}

static void the_first_of_several_is_taken(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_PAIRS pairs = {0};

    (void)state;
    for (int i = 0; i < 2; i++) {
        (void)sample_certificate(&list, &p256_cert, "1");
        (void)sample_full_object(&list, PUBLIC, SAMPLE_P256, "1");
        (void)sample_full_object(&list, PRIVATE, SAMPLE_P256, "1");
    }
    make(&list, true, &pairs);
    assert_int_equal(pairs.n, 1);
    assert_pair(&pairs, &list, SAMPLE_P256, 1, 2, 0);
    assert_int_equal(pairs.n_certificates, 2);
}

static void a_private_key_alone_shows_itself(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_PAIRS pairs = {0};

    (void)state;
    (void)sample_full_object(&list, PRIVATE, SAMPLE_RSA, "");
    make(&list, true, &pairs);
    assert_pair(&pairs, &list, SAMPLE_RSA, -1, 0, -1);
}

static void without_id_or_value_there_is_no_pair(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_PAIRS pairs = {0};

    (void)state;
    (void)sample_full_object(&list, PUBLIC, SAMPLE_RSA, "");
    (void)sample_object(&list, PRIVATE, SAMPLE_RSA, "");
    make(&list, false, &pairs);
    assert_pair(&pairs, &list, SAMPLE_RSA, 0, -1, -1);
    assert_skipped(&pairs, "private key '' with CKA_ID (empty): the token "
                           "shows no public key that belongs to it");
}

static void unsupported_objects_are_left_out_with_a_reason(void **state)
{
    const struct {
        enum object_key_type type;
        const char *params;
        const char *why;
    } rows[] = {
        {KEY_TYPE_OTHER, "06052b81040022", "Unsupported algorithm"},
        {KEY_TYPE_EC, "06052b81040001", "Unknown elliptic curve"},
        {KEY_TYPE_EC, "3003020101", "explicit parameters"},
        {KEY_TYPE_EC, "06052b81040022", "Bad public key"},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        for (int k = PUBLIC; k <= PRIVATE; k++) {
            const enum object_class class = (enum object_class)k;
            AUTO_OBJECT_LIST list = {0};
            AUTO_PAIRS pairs = {0};
            struct object *o =
                sample_full_object(&list, class, SAMPLE_P256, "\x01\xff");

            o->key_type = rows[i].type;
            sample_bytes(rows[i].params, &o->ec_params);
            assert_ok(bytes_set(&o->label, span_str("my\nkey")));
            make(&list, true, &pairs);
            assert_int_equal(pairs.n, 0);
            assert_skipped(&pairs, rows[i].why);
            assert_skipped(&pairs, class == PUBLIC ? "public key 'my?key'"
                                                   : "private key 'my?key'");
            assert_skipped(&pairs, "with CKA_ID 01FF: ");
        }
    }
}

static void a_useless_object_spoils_nothing(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_PAIRS pairs = {0};

    (void)state;
    sample_full_object(&list, PUBLIC, SAMPLE_P256, "1")->key_type =
        KEY_TYPE_OTHER;
    assert_ok(
        bytes_set(&sample_certificate(&list, &p256_cert, "1")->certificate,
                  span_str("no certificate")));
    (void)sample_full_object(&list, PRIVATE, SAMPLE_RSA, "1");
    make(&list, true, &pairs);
    assert_int_equal(pairs.n, 1);
    assert_pair(&pairs, &list, SAMPLE_RSA, -1, 2, -1);
    assert_int_equal(pairs.n_skipped, 2);
    assert_int_equal(pairs.n_certificates, 0);
}

static int set_up(void **state)
{
    (void)state;
    return secret_setup() == 0 ? 0 : -1;
}

static void a_key_is_meant_if_one_of_its_objects_is(void **state)
{
    (void)state;
    for (int meant = 0; meant < 4; meant++) {
        AUTO_OBJECT_LIST list = {0};
        AUTO_PAIRS pairs = {0};

        (void)sample_full_object(&list, PUBLIC, SAMPLE_P256, "1");
        (void)sample_full_object(&list, PRIVATE, SAMPLE_P256, "1");
        (void)sample_certificate(&list, &p256_cert, "1");
        (void)sample_full_object(&list, PUBLIC, SAMPLE_RSA, "1");
        for (int i = 0; i < 4; i++)
            list.objects[i].is_left_out = i != meant;
        make(&list, false, &pairs);
        assert_int_equal(pairs.n, 1);
        if (meant == 3)
            assert_pair(&pairs, &list, SAMPLE_RSA, 3, -1, -1);
        else
            assert_pair(&pairs, &list, SAMPLE_P256, 0, 1, 2);
        assert_int_equal(pairs.certificates[0].is_left_out, meant == 3);
        assert_skipped(&pairs, meant == 3
                                   ? "private key '' with CKA_ID 31: no match"
                                   : "public key '' with CKA_ID 31: no match");
    }
}

static void of_several_objects_the_one_that_is_meant_is_taken(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_PAIRS pairs = {0};

    (void)state;
    for (int i = 0; i < 3; i++)
        (void)sample_full_object(&list, PUBLIC, SAMPLE_P256, "1");
    for (int i = 0; i < 3; i++)
        (void)sample_full_object(&list, PRIVATE, SAMPLE_P256, "1");
    list.objects[0].is_left_out = true;
    list.objects[3].is_left_out = true;
    list.objects[5].is_left_out = true;
    make(&list, true, &pairs);
    assert_int_equal(pairs.n, 1);
    assert_pair(&pairs, &list, SAMPLE_P256, 1, 4, -1);
}

static void a_certificate_alone_is_meant_or_not(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_PAIRS pairs = {0};

    (void)state;
    (void)sample_certificate(&list, &rsa_ca, "1");
    (void)sample_certificate(&list, &rsa_ca, "2");
    list.objects[1].is_left_out = true;
    make(&list, true, &pairs);
    assert_int_equal(pairs.n_certificates, 2);
    for (int i = 0; i < 2; i++)
        assert_int_equal(pairs.certificates[i].is_left_out,
                         pairs.certificates[i].object == &list.objects[1]);
    assert_skipped(&pairs, "certificate '' with CKA_ID 32: no match-uri fits");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_objects_are_no_keys),
        cmocka_unit_test(halves_are_paired_by_their_value),
        cmocka_unit_test(a_private_key_that_shows_nothing_is_paired_by_id),
        cmocka_unit_test(a_private_key_without_a_curve_is_paired_by_id),
        cmocka_unit_test(it_may_also_be_paired_with_a_certificate),
        cmocka_unit_test(one_id_for_two_keys_is_told_apart_by_value),
        cmocka_unit_test(one_id_for_two_kinds_is_told_apart_by_kind),
        cmocka_unit_test(a_lone_certificate_is_a_key_before_login_only),
        cmocka_unit_test(a_lone_public_key_is_a_key_before_login_only),
        cmocka_unit_test(an_authority_is_never_a_key),
        cmocka_unit_test(an_authority_with_its_key_has_its_certificate),
        cmocka_unit_test(the_first_of_several_is_taken),
        cmocka_unit_test(a_private_key_alone_shows_itself),
        cmocka_unit_test(without_id_or_value_there_is_no_pair),
        cmocka_unit_test(unsupported_objects_are_left_out_with_a_reason),
        cmocka_unit_test(a_useless_object_spoils_nothing),
        cmocka_unit_test(a_key_is_meant_if_one_of_its_objects_is),
        cmocka_unit_test(of_several_objects_the_one_that_is_meant_is_taken),
        cmocka_unit_test(a_certificate_alone_is_meant_or_not),
    };

    return cmocka_run_group_tests_name("pair", tests, set_up, NULL);
}
