/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/digestinfo against libgcrypt's own table. */
#include <gcrypt.h>

#include "base/secret.h"
#include "keyring/digestinfo.h"
#include "unit.h"

static const struct {
    const char *name;
    int gcrypt_algo;
} algos[] = {
    {"md5", GCRY_MD_MD5},       {"sha1", GCRY_MD_SHA1},
    {"rmd160", GCRY_MD_RMD160}, {"sha224", GCRY_MD_SHA224},
    {"sha256", GCRY_MD_SHA256}, {"sha384", GCRY_MD_SHA384},
    {"sha512", GCRY_MD_SHA512},
};

static const struct digest_algo *get(const char *name)
{
    const struct digest_algo *algo = digest_algo_from_name(name);

    assert_non_null(algo);
    return algo;
}

static void every_row_is_libgcrypts(void **state)
{
    size_t n = 0;

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(algos); i++) {
        const struct digest_algo *algo = get(algos[i].name);
        uint8_t prefix[64];
        size_t len = sizeof prefix;

        assert_ok(gcry_md_get_asnoid(algos[i].gcrypt_algo, prefix, &len));
        assert_span(algo->prefix, prefix, len);
        assert_int_equal(algo->len,
                         gcry_md_get_algo_dlen(algos[i].gcrypt_algo));
        assert_string_equal(algo->name, algos[i].name);
    }
    while (digest_algo_at(n) != NULL)
        n++;
    assert_int_equal(n, N_ELEMENTS(algos));
    assert_null(digest_algo_at(SIZE_MAX));
}

static void names_are_known_in_any_case(void **state)
{
    (void)state;
    assert_ptr_equal(get("SHA256"), get("sha256"));
    assert_ptr_equal(get("Rmd160"), get("rmd160"));
    assert_null(digest_algo_from_name(""));
    assert_null(digest_algo_from_name("none"));
    assert_null(digest_algo_from_name("sha25"));
    assert_null(digest_algo_from_name("sha2566"));
    assert_null(digest_algo_from_name("tls-md5sha1"));
}

static void a_digestinfo_is_taken_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(algos); i++) {
        const struct digest_algo *algo = get(algos[i].name);
        AUTO_BYTES data = {0};
        struct span digest = {0};

        assert_ok(bytes_alloc(&data, algo->prefix.len + algo->len));
        memset(data.data, 0xa5, data.len);
        memcpy(data.data, algo->prefix.data, algo->prefix.len);
        assert_ptr_equal(digestinfo_parse(span_of(&data), &digest), algo);
        assert_ptr_equal(digest.data, data.data + algo->prefix.len);
        assert_int_equal(digest.len, algo->len);
    }
}

static void anything_else_is_none(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(algos); i++) {
        const struct digest_algo *algo = get(algos[i].name);
        const size_t len = algo->prefix.len + algo->len;
        struct span digest = {0};
        uint8_t data[128] = {0};

        memcpy(data, algo->prefix.data, algo->prefix.len);
        assert_non_null(digestinfo_parse(span_make(data, len), &digest));
        digest = (struct span){0};
        for (size_t other = 0; other < sizeof data; other++)
            if (other != len)
                assert_null(digestinfo_parse(span_make(data, other), &digest));
        for (size_t at = 0; at < algo->prefix.len; at++) {
            data[at] ^= 0x80;
            assert_null(digestinfo_parse(span_make(data, len), &digest));
            data[at] ^= 0x80;
        }
        assert_null(digest.data);
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
        cmocka_unit_test(every_row_is_libgcrypts),
        cmocka_unit_test(names_are_known_in_any_case),
        cmocka_unit_test(a_digestinfo_is_taken_apart),
        cmocka_unit_test(anything_else_is_none),
    };

    return cmocka_run_group_tests_name("digestinfo", tests, set_up, NULL);
}
