/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/identity: names that stand in people's key files. */
#include <ctype.h>

#include "base/hex.h"
#include "base/secret.h"
#include "base/str.h"
#include "keyring/identity.h"
#include "unit.h"

#define GRIP "5c661B8C07CFD957F7D98D5B9A0F31D236BFAC2A"

/* What four texts of a token come to. */
static void make(struct identity *ret, const char *manufacturer,
                 const char *model, const char *serial, const char *label)
{
    AUTO_FREE char *manufacturer_copy = strdup(manufacturer);
    AUTO_FREE char *model_copy = strdup(model);
    AUTO_FREE char *serial_copy = strdup(serial);
    AUTO_FREE char *label_copy = strdup(label);
    const struct token_names names = {manufacturer_copy, model_copy,
                                      serial_copy, label_copy};

    assert_ok(identity_make(&names, CARD_TYPE_P15, ret));
}

/* The names that releases up to 0.11 gave to real tokens. */
static const struct {
    const char *manufacturer;
    const char *model;
    const char *serial;
    const char *label;
    const char *upstream_id;
    const char *upstream_serial;
    const char *uri_id;
    const char *uri_serial;
} tokens[] = {
    {"SoftHSM project", "SoftHSM v2", "", "",
     "SoftHSM\\x20project/SoftHSM\\x20v2//", "D27600012401115031319909A5ED1111",
     "pkcs11:model=SoftHSM%20v2;token=;manufacturer=SoftHSM%20project;serial=",
     NULL},
    {"SoftHSM project", "SoftHSM v2", "1587a8b025792b93", "tok2",
     "SoftHSM\\x20project/SoftHSM\\x20v2/1587a8b025792b93/tok2",
     "D2760001240111503131995EF8701111", NULL, NULL},
    {"SoftHSM project", "SoftHSM v2", "c82a9e1dce5ec1a6", "tok one",
     "SoftHSM\\x20project/SoftHSM\\x20v2/c82a9e1dce5ec1a6/tok\\x20one",
     "D2760001240111503131D86F04631111",
     "pkcs11:model=SoftHSM%20v2;token=tok%20one;manufacturer=SoftHSM%20project;"
     "serial=c82a9e1dce5ec1a6",
     NULL},
    {"piv_II", "PKCS#15 emulated", "17626b15c4306ebf", "mirko-creds",
     "piv_II/PKCS\\x2315\\x20emulated/17626b15c4306ebf/mirko\\x2Dcreds",
     "D2760001240111503131C24C69931111", NULL, NULL},
    {"aws_kms", "0", "0", "my-signing-key",
     "aws_kms/0/0/my\\x2Dsigning\\x2Dkey", "D2760001240111503131233D17681111",
     NULL, NULL},
    {"Yubico (www.yubico.com)", "YubiKey YK4", "4942750",
     "YubiKey PIV #4942750", NULL, NULL,
     "pkcs11:model=YubiKey%20YK4;token=YubiKey%20PIV%20%234942750;manufacturer="
     "Yubico%20%28www.yubico.com%29;serial=4942750",
     "D276000124011150313115D60D5F1111"},
    {"SafeNet, Inc.", "eToken", "0248f688", "my5110", NULL, NULL,
     "pkcs11:model=eToken;token=my5110;manufacturer=SafeNet%2c%20Inc.;serial="
     "0248f688",
     "D27600012401115031312FDDC3EC1111"},
};

static void historic_names_are_the_same_to_the_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(tokens); i++) {
        AUTO_IDENTITY id = {0};

        make(&id, tokens[i].manufacturer, tokens[i].model, tokens[i].serial,
             tokens[i].label);
        if (tokens[i].upstream_id != NULL)
            assert_string_equal(id.upstream_id, tokens[i].upstream_id);
        if (tokens[i].upstream_serial != NULL)
            assert_string_equal(id.upstream_serial, tokens[i].upstream_serial);
        if (tokens[i].uri_id != NULL)
            assert_string_equal(id.uri_id, tokens[i].uri_id);
        if (tokens[i].uri_serial != NULL)
            assert_string_equal(id.uri_serial, tokens[i].uri_serial);
    }
}

static void every_byte_is_escaped_as_it_was(void **state)
{
    char all[256] = "";
    AUTO_IDENTITY id = {0};

    (void)state;
    for (unsigned i = 1; i < 256; i++)
        all[i - 1] = (char)i;
    make(&id, all, "", "", "");
    /* 62 letters and digits and "_=^~", or "_-.", stay. */
    assert_int_equal(strlen(id.upstream_id), 66 + (255 - 66) * 4 + 3);
    assert_int_equal(strlen(id.uri_id), 65 + (255 - 65) * 3 + 42);
    assert_memory_equal(id.upstream_id, "\\x01\\x02\\x03", 12);
    assert_non_null(strstr(id.upstream_id, "\\x1F\\x20\\x21\\x22"));
    assert_non_null(strstr(id.upstream_id, "\\x3C=\\x3E\\x3F\\x40ABC"));
    assert_non_null(strstr(id.upstream_id, "XYZ\\x5B\\x5C\\x5D^_\\x60abc"));
    assert_non_null(strstr(id.upstream_id, "xyz\\x7B\\x7C\\x7D~\\x7F\\x80"));
    assert_non_null(strstr(id.upstream_id, "\\xFE\\xFF///"));
    assert_non_null(strstr(id.uri_id, "%2b%2c-.%2f0123456789%3a"));
    assert_non_null(strstr(id.uri_id, "XYZ%5b%5c%5d%5e_%60abc"));
    assert_non_null(strstr(id.uri_id, "xyz%7b%7c%7d%7e%7f%80"));
}

static void own_serials_are_a_hash_of_all_fields(void **state)
{
    static const struct {
        const char *names[4];
        const char *serial;
    } cases[] = {
        {{"Acme", "Model", "1234", "my token"}, "FF500B0085907EB379156142"},
        {{"SoftHSM project", "SoftHSM v2", "c82a9e1dce5ec1a6", "tok one"},
         "FF500B0078DB7117F81D0F81"},
        {{"SoftHSM project", "SoftHSM v2", "", ""}, "FF500B000F5D0E8DC9BD5E09"},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        AUTO_IDENTITY id = {0};

        make(&id, cases[i].names[0], cases[i].names[1], cases[i].names[2],
             cases[i].names[3]);
        assert_string_equal(id.own_serial, cases[i].serial);
    }
}

static void fields_do_not_run_into_each_other(void **state)
{
    AUTO_IDENTITY a = {0};
    AUTO_IDENTITY b = {0};

    (void)state;
    make(&a, "ab", "c", "", "");
    make(&b, "a", "bc", "", "");
    assert_string_not_equal(a.own_serial, b.own_serial);
    assert_string_not_equal(a.upstream_serial, b.upstream_serial);
    assert_string_not_equal(a.uri_serial, b.uri_serial);
}

static void the_card_type_chooses_the_serial(void **state)
{
    char text[] = "x";
    const struct token_names names = {text, text, text, text};
    AUTO_IDENTITY own = {0};
    AUTO_IDENTITY upstream = {0};

    (void)state;
    assert_ok(identity_make(&names, CARD_TYPE_P15, &own));
    assert_ok(identity_make(&names, CARD_TYPE_PKCS11, &upstream));
    assert_string_equal(own.serial, own.own_serial);
    assert_string_equal(upstream.serial, upstream.upstream_serial);
    assert_string_equal(own.upstream_serial, upstream.upstream_serial);
}

static void people_see_what_they_can_recognise(void **state)
{
    static const struct {
        const char *serial;
        const char *label;
        const char *shown; /* NULL: our serial number */
    } cases[] = {
        {"c82a9e1d", "tok", "tok c82a9e1d"},
        {"  a \t  b  c", "tok", "tok a ? b c"},
        {"\xff\xc3\xa4", "tok", "tok ?\xc3\xa4"},
        {"", "my  token", "my token"},
        {"0000000000000000", "my token", "my token"},
        {"0 0", "my token", "my token"},
        {"0x0", "my token", "my token 0x0"},
        {"00001000", "my token", "my token 00001000"},
        {"", "", NULL},
        {"0000", "   ", NULL},
        {"", "0", "0"},
        /* 64 bytes, and what is longer, with and without UTF-8 at the end */
        {"123456789 123456789 123456789 123456789 12345678", "the label of it",
         "the label of it 123456789 123456789 123456789 123456789 12345678"},
        {"123456789 123456789 123456789 123456789 123456789", "the label of it",
         "the label of it 123456789 123456789 123456789 123456789 12345678"},
        {"123456789 123456789 123456789 123456789 1234567 9", "the label of it",
         "the label of it 123456789 123456789 123456789 123456789 1234567"},
        {"123456789 123456789 123456789 123456789 1234567\xc3\xa4",
         "the label of it",
         "the label of it 123456789 123456789 123456789 123456789 1234567"},
        {"123456789 123456789 123456789 123456789 123456\xc3\xa4x",
         "the label of it",
         "the label of it 123456789 123456789 123456789 123456789 "
         "123456\xc3\xa4"},
        {"123456789 123456789 123456789 123456789 12345\xf0\x9f\x94\x91",
         "the label of it",
         "the label of it 123456789 123456789 123456789 123456789 12345"},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        AUTO_IDENTITY id = {0};

        make(&id, "Acme", "Model", cases[i].serial, cases[i].label);
        assert_string_equal(id.display_serial, cases[i].shown != NULL
                                                   ? cases[i].shown
                                                   : id.serial);
    }
}

static void a_token_knows_its_serials_in_either_case(void **state)
{
    AUTO_IDENTITY id = {0};
    AUTO_IDENTITY other = {0};
    const char *serials[3] = {0};

    (void)state;
    make(&id, "SoftHSM project", "SoftHSM v2", "c82a9e1dce5ec1a6", "tok one");
    make(&other, "SoftHSM project", "SoftHSM v2", "1587a8b025792b93", "tok2");
    serials[0] = id.own_serial;
    serials[1] = id.upstream_serial;
    serials[2] = id.uri_serial;
    for (size_t i = 0; i < N_ELEMENTS(serials); i++) {
        char lower[40] = "";
        bool has = identity_has_serial(&id, serials[i]);

        assert_true(has);
        for (size_t j = 0; serials[i][j] != '\0'; j++)
            lower[j] = (char)tolower((unsigned char)serials[i][j]);
        has = identity_has_serial(&id, lower);
        assert_true(has);
        has = identity_has_serial(&other, serials[i]);
        assert_false(has);
        lower[strlen(lower) - 1] = '\0';
        has = identity_has_serial(&id, lower);
        assert_false(has);
    }
}

static void historic_serials_are_recognised(void **state)
{
    static const struct {
        const char *serial;
        bool is_historic;
    } cases[] = {
        {"D2760001240111111111111111111111", true},
        {"D2760001240111504B43532331311111", true},
        {"d2760001240111504b43532331311111", true},
        {"D27600012401115031319909A5ED1111", true},
        {"d27600012401115031319909a5ed1111", true},
        {"D2760001240111503131000000001111", true},
        {"D27600012401115031319909A5EG1111", false},
        {"D27600012401115031319909A5ED1112", false},
        {"D27600012401115031329909A5ED1111", false},
        {"D27600012401115031319909A5ED111", false},
        {"D27600012401115031319909A5ED11111", false},
        {"D27600012401115031311111", false},
        /* A real OpenPGP card, and ours. */
        {"D2760001240103040006123456780000", false},
        {"FF500B000123456789ABCDEF", false},
        {"", false},
        {"D276", false},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        bool is = identity_is_historic_serial(cases[i].serial);

        if (is != cases[i].is_historic)
            fail_msg("%s", cases[i].serial);
    }
}

static void references_are_written_in_all_forms(void **state)
{
    AUTO_IDENTITY id = {0};
    AUTO_FREE char *own = NULL;
    AUTO_FREE char *upstream = NULL;
    AUTO_FREE char *uri = NULL;
    struct span key = span_make("\x01\x25\x8dT\x00", 5);

    (void)state;
    make(&id, "SoftHSM project", "SoftHSM v2", "c82a9e1dce5ec1a6", "tok one");
    assert_ok(identity_own_ref(key, NULL, &own));
    assert_ok(identity_upstream_ref(&id, key, &upstream));
    assert_ok(identity_uri_ref(&id, key, &uri));
    assert_string_equal(own, "P15.01258D5400");
    assert_string_equal(upstream, "SoftHSM\\x20project/SoftHSM\\x20v2/"
                                  "c82a9e1dce5ec1a6/tok\\x20one/01258D5400");
    assert_string_equal(uri, "pkcs11:model=SoftHSM%20v2;token=tok%20one;"
                             "manufacturer=SoftHSM%20project;"
                             "serial=c82a9e1dce5ec1a6;id=%01%25%8dT%00");
}

static void a_key_without_id_is_named_after_its_keygrip(void **state)
{
    AUTO_IDENTITY id = {0};
    AUTO_FREE char *own = NULL;
    char *none = NULL;
    struct span empty = {0};

    (void)state;
    make(&id, "a", "b", "c", "d");
    assert_ok(identity_own_ref(empty, GRIP, &own));
    assert_string_equal(own, "P15.X5C661B8C07CFD957");
    assert_code(identity_own_ref(empty, "5C661B8C07CFD957", &none),
                GPG_ERR_INV_VALUE);
    assert_code(identity_own_ref(empty, "", &none), GPG_ERR_INV_VALUE);
    assert_code(identity_upstream_ref(&id, empty, &none), GPG_ERR_INV_ID);
    assert_code(identity_uri_ref(&id, empty, &none), GPG_ERR_INV_ID);
    assert_null(none);
}

/* The canonical form of a copy that ends where its memory ends. */
static gpg_error_t canonical(const char *ref, char **ret)
{
    AUTO_FREE char *copy = strdup(ref);

    assert_non_null(copy);
    return identity_canonical_ref(copy, ret);
}

static void references_are_read_in_many_spellings(void **state)
{
    static const struct {
        const char *ref;
        const char *canonical;
    } cases[] = {
        {"P15.0A", "P15.0A"},
        {"p15.0a", "P15.0A"},
        {"0a", "P15.0A"},
        {"P15.00", "P15.00"},
        {"P15.X5C661B8C07CFD957", "P15.X5C661B8C07CFD957"},
        {"p15.x5c661b8c07cfd957", "P15.X5C661B8C07CFD957"},
        {"X5c661b8c07cfd957", "P15.X5C661B8C07CFD957"},
        {"SoftHSM\\x20project/SoftHSM\\x20v2/c82a/tok\\x20one/0a",
         "SoftHSM\\x20project/SoftHSM\\x20v2/c82a/tok\\x20one/0A"},
        {"A/B/C/D/01ff", "A/B/C/D/01FF"},
        {"////01", "////01"},
        {"a_kms/0/0/my\\x2dkey/01", "a_kms/0/0/my\\x2Dkey/01"},
        {"a_kms/0/0/my-key/01", "a_kms/0/0/my\\x2Dkey/01"},
        {"\\x41/\\x42/\\x5F/\\x2f/01", "A/B/_/\\x2F/01"},
        {"\xc3\xa4/b/c/d/01", "\\xC3\\xA4/b/c/d/01"},
        {"pkcs11:model=m;token=t;manufacturer=f;serial=s;id=%01%FF",
         "pkcs11:model=m;token=t;manufacturer=f;serial=s;id=%01%ff"},
        {"pkcs11:id=%41%2f;serial=s;token=t%2F;model=m;manufacturer=f",
         "pkcs11:model=m;token=t%2f;manufacturer=f;serial=s;id=A%2f"},
        {"PKCS11:manufacturer=;serial=;id=%00;model=;token=",
         "pkcs11:model=;token=;manufacturer=;serial=;id=%00"},
        {"pkcs11:model=a+b;token=(t);manufacturer=x=y;serial=~s;id=1",
         "pkcs11:model=a%2bb;token=%28t%29;manufacturer=x%3dy;serial=%7es;"
         "id=1"},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        AUTO_FREE char *ref = NULL;

        assert_ok(canonical(cases[i].ref, &ref));
        assert_string_equal(ref, cases[i].canonical);
    }
}

static void malformed_references_are_refused(void **state)
{
    static const char *const refs[] = {
        "",
        "0",
        "012",
        "0g",
        "P15.",
        "P15.0",
        "P15.0g",
        "P15",
        "P15.P15.00",
        "P15.X",
        "P15.X5C661B8C07CFD95",
        "P15.X5C661B8C07CFD9577",
        "P15.X5C661B8C07CFD95G",
        "X",
        "OPENPGP.1",
        "PKCS11.00",
        "\\x41",
        "%41",
        "0a ",
        " 0a",
        "\n",
        /* upstream */
        "/",
        "//",
        "///",
        "////",
        "/////",
        "A/B/C/D",
        "A/B/C/01",
        "A/B/C/D/",
        "A/B/C/D/0",
        "A/B/C/D/zz",
        "A/B/C/D/0z",
        "A/B/C/D/01 ",
        "A/B/C/D/E/01",
        "A/B/C/D/01/",
        "A/B/C/D/\\x30\\x31",
        "A\\x00/B/C/D/01",
        "A/B/C/\\x00/01",
        "A\\/B/C/D/01",
        "A\\x/B/C/D/01",
        "A\\x2/B/C/D/01",
        "A\\x2g/B/C/D/01",
        "A\\xg2/B/C/D/01",
        "A\\X20/B/C/D/01",
        "A\\\\/B/C/D/01",
        "A/B/C/D\\/01",
        "A/B/C/D\\x2/01",
        "A/B/C/D\\x/01",
        /* URI */
        "pkcs11:",
        "pkcs11:;",
        "pkcs11:id=%01",
        "pkcs11:model=m;token=t;manufacturer=f;serial=s",
        "pkcs11:model=m;token=t;manufacturer=f;serial=s;",
        "pkcs11:model=m;token=t;manufacturer=f;serial=s;id",
        "pkcs11:model=m;token=t;manufacturer=f;serial=s;id=",
        "pkcs11:model=m;token=t;manufacturer=f;serial=s;id=%",
        "pkcs11:model=m;token=t;manufacturer=f;serial=s;id=%0",
        "pkcs11:model=m;token=t;manufacturer=f;serial=s;id=%0g",
        "pkcs11:model=m;token=t;manufacturer=f;serial=s;id=%01;",
        "pkcs11:model=m;token=t;manufacturer=f;serial=s;id=%01;id=%01",
        "pkcs11:model=m;token=t;manufacturer=f;serial=s;id=%01;model=m",
        "pkcs11:model=m;token=t;manufacturer=f;serial=s;id=%01?pin-value=1",
        "pkcs11:model=m;token=t;manufacturer=f;serial=s;id=%01;object=o",
        "pkcs11:model=m;token=t;manufacturer=f;serial=s;id=%01;type=private",
        "pkcs11:model=m;token=t;manufacturer=f;serial=s;id=%01;slot-id=1",
        "pkcs11:model=m;token=t;manufacturer=f;serial=s;id=%01;x=y",
        "pkcs11:model=m;token=t;manufacturer=f;serial=s;id=%01;=y",
        "pkcs11:Model=m;token=t;manufacturer=f;serial=s;id=%01",
        "pkcs11:model=m;;token=t;manufacturer=f;serial=s;id=%01",
        "pkcs11:model=m%00;token=t;manufacturer=f;serial=s;id=%01",
        "pkcs11:model=m;token=t t;manufacturer=f;serial=s;id=%01",
        "pkcs11:model=m;token=t/t;manufacturer=f;serial=s;id=%01",
        "pkcs11:model=m;token=\xc3\xa4;manufacturer=f;serial=s;id=%01",
        "pkcs11:token=t;manufacturer=f;serial=s;id=%01",
        "pkcs11:model=m;manufacturer=f;serial=s;id=%01",
        "pkcs11:model=m;token=t;serial=s;id=%01",
        "pkcs11:model=m;token=t;manufacturer=f;id=%01",
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(refs); i++) {
        char *ref = NULL;
        gpg_error_t err = canonical(refs[i], &ref);

        if (gpg_err_code(err) != GPG_ERR_INV_ID || ref != NULL)
            fail_msg("%s: %s", refs[i], gpg_strerror(err));
    }
}

static void very_long_references_do_no_harm(void **state)
{
    static const char fill[] = "/\\;=%x0P:";

    (void)state;
    for (size_t i = 0; i < sizeof fill - 1; i++) {
        AUTO_FREE char *long_ref = malloc(65537);
        AUTO_FREE char *uri = NULL;
        AUTO_FREE char *ref = NULL;
        AUTO_STRBUF b = {0};
        gpg_error_t err = 0;

        assert_non_null(long_ref);
        memset(long_ref, fill[i], 65536);
        long_ref[65536] = '\0';
        err = canonical(long_ref, &ref);
        assert_code(err, fill[i] == '0' ? 0 : GPG_ERR_INV_ID);
        strbuf_printf(&b, "pkcs11:%s", long_ref);
        assert_ok(strbuf_take(&b, &uri));
        free(TAKE(ref));
        assert_code(canonical(uri, &ref), GPG_ERR_INV_ID);
    }
}

/* Some bytes but NUL, of all kinds. */
static void random_text(struct dice *dice, char *ret, size_t size)
{
    size_t len = dice_roll(dice, (unsigned)size);

    for (size_t i = 0; i < len; i++)
        ret[i] = (char)(dice_roll(dice, 2) != 0 ? 1 + dice_roll(dice, 255)
                                                : ' ' + dice_roll(dice, 95));
    ret[len] = '\0';
}

/* REF with the case of all hex digits in escapes and ids changed. */
static void change_hex_case(char *ref)
{
    char *end = strrchr(ref, '/');

    for (char *p = ref; *p != '\0'; p++) {
        size_t n = 0;
        char *hex = NULL;

        if (p[0] == '\\' && p[1] == 'x') {
            hex = p + 2;
            n = 2;
        } else if (p[0] == '%') {
            hex = p + 1;
            n = 2;
        } else if (p == end || (p == ref && str_has_prefix(p, "P15."))) {
            hex = p + (p == end ? 1 : 4);
            n = strlen(hex);
        }
        for (size_t i = 0; i < n; i++)
            if (hex_digit(hex[i]) >= 10)
                hex[i] = (char)(hex[i] ^ 0x20);
    }
}

static void assert_round_trip(char *ref)
{
    AUTO_FREE char *same = NULL;
    AUTO_FREE char *again = NULL;
    AUTO_FREE char *changed = strdup(ref);

    assert_ok(canonical(ref, &same));
    assert_string_equal(same, ref);
    assert_non_null(changed);
    change_hex_case(changed);
    assert_ok(canonical(changed, &again));
    assert_string_equal(again, ref);
}

static void what_is_written_can_be_read_back(void **state)
{
    struct dice dice = {4};

    (void)state;
    for (size_t round = 0; round < 1000; round++) {
        AUTO_IDENTITY id = {0};
        AUTO_FREE char *own = NULL;
        AUTO_FREE char *upstream = NULL;
        AUTO_FREE char *uri = NULL;
        char fields[4][33] = {""};
        uint8_t bytes[20] = {0};
        struct span key = {bytes, 1 + dice_roll(&dice, sizeof bytes)};

        for (size_t i = 0; i < N_ELEMENTS(fields); i++)
            random_text(&dice, fields[i], sizeof fields[i]);
        for (size_t i = 0; i < key.len; i++)
            bytes[i] = (uint8_t)dice_roll(&dice, 256);
        make(&id, fields[0], fields[1], fields[2], fields[3]);
        assert_ok(identity_own_ref(key, NULL, &own));
        assert_ok(identity_upstream_ref(&id, key, &upstream));
        assert_ok(identity_uri_ref(&id, key, &uri));
        assert_round_trip(own);
        assert_round_trip(upstream);
        assert_round_trip(uri);
    }
}

/* Whatever a client sends, an answer is canonical or there is none. */
static void damaged_references_do_no_harm(void **state)
{
    static const char *const seeds[] = {
        "P15.X5C661B8C07CFD957",
        "SoftHSM\\x20project/SoftHSM\\x20v2/c82a/tok\\x20one/0A",
        "pkcs11:model=m%20;token=t%2f;manufacturer=f;serial=s;id=%01%ff",
    };
    static const char bytes[] = "/\\x%;=0aFz \xff:.";
    struct dice dice = {5};
    size_t n_read = 0;
    size_t n_refused = 0;

    (void)state;
    for (size_t round = 0; round < 20000; round++) {
        char text[80] = "";
        AUTO_FREE char *ref = NULL;
        AUTO_FREE char *again = NULL;
        size_t len = 0;

        (void)snprintf(text, sizeof text, "%s",
                       seeds[dice_roll(&dice, N_ELEMENTS(seeds))]);
        len = strlen(text);
        for (unsigned n = dice_roll(&dice, 4); n > 0; n--)
            text[dice_roll(&dice, (unsigned)len)] =
                bytes[dice_roll(&dice, sizeof bytes)];
        if (dice_roll(&dice, 2) != 0)
            text[dice_roll(&dice, (unsigned)len)] = '\0';
        if (canonical(text, &ref) != 0) {
            assert_null(ref);
            n_refused++;
            continue;
        }
        n_read++;
        assert_ok(canonical(ref, &again));
        assert_string_equal(again, ref);
    }
    assert_true(n_read > 1000);
    assert_true(n_refused > 1000);
}

static int set_up(void **state)
{
    (void)state;
    return secret_setup() == 0 ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(historic_names_are_the_same_to_the_byte),
        cmocka_unit_test(every_byte_is_escaped_as_it_was),
        cmocka_unit_test(own_serials_are_a_hash_of_all_fields),
        cmocka_unit_test(fields_do_not_run_into_each_other),
        cmocka_unit_test(the_card_type_chooses_the_serial),
        cmocka_unit_test(people_see_what_they_can_recognise),
        cmocka_unit_test(a_token_knows_its_serials_in_either_case),
        cmocka_unit_test(historic_serials_are_recognised),
        cmocka_unit_test(references_are_written_in_all_forms),
        cmocka_unit_test(a_key_without_id_is_named_after_its_keygrip),
        cmocka_unit_test(references_are_read_in_many_spellings),
        cmocka_unit_test(malformed_references_are_refused),
        cmocka_unit_test(very_long_references_do_no_harm),
        cmocka_unit_test(what_is_written_can_be_read_back),
        cmocka_unit_test(damaged_references_do_no_harm),
    };

    return cmocka_run_group_tests_name("identity", tests, set_up, NULL);
}
