/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The table of key types. */
#include "keytype.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TAG_OID 0x06
#define TAG_PRINTABLE_STRING 0x13
#define N_TYPES (sizeof types / sizeof *types)

#define OID(...)                                                             \
    (const unsigned char[]){                                                 \
        TAG_OID, sizeof((const unsigned char[]){__VA_ARGS__}), __VA_ARGS__}, \
        2 + sizeof((const unsigned char[]){__VA_ARGS__})

static const struct keytype types[] = {
    /* RFC 5480: secp256r1, secp384r1, secp521r1 */
    {"p256", FAMILY_EC, 0, OID(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07),
     65, NULL},
    {"p384", FAMILY_EC, 0, OID(0x2b, 0x81, 0x04, 0x00, 0x22), 97, NULL},
    {"p521", FAMILY_EC, 0, OID(0x2b, 0x81, 0x04, 0x00, 0x23), 133, NULL},
    /* RFC 5639: brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 */
    {"bp256", FAMILY_EC, 0,
     OID(0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x07), 65, NULL},
    {"bp384", FAMILY_EC, 0,
     OID(0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x0b), 97, NULL},
    {"bp512", FAMILY_EC, 0,
     OID(0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x0d), 129, NULL},
    /* SEC 2: secp256k1 */
    {"k256", FAMILY_EC, 0, OID(0x2b, 0x81, 0x04, 0x00, 0x0a), 65, NULL},
    /* RFC 8410; the names are those of PKCS#11 3.0 */
    {"ed25519", FAMILY_ED, 0, OID(0x2b, 0x65, 0x70), 32, "edwards25519"},
    {"x25519", FAMILY_X, 0, OID(0x2b, 0x65, 0x6e), 32, "curve25519"},
};

const struct keytype *keytype_find(const char *name)
{
    static struct keytype rsa = {"rsa", FAMILY_RSA, 0, NULL, 0, 0, NULL};

    for (size_t i = 0; i < N_TYPES; i++)
        if (strcmp(types[i].name, name) == 0)
            return &types[i];
    if (strncmp(name, "rsa", 3) == 0) {
        char *end = NULL;

        rsa.bits = strtoul(name + 3, &end, 10);
        if (*end == '\0' && rsa.bits >= 1024 && rsa.bits <= 16384)
            return &rsa;
    }
    return NULL;
}

static size_t params_by_name(const struct keytype *type, unsigned char *buffer,
                             size_t size)
{
    size_t len = strlen(type->curve);

    if (size < len + 2)
        die("the name of a curve is too long");
    buffer[0] = TAG_PRINTABLE_STRING;
    buffer[1] = (unsigned char)len;
    memcpy(buffer + 2, type->curve, len);
    return len + 2;
}

size_t keytype_params(const struct keytype *type, bool by_oid,
                      unsigned char *buffer, size_t size)
{
    if (type->curve != NULL && !by_oid)
        return params_by_name(type, buffer, size);
    if (size < type->oid_len)
        die("the identifier of a curve is too long");
    memcpy(buffer, type->oid, type->oid_len);
    return type->oid_len;
}

const struct keytype *keytype_of_params(const unsigned char *params, size_t len)
{
    for (size_t i = 0; i < N_TYPES; i++) {
        for (int by_oid = 0; by_oid < 2; by_oid++) {
            unsigned char own[32];
            size_t n = keytype_params(&types[i], by_oid, own, sizeof own);

            if (n == len && memcmp(own, params, n) == 0)
                return &types[i];
        }
    }
    return NULL;
}

CK_MECHANISM_TYPE keytype_mechanism(const struct session *s,
                                    const struct keytype *type,
                                    CK_KEY_TYPE *ret_key_type)
{
    switch (type->family) {
    case FAMILY_RSA:
        *ret_key_type = CKK_RSA;
        return CKM_RSA_PKCS_KEY_PAIR_GEN;
    case FAMILY_EC:
        *ret_key_type = CKK_EC;
        return CKM_EC_KEY_PAIR_GEN;
    case FAMILY_X:
        /* Some modules know X25519 only as another Edwards curve. */
        if (session_has_mechanism(s, CKM_EC_MONTGOMERY_KEY_PAIR_GEN)) {
            *ret_key_type = CKK_EC_MONTGOMERY;
            return CKM_EC_MONTGOMERY_KEY_PAIR_GEN;
        }
        break;
    case FAMILY_ED:
        break;
    }
    *ret_key_type = CKK_EC_EDWARDS;
    return CKM_EC_EDWARDS_KEY_PAIR_GEN;
}
