/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/scan: the references and certificates of a card's keys. */
#include "base/secret.h"
#include "base/str.h"
#include "keyring/card.h"
#include "keyring/scan.h"
#include "sample_keys.h"
#include "unit.h"

static struct config config;

static const struct sample_cert person_cert = {SAMPLE_P256, "A person", false,
                                               -1};
static const struct sample_cert rsa_ca = {SAMPLE_RSA, "An authority", true, -1};

static void card_clear(struct card **card)
{
    card_unref(*card);
}
#define AUTO_CARD AUTO(card_clear) struct card

/* A card of the objects in LIST. */
static struct card *scan(const struct object_list *list, bool complete)
{
    char manufacturer[] = "Nobody";
    char model[] = "Unit";
    char serial[] = "42";
    char label[] = "Fake token";
    const struct token_names names = {manufacturer, model, serial, label};
    struct card *card = calloc(1, sizeof *card);

    assert_non_null(card);
    atomic_init(&card->references, 1);
    card->type = config_card_type(&config);
    assert_ok(identity_make(&names, card->type, &card->identity));
    assert_ok(scan_objects(card, &config, list, complete, NULL));
    return card;
}

static int set_up(void **state)
{
    (void)state;
    config_init(&config);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    config_clear(&config);
    return 0;
}

static int set_up_group(void **state)
{
    (void)state;
    return secret_setup() == 0 ? 0 : -1;
}

/* "P15.X" and the first 16 digits of its keygrip. */
static const char *grip_ref(const struct key *key)
{
    static char ref[5 + 16 + 1];

    (void)snprintf(ref, sizeof ref, "P15.X%.16s", key->grip);
    return ref;
}

static void assert_named_by_grip(const struct key *key)
{
    assert_string_equal(key->ref, grip_ref(key));
}

static void a_key_has_all_its_names(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_CARD *card = NULL;
    const struct key *key = NULL;

    (void)state;
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_RSA, "\x01\xab");
    assert_ok(bytes_set(&list.objects[0].label, span_str("My\tkey")));
    card = scan(&list, true);
    assert_int_equal(card->n_keys, 1);
    key = &card->keys[0];
    assert_string_equal(key->ref, "P15.01AB");
    assert_ptr_equal(card_key_by_own_ref(card, "P15.01AB"), key);
    assert_ptr_equal(card_key_by_own_ref(card, grip_ref(key)), key);
    assert_ptr_equal(
        card_key_by_old_ref(card, "Nobody/Unit/42/Fake\\x20token/01AB"), key);
    assert_ptr_equal(
        card_key_by_old_ref(card, "pkcs11:model=Unit;token=Fake%20token;"
                                  "manufacturer=Nobody;serial=42;id=%01%ab"),
        key);
    assert_ptr_equal(card_key_by_grip(card, key->grip), key);
    assert_string_equal(key->label, "My?key");
    assert_string_equal(key->algo, "rsa1024");
    assert_string_equal(key->serial, card->identity.serial);
    assert_int_equal(strlen(key->grip), KEYGRIP_HEX_LEN);
}

static void the_locator_says_how_to_find_it(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_CARD *card = NULL;
    AUTO_BYTES number = {0};
    const struct key_locator *l = NULL;

    (void)state;
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_RSA, "1");
    assert_ok(bytes_set(&list.objects[0].label, span_str("My\tkey")));
    card = scan(&list, true);
    l = &card->keys[0].locator;
    assert_span(span_of(&l->id), "1", 1);
    assert_span(span_of(&l->raw_label), "My\tkey", 6);
    assert_string_equal(l->label, "My?key");
    sample_bytes(sample_keys[SAMPLE_RSA].n, &number);
    assert_span(span_of(&l->modulus), number.data, number.len);
    assert_int_equal(l->ec_point.len, 0);
}

static void the_old_card_type_sends_the_old_reference(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_CARD *card = NULL;

    (void)state;
    config.card_type = CARD_TYPE_PKCS11;
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_RSA, "1");
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_P256, "");
    card = scan(&list, true);
    /* Without a CKA_ID there is no old one. */
    assert_named_by_grip(&card->keys[0]);
    assert_string_equal(card->keys[1].ref, "Nobody/Unit/42/Fake\\x20token/31");
    assert_ptr_equal(card_key_by_own_ref(card, "P15.31"), &card->keys[1]);
}

/* The references of the keys in the three slots, "-" for none. */
static void assert_slots(const struct card *card, const char *sign,
                         const char *encr, const char *auth)
{
    const char *const wanted[] = {sign, encr, auth};

    for (size_t i = 0; i < OPENPGP_SLOTS; i++)
        assert_string_equal(
            card->openpgp[i] != NULL ? card->openpgp[i]->ref : "-", wanted[i]);
}

static void each_slot_has_the_first_key_that_can_do_its_work(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_CARD *card = NULL;

    (void)state;
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_X25519, "1");
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_BRAINPOOL, "2");
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_P256, "3");
    card = scan(&list, true);
    assert_slots(card, "P15.32", "P15.31", "P15.33");
}

static void the_keys_of_an_openpgp_card_are_named_so(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_CARD *card = NULL;

    (void)state;
    config.card_type = CARD_TYPE_OPENPGP;
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_X25519, "1");
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_ED25519, "2");
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_P256, "3");
    card = scan(&list, true);
    /* One key in two slots has one name. */
    assert_slots(card, "OPENPGP.1", "OPENPGP.2", "OPENPGP.1");
    assert_string_equal(card->keys[2].ref, "P15.33");
    assert_string_equal(card->identity.serial, card->identity.upstream_serial);
}

static void a_slot_whose_key_is_elsewhere_has_the_first(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_CARD *card = NULL;

    (void)state;
    assert_ok(str_copy("5C661B8C07CFD957F7D98D5B9A0F31D236BFAC2A",
                       &config.openpgp_grip[OPENPGP_SIGN]));
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_X25519, "1");
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_P256, "3");
    card = scan(&list, true);
    assert_slots(card, "OPENPGP.1", "OPENPGP.2", "OPENPGP.1");
}

static void a_slot_does_not_take_a_key_that_cannot_do_its_work(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_CARD *card = NULL;
    AUTO_CARD *plain = NULL;

    (void)state;
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_ED25519, "1");
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_X25519, "2");
    plain = scan(&list, true);
    assert_ok(
        str_copy(plain->keys[0].grip, &config.openpgp_grip[OPENPGP_ENCR]));
    card = scan(&list, true);
    assert_slots(card, "OPENPGP.1", "OPENPGP.2", "OPENPGP.1");
    assert_string_equal(card->openpgp[OPENPGP_ENCR]->algo, "cv25519");
}

/* A key with two certificates of the same age, in this order on the token. */
static struct card *scan_two(struct object_list *list,
                             const struct sample_cert *first,
                             const struct sample_cert *second)
{
    (void)sample_full_object(list, OBJECT_PRIVATE_KEY, SAMPLE_RSA, "1");
    (void)sample_certificate(list, first, "1");
    (void)sample_certificate(list, second, "1");
    return scan(list, true);
}

static void two_certificates_allow_what_either_does(void **state)
{
    static const struct sample_cert signs = {SAMPLE_RSA, "Signs", false,
                                             SAMPLE_DIGITAL_SIGNATURE};
    static const struct sample_cert decrypts = {SAMPLE_RSA, "Decrypts", false,
                                                SAMPLE_KEY_ENCIPHERMENT};
    AUTO_OBJECT_LIST list = {0};
    AUTO_OBJECT_LIST other_list = {0};
    AUTO_CARD *card = NULL;
    AUTO_CARD *other = NULL;

    (void)state;
    card = scan_two(&list, &signs, &decrypts);
    other = scan_two(&other_list, &decrypts, &signs);
    assert_int_equal(card->keys[0].usage,
                     KEY_SIGN | KEY_CERTIFY | KEY_AUTHENTICATE | KEY_ENCRYPT);
    assert_int_equal(other->keys[0].usage, card->keys[0].usage);
    /* The token's order makes no difference. */
    assert_string_equal(other->keys[0].certificate->subject,
                        card->keys[0].certificate->subject);
    assert_string_equal(card->keys[0].certificate->ref, "P15.31");
}

static void set_date(struct object *object, const char *date)
{
    assert_ok(bytes_set(&object->start_date, span_str(date)));
}

static void the_keytime_is_what_anybody_can_see(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_CARD *card = NULL;

    (void)state;
    (void)sample_full_object(&list, OBJECT_PUBLIC_KEY, SAMPLE_RSA, "1");
    set_date(sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_RSA, "1"),
             "20200101");
    set_date(sample_full_object(&list, OBJECT_PUBLIC_KEY, SAMPLE_P256, "2"),
             "20100203");
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_P256, "2");
    set_date(sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_X25519, "3"),
             "20200101");
    set_date(sample_full_object(&list, OBJECT_PUBLIC_KEY, SAMPLE_ED25519, "4"),
             "yestrday");
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_ED25519, "4");
    card = scan(&list, true);
    assert_int_equal(card->n_keys, 4);
    assert_int_equal(card->keys[0].keytime, KEY_NO_TIME);
    assert_int_equal(card->keys[1].keytime, 1265155200);
    assert_int_equal(card->keys[2].keytime, 1577836800);
    assert_int_equal(card->keys[3].keytime, KEY_NO_TIME);
}

/* The date of a key whose public key object says 2010, with a certificate. */
static uint32_t keytime_with(bool hides_key, bool hides_certificate)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_CARD *card = NULL;
    struct object *o = sample_certificate(&list, &person_cert, "1");

    o->is_private = hides_certificate;
    o = sample_full_object(&list, OBJECT_PUBLIC_KEY, SAMPLE_P256, "1");
    o->is_private = hides_key;
    set_date(o, hides_key ? "20100203" : "yestrday");
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_P256, "1");
    card = scan(&list, true);
    assert_int_equal(card->n_keys, 1);
    return card->keys[0].keytime;
}

/* Before a login and after it, it is the same. */
static void the_keytime_does_not_depend_on_what_is_hidden(void **state)
{
    const uint32_t of_certificate = keytime_with(false, false);

    (void)state;
    assert_int_not_equal(of_certificate, KEY_NO_TIME);
    assert_int_equal(keytime_with(true, false), of_certificate);
    assert_int_equal(keytime_with(false, true), KEY_NO_TIME);
    assert_int_equal(keytime_with(true, true), 1265155200);
}

static void keys_without_an_id_are_named_by_keygrip(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_CARD *card = NULL;

    (void)state;
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_RSA, "");
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_P256, "");
    card = scan(&list, true);
    assert_int_equal(card->n_keys, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_named_by_grip(&card->keys[i]);
        assert_ptr_equal(card_key_by_own_ref(card, card->keys[i].ref),
                         &card->keys[i]);
    }
    /* No reference of 0.10 means them. */
    assert_null(card_key_by_old_ref(card, "Nobody/Unit/42/Fake\\x20token/"));
    assert_null(card_key_by_own_ref(card, "P15."));
}

static void an_id_of_two_keys_names_neither(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_CARD *card = NULL;

    (void)state;
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_RSA, "1");
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_P256, "1");
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_P384, "2");
    card = scan(&list, true);
    assert_int_equal(card->n_keys, 3);
    assert_named_by_grip(&card->keys[0]);
    assert_named_by_grip(&card->keys[1]);
    assert_string_equal(card->keys[2].ref, "P15.32");
    /* Whoever sends it nevertheless, or has it from 0.10, means the first. */
    assert_ptr_equal(card_key_by_own_ref(card, "P15.31"), &card->keys[0]);
    assert_ptr_equal(
        card_key_by_old_ref(card, "Nobody/Unit/42/Fake\\x20token/31"),
        &card->keys[0]);
    assert_false(card_has_own_ref(card, "P15.31"));
    assert_true(card_has_own_ref(card, "P15.32"));
    assert_null(card_key_by_own_ref(card, "P15.33"));
}

static void keys_are_sorted_by_id_then_keygrip(void **state)
{
    static const char *const ids[] = {"2", "10", "", "1", "1"};
    AUTO_OBJECT_LIST list = {0};
    AUTO_CARD *card = NULL;

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(ids); i++)
        (void)sample_full_object(&list, OBJECT_PRIVATE_KEY,
                                 SAMPLE_P256 + (enum sample)i, ids[i]);
    card = scan(&list, true);
    assert_int_equal(card->n_keys, 5);
    assert_int_equal(card->keys[0].locator.id.len, 0);
    assert_span(span_of(&card->keys[1].locator.id), "1", 1);
    assert_span(span_of(&card->keys[2].locator.id), "1", 1);
    assert_true(strcmp(card->keys[1].grip, card->keys[2].grip) < 0);
    assert_span(span_of(&card->keys[3].locator.id), "10", 2);
    assert_span(span_of(&card->keys[4].locator.id), "2", 1);
}

static void names_come_from_the_first_object_that_has_one(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_CARD *card = NULL;

    (void)state;
    (void)sample_certificate(&list, &person_cert, "1");
    assert_ok(bytes_set(&list.objects[0].label, span_str("certificate")));
    (void)sample_full_object(&list, OBJECT_PUBLIC_KEY, SAMPLE_P256, "");
    assert_ok(bytes_set(&list.objects[1].label, span_str("public")));
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_P256, "");
    card = scan(&list, true);
    assert_int_equal(card->n_keys, 1);
    assert_string_equal(card->keys[0].ref, "P15.31");
    assert_string_equal(card->keys[0].label, "public");
}

static void what_cannot_be_used_is_kept_for_people(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_CARD *card = NULL;

    (void)state;
    sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_P256, "1")->key_type =
        KEY_TYPE_OTHER;
    card = scan(&list, true);
    assert_int_equal(card->n_keys, 0);
    assert_int_equal(card->n_skipped, 1);
    assert_non_null(strstr(card->skipped[0], "Unsupported algorithm"));
}

static void a_certificate_has_the_reference_of_its_key(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_CARD *card = NULL;

    (void)state;
    (void)sample_certificate(&list, &person_cert, "9");
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_P256, "1");
    card = scan(&list, true);
    assert_int_equal(card->n_certificates, 1);
    assert_string_equal(card->certificates[0].ref, "P15.31");
    assert_string_equal(card->certificates[0].subject, "/CN=A person");
    assert_true(card->certificates[0].has_key);
    assert_ptr_equal(card->keys[0].certificate, &card->certificates[0]);
    assert_ptr_equal(card_certificate(card, "P15.31"), &card->certificates[0]);
    assert_null(card_certificate(card, "P15.39"));
    assert_span(span_of(&card->certificates[0].der),
                list.objects[0].certificate.data,
                list.objects[0].certificate.len);
}

static void other_certificates_have_references_of_their_own(void **state)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_CARD *card = NULL;

    (void)state;
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_P256, "1");
    (void)sample_certificate(&list, &person_cert, "1");
    (void)sample_certificate(&list, &person_cert, "1");
    (void)sample_certificate(&list, &rsa_ca, "1");
    (void)sample_certificate(&list, &rsa_ca, "7");
    card = scan(&list, true);
    assert_int_equal(card->n_certificates, 4);
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(card->certificates[i].ref,
                                    card->certificates[j].ref);
    assert_string_equal(card->certificates[0].ref, "P15.31");
    assert_true(card->certificates[1].has_key);
    assert_false(card->certificates[2].has_key);
    assert_true(card->certificates[2].is_ca);
    assert_string_equal(card->certificates[3].ref, "P15.37");
    assert_ptr_equal(card->keys[0].certificate, &card->certificates[0]);
}

static void certificates_without_an_id_have_two_references(void **state)
{
    const struct sample_cert other_ca = {SAMPLE_RSA, "Another authority", true,
                                         -1};
    AUTO_OBJECT_LIST list = {0};
    AUTO_CARD *card = NULL;

    (void)state;
    (void)sample_certificate(&list, &rsa_ca, "");
    (void)sample_certificate(&list, &other_ca, "");
    card = scan(&list, true);
    assert_int_equal(card->n_certificates, 2);
    assert_string_not_equal(card->certificates[0].ref,
                            card->certificates[1].ref);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_key_has_all_its_names),
        TEST(the_locator_says_how_to_find_it),
        TEST(the_old_card_type_sends_the_old_reference),
        TEST(each_slot_has_the_first_key_that_can_do_its_work),
        TEST(the_keys_of_an_openpgp_card_are_named_so),
        TEST(a_slot_whose_key_is_elsewhere_has_the_first),
        TEST(a_slot_does_not_take_a_key_that_cannot_do_its_work),
        TEST(two_certificates_allow_what_either_does),
        TEST(the_keytime_is_what_anybody_can_see),
        TEST(the_keytime_does_not_depend_on_what_is_hidden),
        TEST(keys_without_an_id_are_named_by_keygrip),
        TEST(an_id_of_two_keys_names_neither),
        TEST(keys_are_sorted_by_id_then_keygrip),
        TEST(names_come_from_the_first_object_that_has_one),
        TEST(what_cannot_be_used_is_kept_for_people),
        TEST(a_certificate_has_the_reference_of_its_key),
        TEST(other_certificates_have_references_of_their_own),
        TEST(certificates_without_an_id_have_two_references),
    };

    return cmocka_run_group_tests_name("card", tests, set_up_group, NULL);
}
