/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/memory and its text, which is parsed input like any other:
 * what is not exactly as we would have written it is not believed. */
#include <gcrypt.h>

#include "base/hex.h"
#include "base/secret.h"
#include "keyring/card.h"
#include "keyring/memory.h"
#include "keyring/scan.h"
#include "sample_keys.h"
#include "unit.h"

#define SERIAL "FF500B00112233445566"
#define HEAD "gnupg-pkcs11-scd memory 1\ntoken " SERIAL "\n"

/* libksba 1.6 forgets memory when a certificate is damaged: that is not ours
 * to find here. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libksba\n";
}

static const uint8_t grip[KEYGRIP_LEN] = "twenty bytes of grip";

static void set(struct bytes *b, const char *text)
{
    assert_ok(bytes_set(b, span_str(text)));
}

/* One of each class, with everything that an object can have. */
static void fill(struct memory *memory)
{
    const struct sample_cert cert = {SAMPLE_P256, "A person", false, -1};
    AUTO_OBJECT_LIST list = {0};
    struct object *o =
        sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_RSA, "\x01");

    set(&o->label, "any\n\xff bytes");
    set(&o->start_date, "20261231");
    o->sign = USE_YES;
    o->sign_recover = USE_NO;
    o->decrypt = USE_NO;
    o->derive = USE_UNKNOWN;
    o->always_authenticate = true;
    (void)sample_full_object(&list, OBJECT_PUBLIC_KEY, SAMPLE_P256, "\x02");
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_ED25519, "\x03");
    (void)sample_certificate(&list, &cert, "\x02");
    for (size_t i = 0; i < list.n; i++)
        assert_ok(memory_add_object(memory, &list.objects[i]));
    assert_ok(memory_add_without_key(memory, grip));
}

static void encode(const struct memory *memory, struct strbuf *ret)
{
    assert_ok(memory_encode(memory, SERIAL, ret));
}

static struct span span_of_text(const struct strbuf *text)
{
    return span_make(text->text, text->len);
}

/* HEAD and LINES with the right hash behind them. */
static void forge(struct strbuf *ret, const char *lines)
{
    uint8_t hash[32];
    AUTO_FREE char *hex = NULL;

    strbuf_puts(ret, HEAD);
    strbuf_puts(ret, lines);
    gcry_md_hash_buffer(GCRY_MD_SHA256, hash, ret->text, ret->len);
    hex = hex_encode(span_make(hash, sizeof hash));
    assert_non_null(hex);
    strbuf_printf(ret, "sha256 %s\n", hex);
}

static gpg_error_t decode(struct span text)
{
    AUTO_MEMORY memory = {0};

    return memory_decode(text, SERIAL, &memory);
}

static gpg_error_t decode_forged(const char *lines)
{
    AUTO_STRBUF text = {0};

    forge(&text, lines);
    return decode(span_of_text(&text));
}

static void what_is_written_is_read(void **state)
{
    AUTO_MEMORY memory = {0};
    AUTO_MEMORY copy = {0};
    AUTO_STRBUF text = {0};
    AUTO_STRBUF again = {0};
    const struct object *o = NULL;

    (void)state;
    fill(&memory);
    encode(&memory, &text);
    assert_ok(memory_decode(span_of_text(&text), SERIAL, &copy));
    assert_int_equal(copy.objects.n, memory.objects.n);
    o = &copy.objects.objects[0];
    assert_int_equal(o->class, OBJECT_PRIVATE_KEY);
    assert_int_equal(o->key_type, KEY_TYPE_RSA);
    assert_span(span_of(&o->label), "any\n\xff bytes", 11);
    assert_int_equal(o->sign, USE_YES);
    assert_int_equal(o->sign_recover, USE_NO);
    assert_int_equal(o->decrypt, USE_NO);
    assert_int_equal(o->derive, USE_UNKNOWN);
    assert_true(o->always_authenticate);
    assert_true(o->is_private);
    assert_true(span_equal(span_of(&o->modulus),
                           span_of(&memory.objects.objects[0].modulus)));
    assert_false(copy.objects.objects[1].always_authenticate);
    assert_int_equal(copy.n_without_key, 1);
    assert_memory_equal(copy.without_key[0], grip, KEYGRIP_LEN);
    encode(&copy, &again);
    assert_string_equal(text.text, again.text);
}

static void nothing_is_something_to_read_too(void **state)
{
    AUTO_MEMORY memory = {0};

    (void)state;
    assert_true(memory_is_empty(&memory));
    assert_ok(decode_forged(""));
    fill(&memory);
    assert_false(memory_is_empty(&memory));
}

/* A file that was cut off, or of which one bit is wrong. */
static void no_byte_may_be_missing_or_wrong(void **state)
{
    AUTO_MEMORY memory = {0};
    AUTO_STRBUF text = {0};

    (void)state;
    fill(&memory);
    encode(&memory, &text);
    for (size_t len = 0; len < text.len; len++)
        assert_true(decode(span_make(text.text, len)) != 0);
    for (size_t i = 0; i < text.len; i++) {
        for (int bit = 0; bit < 8; bit++) {
            text.text[i] = (char)(text.text[i] ^ (1 << bit));
            assert_true(decode(span_of_text(&text)) != 0);
            text.text[i] = (char)(text.text[i] ^ (1 << bit));
        }
    }
    assert_ok(decode(span_of_text(&text)));
    strbuf_putc(&text, '\n');
    assert_code(decode(span_of_text(&text)), GPG_ERR_INV_VALUE);
}

static void a_right_hash_makes_no_nonsense_believable(void **state)
{
    static const char *const good[] = {
        "private-key type=rsa id=01\n",
        "certificate type=other certificate=30\n",
        "public-key type=ec sign=no derive=yes\n",
        "private-key type=other always-authenticate=yes\n",
        "without-key 0102030405060708090A0B0C0D0E0F1011121314\n",
    };
    static const char *const bad[] = {
        "\n",
        "private-key\n",
        "private-key \n",
        "private-key type=\n",
        "private-key type=dsa\n",
        "private-key id=01 type=rsa\n",
        "private-key type=rsa type=rsa\n",
        "secret-key type=rsa\n",
        " private-key type=rsa\n",
        "private-key  type=rsa\n",
        "private-key type=rsa \n",
        "private-key type=rsa id\n",
        "private-key type=rsa id=\n",
        "private-key type=rsa id=0\n",
        "private-key type=rsa id=0g\n",
        "private-key type=rsa id=0a\n",
        "private-key type=rsa id=01 id=02\n",
        "private-key type=rsa label=01 id=01\n",
        "private-key type=rsa exponent=03 modulus=0F\n",
        "private-key type=rsa pin=31\n",
        "private-key type=rsa sign=maybe\n",
        "private-key type=rsa sign=yes sign=yes\n",
        "private-key type=rsa sign=no sign=yes\n",
        "private-key type=rsa always-authenticate=no\n",
        "private-key type=rsa id=01\r\n",
        "private-key type=rsa id=01",
        "without-key\n",
        "without-key 00\n",
        "without-key 0102030405060708090a0B0C0D0E0F1011121314\n",
        "without-key 0102030405060708090A0B0C0D0E0F101112131415\n",
        "without-key 0102030405060708090A0B0C0D0E0F1011121314 \n",
        /* Objects come before keys that are none. */
        ("without-key 0102030405060708090A0B0C0D0E0F1011121314\n"
         "private-key type=rsa\n"),
        "sha256 00\n",
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(good); i++)
        assert_ok(decode_forged(good[i]));
    for (size_t i = 0; i < N_ELEMENTS(bad); i++)
        assert_code(decode_forged(bad[i]), GPG_ERR_INV_VALUE);
}

static void another_token_or_version_is_named_as_such(void **state)
{
    AUTO_MEMORY memory = {0};
    AUTO_MEMORY other = {0};
    AUTO_STRBUF text = {0};

    (void)state;
    fill(&memory);
    encode(&memory, &text);
    assert_code(memory_decode(span_of_text(&text), SERIAL "00", &other),
                GPG_ERR_WRONG_CARD);
    assert_code(memory_decode(span_of_text(&text), "", &other),
                GPG_ERR_WRONG_CARD);
    text.text[strlen("gnupg-pkcs11-scd memory ")] = '2';
    assert_code(decode(span_of_text(&text)), GPG_ERR_UNKNOWN_VERSION);
    assert_code(decode(span_str("")), GPG_ERR_UNKNOWN_VERSION);
    assert_true(memory_is_empty(&other));
}

static void there_is_a_limit(void **state)
{
    const struct object object = {.class = OBJECT_PRIVATE_KEY};
    AUTO_MEMORY memory = {0};
    AUTO_STRBUF text = {0};
    AUTO_STRBUF lines = {0};

    (void)state;
    for (size_t i = 0; i < MEMORY_MAX_ENTRIES; i++) {
        assert_ok(memory_add_object(&memory, &object));
        assert_ok(memory_add_without_key(&memory, grip));
        strbuf_puts(&lines, "private-key type=rsa\n");
    }
    assert_code(memory_add_object(&memory, &object), GPG_ERR_TOO_MANY);
    assert_code(memory_add_without_key(&memory, grip), GPG_ERR_TOO_MANY);
    assert_int_equal(memory.objects.n, MEMORY_MAX_ENTRIES);
    encode(&memory, &text);
    assert_ok(decode_forged(lines.text));
    strbuf_puts(&lines, "private-key type=rsa\n");
    assert_code(decode_forged(lines.text), GPG_ERR_INV_VALUE);
    /* As many as may be, and each too long. */
    for (size_t i = 0; i < MEMORY_MAX_ENTRIES; i++)
        assert_ok(bytes_alloc(&memory.objects.objects[i].certificate,
                              MEMORY_MAX_SIZE / MEMORY_MAX_ENTRIES / 2));
    assert_code(memory_encode(&memory, SERIAL, &text), GPG_ERR_TOO_LARGE);
}

/* A card of what can be seen, and what is remembered by that text. */
static struct card *scan(struct object_list *seen, struct memory *memory)
{
    char name[] = "x";
    const struct token_names names = {name, name, name, name};
    struct config config = {0};
    struct card *card = calloc(1, sizeof *card);

    assert_non_null(card);
    config_init(&config);
    atomic_init(&card->references, 1);
    assert_ok(identity_make(&names, CARD_TYPE_P15, &card->identity));
    assert_ok(memory_recall(memory, seen));
    assert_ok(scan_objects(card, &config, seen, false, memory));
    return card;
}

/* Lies that the text itself does not show: broken keys and certificates are
 * left out, as those of a token are. */
static void lies_are_left_out(void **state)
{
    static const char *const lies[] = {
        "private-key type=rsa id=01 modulus=00 exponent=00\n",
        "private-key type=rsa id=01 modulus=05 exponent=03\n",
        "private-key type=rsa id=01 spki=30FF\n",
        "private-key type=ec id=01 ec-params=06052B81040022 ec-point=04\n",
        "private-key type=ec id=01 ec-params=0605 ec-point=0404\n",
        "private-key type=edwards id=01 ec-params=06032B6570 ec-point=00\n",
        "private-key type=montgomery id=01\n",
        "public-key type=other id=01\n",
        "public-key type=rsa id=01 certificate=3000\n",
        "certificate type=other id=01\n",
        "certificate type=other id=01 certificate=00\n",
        "certificate type=other id=01 certificate=3080\n",
        "certificate type=other id=01 certificate=308400000001\n",
        "certificate type=other id=01 certificate=30030201FF\n",
        "certificate type=rsa id=01 certificate=30820003300100\n",
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(lies); i++) {
        AUTO_STRBUF text = {0};
        AUTO_MEMORY memory = {0};
        AUTO_OBJECT_LIST list = {0};
        struct card *card = NULL;

        (void)sample_full_object(&list, OBJECT_PUBLIC_KEY, SAMPLE_RSA, "\x02");
        forge(&text, lies[i]);
        assert_ok(memory_decode(span_of_text(&text), SERIAL, &memory));
        card = scan(&list, &memory);
        assert_int_equal(card->n_keys, 1);
        assert_int_equal(card->n_certificates, 0);
        assert_string_equal(card->keys[0].ref, "P15.02");
        card_unref(card);
    }
}

static void what_can_be_seen_is_not_doubled(void **state)
{
    const struct sample_cert cert = {SAMPLE_P256, "A person", false, -1};
    AUTO_OBJECT_LIST list = {0};
    AUTO_MEMORY memory = {0};
    struct card *card = NULL;

    (void)state;
    (void)sample_certificate(&list, &cert, "\x01");
    (void)sample_full_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_RSA, "\x02");
    for (size_t i = 0; i < list.n; i++)
        assert_ok(memory_add_object(&memory, &list.objects[i]));
    card = scan(&list, &memory);
    assert_int_equal(list.n, 2);
    assert_int_equal(card->n_keys, 2);
    assert_int_equal(card->n_certificates, 1);
    card_unref(card);
}

/* A private key in sight, or remembered, is stronger than the memory of none.
 */
static void a_key_that_came_is_a_key(void **state)
{
    const enum object_class classes[] = {OBJECT_PUBLIC_KEY, OBJECT_PRIVATE_KEY};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(classes); i++) {
        AUTO_OBJECT_LIST list = {0};
        AUTO_MEMORY memory = {0};
        struct card *card = NULL;
        AUTO_PUBKEY pubkey = {0};
        uint8_t known[KEYGRIP_LEN];
        const struct object *o =
            sample_full_object(&list, classes[i], SAMPLE_P256, "\x01");

        assert_ok(pubkey_from_object(o, &pubkey));
        assert_ok(pubkey_keygrip(&pubkey, known));
        assert_ok(memory_add_without_key(&memory, known));
        card = scan(&list, &memory);
        assert_int_equal(card->n_keys, i);
        card_unref(card);
    }
}

/* Nothing but what a login has to show is worth remembering. */
static void only_what_is_hidden_is_remembered(void **state)
{
    static const struct {
        bool public_is_private;
        bool private_is_private;
        size_t n;
    } cases[] = {
        {false, true, 0}, {false, false, 0}, {true, false, 1}, {true, true, 2}};
    struct config config = {0};

    (void)state;
    config_init(&config);
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        char name[] = "x";
        const struct token_names names = {name, name, name, name};
        AUTO_OBJECT_LIST list = {0};
        AUTO_MEMORY memory = {0};
        struct card *card = calloc(1, sizeof *card);

        assert_non_null(card);
        atomic_init(&card->references, 1);
        assert_ok(identity_make(&names, CARD_TYPE_P15, &card->identity));
        sample_full_object(&list, OBJECT_PUBLIC_KEY, SAMPLE_P256, "\x01")
            ->is_private = cases[i].public_is_private;
        sample_object(&list, OBJECT_PRIVATE_KEY, SAMPLE_P256, "\x01")
            ->is_private = cases[i].private_is_private;
        assert_ok(scan_objects(card, &config, &list, true, &memory));
        assert_int_equal(memory.objects.n, cases[i].n);
        assert_int_equal(memory.n_without_key, 0);
        assert_int_equal(card->keys[0].is_public,
                         !cases[i].public_is_private ||
                             !cases[i].private_is_private);
        card_unref(card);
    }
}

static int set_up_group(void **state)
{
    (void)state;
    return secret_setup() == 0 ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(nothing_is_something_to_read_too),
        cmocka_unit_test(no_byte_may_be_missing_or_wrong),
        cmocka_unit_test(a_right_hash_makes_no_nonsense_believable),
        cmocka_unit_test(another_token_or_version_is_named_as_such),
        cmocka_unit_test(there_is_a_limit),
        cmocka_unit_test(lies_are_left_out),
        cmocka_unit_test(what_can_be_seen_is_not_doubled),
        cmocka_unit_test(a_key_that_came_is_a_key),
        cmocka_unit_test(only_what_is_hidden_is_remembered),
    };

    return cmocka_run_group_tests_name("memory", tests, set_up_group, NULL);
}
