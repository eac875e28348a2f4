/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Digests as gpg-agent hands them over: bare, or in a DER DigestInfo (RFC
 * 8017, section 9.2). */
#include "keyring/digestinfo.h"

#include "base/str.h"

#define PREFIX(bytes)                               \
    {                                               \
        (const uint8_t *)(bytes), sizeof(bytes) - 1 \
    }

/* The SHA-2 family differs in three bytes only. */
#define SHA2(total, arc, len)                                  \
    PREFIX("\x30" total "\x30\x0d\x06\x09\x60\x86\x48\x01\x65" \
           "\x03\x04\x02" arc "\x05\x00\x04" len)

static const struct digest_algo algos[] = {
    {"sha256", SHA2("\x31", "\x01", "\x20"), 32},
    {"sha512", SHA2("\x51", "\x03", "\x40"), 64},
    {"sha384", SHA2("\x41", "\x02", "\x30"), 48},
    {"sha224", SHA2("\x2d", "\x04", "\x1c"), 28},
    {"sha1",
     PREFIX("\x30\x21\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00\x04"
            "\x14"),
     20},
    {"rmd160",
     PREFIX("\x30\x21\x30\x09\x06\x05\x2b\x24\x03\x02\x01\x05\x00\x04"
            "\x14"),
     20},
    {"md5",
     PREFIX("\x30\x20\x30\x0c\x06\x08\x2a\x86\x48\x86\xf7\x0d\x02\x05"
            "\x05\x00\x04\x10"),
     16},
};

const struct digest_algo *digest_algo_at(size_t i)
{
    return i < sizeof algos / sizeof algos[0] ? &algos[i] : NULL;
}

const struct digest_algo *digest_algo_from_name(const char *name)
{
    const struct digest_algo *algo = NULL;

    for (size_t i = 0; (algo = digest_algo_at(i)) != NULL; i++)
        if (str_equal_nocase(algo->name, name))
            return algo;
    return NULL;
}

const struct digest_algo *digestinfo_parse(struct span data,
                                           struct span *ret_digest)
{
    const struct digest_algo *algo = NULL;

    for (size_t i = 0; (algo = digest_algo_at(i)) != NULL; i++) {
        if (data.len == algo->prefix.len + algo->len &&
            span_has_prefix(data, algo->prefix)) {
            *ret_digest = span_skip(data, algo->prefix.len);
            return algo;
        }
    }
    return NULL;
}
