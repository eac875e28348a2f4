/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/scan with many keys: what is done for them is counted, by
 * functions that the linker puts before the real ones. */
#include <ksba.h>
#include <stdarg.h>

#include "base/secret.h"
#include "base/str.h"
#include "keyring/card.h"
#include "keyring/scan.h"
#include "sample_keys.h"
#include "unit.h"

#define FEW 100
#define MANY 1000

static size_t n_parsed;   /* certificates */
static size_t n_compared; /* byte strings and texts */
static size_t n_printed;  /* formats, each of which is taken apart */

gpg_error_t __real_ksba_cert_new(ksba_cert_t *ret);
gpg_error_t __wrap_ksba_cert_new(ksba_cert_t *ret);
bool __real_span_equal(struct span a, struct span b);
bool __wrap_span_equal(struct span a, struct span b);
bool __real_str_equal(const char *a, const char *b);
bool __wrap_str_equal(const char *a, const char *b);
void __wrap_strbuf_printf(struct strbuf *b, const char *format, ...)
    PRINTF_LIKE(2, 3);

gpg_error_t __wrap_ksba_cert_new(ksba_cert_t *ret)
{
    n_parsed++;
    return __real_ksba_cert_new(ret);
}

bool __wrap_span_equal(struct span a, struct span b)
{
    n_compared++;
    return __real_span_equal(a, b);
}

bool __wrap_str_equal(const char *a, const char *b)
{
    n_compared++;
    return __real_str_equal(a, b);
}

void __wrap_strbuf_printf(struct strbuf *b, const char *format, ...)
{
    va_list args;

    n_printed++;
    va_start(args, format);
    strbuf_vprintf(b, format, args);
    va_end(args);
}

/* How keys and their halves look. */
struct kind {
    bool certificate;
    bool silent;     /* private keys show no public part */
    bool shared_id;  /* all have the same CKA_ID: the CKA_LABEL tells */
    bool no_private; /* they are not seen */
};

/* Make what is the modulus of the sample in BYTES that of key I. */
static void stamp(struct bytes *bytes, size_t i)
{
    AUTO_BYTES sample = {0};
    uint8_t *at = NULL;

    sample_bytes(sample_keys[SAMPLE_RSA].n, &sample);
    at = memmem(bytes->data, bytes->len, sample.data, sample.len);
    assert_non_null(at);
    at[1] = (uint8_t)(i >> 8);
    at[2] = (uint8_t)i;
}

static void name(struct object *object, const struct kind *kind, size_t i)
{
    char text[32];

    (void)snprintf(text, sizeof text, "key %zu", i);
    assert_ok(bytes_set(&object->label, span_str(text)));
    assert_ok(bytes_set(&object->id,
                        span_str(kind->shared_id ? "all of them" : text)));
}

static void add_key(struct object_list *list, const struct kind *kind, size_t i)
{
    const struct sample_cert cert = {SAMPLE_RSA, "A person", false, -1};
    struct object *object =
        sample_full_object(list, OBJECT_PUBLIC_KEY, SAMPLE_RSA, "");

    stamp(&object->modulus, i);
    name(object, kind, i);
    if (kind->certificate) {
        object = sample_certificate(list, &cert, "");
        stamp(&object->certificate, i);
        name(object, kind, i);
    }
    if (kind->no_private)
        return;
    object = kind->silent
                 ? sample_object(list, OBJECT_PRIVATE_KEY, SAMPLE_RSA, "")
                 : sample_full_object(list, OBJECT_PRIVATE_KEY, SAMPLE_RSA, "");
    if (!kind->silent)
        stamp(&object->modulus, i);
    name(object, kind, i);
}

static void card_clear(struct card **card)
{
    card_unref(*card);
}

/* Scan N such keys; the comparisons that it took. */
static size_t scan(const struct kind *kind, size_t n)
{
    char nobody[] = "Nobody";
    const struct token_names names = {nobody, nobody, nobody, nobody};
    AUTO_OBJECT_LIST list = {0};
    struct config config;
    AUTO(card_clear) struct card *card = calloc(1, sizeof *card);

    for (size_t i = 0; i < n; i++)
        add_key(&list, kind, i);
    config_init(&config);
    assert_non_null(card);
    atomic_init(&card->references, 1);
    assert_ok(identity_make(&names, CARD_TYPE_P15, &card->identity));
    n_parsed = 0;
    n_compared = 0;
    n_printed = 0;
    assert_ok(scan_objects(card, &config, &list, !kind->no_private, NULL));
    assert_int_equal(card->n_keys, n);
    assert_int_equal(card->n_skipped, 0);
    assert_int_equal(card->n_certificates, kind->certificate ? n : 0);
    for (size_t i = 0; i < n && kind->certificate; i++)
        assert_non_null(card->keys[i].certificate);
    config_clear(&config);
    return n_compared;
}

static const struct kind kinds[] = {
    {.certificate = false},
    {.certificate = true},
    {.certificate = true, .no_private = true},
    {.certificate = true, .silent = true},
    {.certificate = true, .silent = true, .shared_id = true},
};

static void certificates_are_parsed_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(kinds); i++) {
        (void)scan(&kinds[i], FEW);
        assert_int_equal(n_parsed, kinds[i].certificate ? FEW : 0);
    }
}

/* Ten times as many keys: each is compared with a few more in a tree or a
 * table, not with all. */
static void keys_are_not_compared_with_all_others(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(kinds); i++) {
        const size_t few = scan(&kinds[i], FEW);
        const size_t many = scan(&kinds[i], MANY);

        if (many > 15 * few || many > 100 * MANY)
            fail_msg("kind %zu: %zu comparisons for %d keys, %zu for %d", i,
                     few, FEW, many, MANY);
    }
}

/* A reference has two digits for each byte of a CKA_ID, which often is a
 * digest. */
static void digits_are_not_printed_one_by_one(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(kinds); i++) {
        (void)scan(&kinds[i], FEW);
        if (n_printed > 2 * FEW)
            fail_msg("kind %zu: %zu formats for %d keys", i, n_printed, FEW);
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
        cmocka_unit_test(certificates_are_parsed_once),
        cmocka_unit_test(keys_are_not_compared_with_all_others),
        cmocka_unit_test(digits_are_not_printed_one_by_one),
    };

    return cmocka_run_group_tests(tests, set_up_group, NULL);
}
