/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/oneline. */
#include "keyring/oneline.h"
#include "unit.h"

/* C=DE, O=Acme, CN=x; each attribute is 0x31 ... */
#define RDN_C                                      \
    "\x31\x0b\x30\x09\x06\x03\x55\x04\x06\x13\x02" \
    "DE"
#define RDN_O                                      \
    "\x31\x0d\x30\x0b\x06\x03\x55\x04\x0a\x0c\x04" \
    "Acme"
#define RDN_CN                                     \
    "\x31\x0a\x30\x08\x06\x03\x55\x04\x03\x0c\x01" \
    "x"

#define LITERAL(s) span_make((s), sizeof(s) - 1)

/* As much of a certificate as is looked at, with this subject. */
static void make_certificate(struct span name, bool version, struct bytes *ret)
{
    static const char before[] = "\x02\x01\x01\x30\x00\x30\x00\x30\x00\x30";
    const uint8_t name_len = (uint8_t)name.len;
    const uint8_t tbs_len =
        (uint8_t)((version ? 5 : 0) + sizeof before - 1 + 1 + name.len);
    const uint8_t start[] = {0x30, (uint8_t)(tbs_len + 2), 0x30, tbs_len};

    assert_true(name.len < 100);
    assert_ok(bytes_append(ret, span_make(start, sizeof start)));
    if (version)
        assert_ok(bytes_append(ret, LITERAL("\xa0\x03\x02\x01\x02")));
    assert_ok(bytes_append(ret, LITERAL(before)));
    assert_ok(bytes_append(ret, span_make(&name_len, 1)));
    assert_ok(bytes_append(ret, name));
}

static void names_are_written_as_by_0_10(void **state)
{
    static const struct {
        const char *der;
        size_t len;
        const char *line;
    } cases[] = {
#define CASE(der, line) {der, sizeof(der) - 1, line}
        CASE(RDN_C RDN_O RDN_CN, "/C=DE/O=Acme/CN=x"),
        CASE(RDN_CN RDN_C, "/CN=x/C=DE"),
        /* Several attributes in one set. */
        CASE("\x31\x14\x30\x08\x06\x03\x55\x04\x03\x0c\x01"
             "x"
             "\x30\x08\x06\x03\x55\x04\x05\x13\x01"
             "7",
             "/CN=x/serialNumber=7"),
        /* UTF-8, a slash, and bytes of no text. */
        CASE("\x31\x0f\x30\x0d\x06\x03\x55\x04\x03\x0c\x06"
             "Zo\xc3\xab/\x01",
             "/CN=Zo\\xC3\\xAB\\/\\x01"),
        /* Two bytes a character stay what they are. */
        CASE("\x31\x0d\x30\x0b\x06\x03\x55\x04\x03\x1e\x04"
             "\0A\0b",
             "/CN=\\x00A\\x00b"),
        CASE("\x31\x10\x30\x0e\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01\x16"
             "\x01"
             "a",
             "/emailAddress=a"),
        /* A type without a name. */
        CASE("\x31\x09\x30\x07\x06\x02\x2a\x03\x0c\x01"
             "y",
             "/1.2.3=y"),
#undef CASE
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (int version = 0; version < 2; version++) {
            AUTO_BYTES der = {0};
            AUTO_FREE char *line = NULL;

            make_certificate(span_make(cases[i].der, cases[i].len),
                             version != 0, &der);
            assert_ok(oneline_subject(span_of(&der), &line));
            assert_string_equal(line, cases[i].line);
        }
    }
}

static void an_empty_subject_is_none(void **state)
{
    AUTO_BYTES der = {0};
    char *line = NULL;

    (void)state;
    make_certificate(span_make("", 0), true, &der);
    assert_code(oneline_subject(span_of(&der), &line), GPG_ERR_INV_CERT_OBJ);
    assert_null(line);
}

static void cut_ones_are_refused(void **state)
{
    AUTO_BYTES der = {0};

    (void)state;
    make_certificate(LITERAL(RDN_C RDN_O RDN_CN), true, &der);
    for (size_t len = 0; len < der.len; len++) {
        char *line = NULL;

        assert_code(oneline_subject(span_make(der.data, len), &line),
                    GPG_ERR_INV_CERT_OBJ);
        assert_null(line);
    }
}

static void other_structures_are_refused(void **state)
{
    static const char *const names[] = {
        "\x30\x0a\x30\x08\x06\x03\x55\x04\x03\x0c\x01x", /* no set */
        "\x31\x0a\x31\x08\x06\x03\x55\x04\x03\x0c\x01x", /* no sequence */
        "\x31\x0a\x30\x08\x05\x03\x55\x04\x03\x0c\x01x", /* no type */
        "\x31\x07\x30\x05\x06\x03\x55\x04\x03",          /* no value */
    };

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        AUTO_BYTES der = {0};
        char *line = NULL;

        make_certificate(span_make(names[i], strlen(names[i])), true, &der);
        assert_code(oneline_subject(span_of(&der), &line),
                    GPG_ERR_INV_CERT_OBJ);
        assert_null(line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_written_as_by_0_10),
        cmocka_unit_test(an_empty_subject_is_none),
        cmocka_unit_test(cut_ones_are_refused),
        cmocka_unit_test(other_structures_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
