/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/dn. */
#include "keyring/dn.h"
#include "unit.h"

static void the_first_common_name_is_found(void **state)
{
    static const struct {
        const char *dn;
        const char *name;
    } cases[] = {
        {"CN=Ada Example,O=Acme,C=DE", "Ada Example"},
        {"O=Acme,CN=Ada", "Ada"},
        {"CN=inner,CN=outer", "inner"},
        {"SERIALNUMBER=1+CN=Ada,C=DE", "Ada"},
        {"CN=Example\\, Ada,O=Acme", "Example, Ada"},
        {"CN=a\\+b\\\\c\\\"d", "a+b\\c\"d"},
        {"CN=\"Example, Ada\",O=Acme", "Example, Ada"},
        {"CN=\xc3\x84"
         "da",
         "\xc3\x84"
         "da"},
        {"CN=\\C3\\84da", "\xc3\x84"
                          "da"},
        {"CN=a\\0Ab\\00", "a?b?"},
        {"O=x\\,CN=no,CN=yes", "yes"},
        {"O=\"x,CN=no\",CN=yes", "yes"},
        {"CN=#1403414243,CN=Ada", "Ada"},
        {"CN=", ""},
        {"CN", ""},
        {"OU=CN=no", ""},
        {"O=Acme", ""},
        {"", ""},
        {",,+", ""},
        {"CN=end\\", "end\\"},
        {"CN=\"open, O=x", "open, O=x"},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        AUTO_FREE char *name = NULL;

        assert_ok(dn_common_name(cases[i].dn, &name));
        assert_string_equal(name, cases[i].name);
    }
}

static void names_are_written_on_one_line_as_openssl_does(void **state)
{
    static const struct {
        const char *dn;
        const char *line;
    } cases[] = {
        {"CN=Ada Example,O=Acme,C=DE", "/C=DE/O=Acme/CN=Ada Example"},
        {"O=Acme\\, \\\"Inc\\\",L=K\xc3\xb6ln",
         "/L=K\\xC3\\xB6ln/O=Acme, \"Inc\""},
        /* What separates is marked; what was together stays in its order. */
        {"STREET=a/b,OU=x\\+y", "/OU=x\\+y/street=a\\/b"},
        {"CN=a+2.5.4.5=#31,C=DE", "/C=DE/CN=a/serialNumber=1"},
        {"1.2.840.113549.1.9.1=#6140622E63,2.5.4.5=#313233",
         "/serialNumber=123/emailAddress=a@b.c"},
        {"2.5.4.42=#4A6F,2.5.4.4=#446FC3AB", "/SN=Do\\xC3\\xAB/GN=Jo"},
        {"1.2.3.4=#41", "/1.2.3.4=A"},
        {"CN=\\ lead", "/CN= lead"},
        {"CN=a\\0Ab", "/CN=a\\x0Ab"},
        {"CN=a\\00b", "/CN=a\\x00b"},
        {"CN=", "/CN="},
        {"CN=#4", "/CN="},
        {"CN", ""},
        {"", ""},
        {",,+", ""},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        AUTO_FREE char *line = NULL;

        assert_ok(dn_one_line(cases[i].dn, &line));
        assert_string_equal(line, cases[i].line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_common_name_is_found),
        cmocka_unit_test(names_are_written_on_one_line_as_openssl_does),
    };

    return cmocka_run_group_tests_name("dn", tests, NULL, NULL);
}
