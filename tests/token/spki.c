/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Writing a SubjectPublicKeyInfo from the attributes of an object. */
#include "spki.h"

#include <stdio.h>
#include <string.h>

#include "keytype.h"

#define TAG_INTEGER 0x02
#define TAG_BIT_STRING 0x03
#define TAG_OCTET_STRING 0x04
#define TAG_SEQUENCE 0x30

static void put(struct der *der, const void *data, size_t len)
{
    if (len > sizeof der->data - der->len)
        die("the public key is too large");
    memcpy(der->data + der->len, data, len);
    der->len += len;
}

/* Make what DER has had since START the contents of an element. */
static void wrap(struct der *der, size_t start, unsigned char tag)
{
    size_t len = der->len - start;
    unsigned char header[4] = {tag, (unsigned char)len, 0, 0};
    size_t header_len = 2;

    if (len > 0xff) {
        header[1] = 0x82;
        header[2] = (unsigned char)(len >> 8);
        header[3] = (unsigned char)len;
        header_len = 4;
    } else if (len > 0x7f) {
        header[1] = 0x81;
        header[2] = (unsigned char)len;
        header_len = 3;
    }
    put(der, header, header_len);
    memmove(der->data + start + header_len, der->data + start, len);
    memcpy(der->data + start, header, header_len);
}

static void put_integer(struct der *der, const unsigned char *data, size_t len)
{
    size_t start = der->len;

    while (len > 1 && data[0] == 0) {
        data++;
        len--;
    }
    if (len == 0 || data[0] >= 0x80)
        put(der, "", 1);
    put(der, data, len);
    wrap(der, start, TAG_INTEGER);
}

static void put_rsa(struct der *der, const struct session *s,
                    CK_OBJECT_HANDLE object)
{
    static const unsigned char rsa_encryption[] = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86,
        0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00};
    static unsigned char n[2048];
    unsigned char e[64];
    long n_len = session_get(s, object, CKA_MODULUS, n, sizeof n);
    long e_len = session_get(s, object, CKA_PUBLIC_EXPONENT, e, sizeof e);
    size_t start = 0;

    if (n_len < 0 || e_len < 0)
        die("the object has no public RSA values");
    put(der, rsa_encryption, sizeof rsa_encryption);
    start = der->len;
    put(der, "", 1); /* a bit string with no unused bits */
    put_integer(der, n, (size_t)n_len);
    put_integer(der, e, (size_t)e_len);
    wrap(der, start + 1, TAG_SEQUENCE);
    wrap(der, start, TAG_BIT_STRING);
    wrap(der, 0, TAG_SEQUENCE);
}

/* POINT without the OCTET STRING that most modules put around it. */
static void put_point(struct der *der, const struct keytype *type,
                      const unsigned char *point, size_t len)
{
    size_t header_len = type->point_len > 0x7f ? 3 : 2;

    if (len == type->point_len + header_len && point[0] == TAG_OCTET_STRING)
        put(der, point + header_len, type->point_len);
    else if (len == type->point_len)
        put(der, point, len);
    else
        die("the object has a public point of a strange length");
}

static void put_curve(struct der *der, const struct session *s,
                      CK_OBJECT_HANDLE object)
{
    static const unsigned char ec_public_key[] = {0x06, 0x07, 0x2a, 0x86, 0x48,
                                                  0xce, 0x3d, 0x02, 0x01};
    unsigned char params[64];
    unsigned char point[256];
    long params_len =
        session_get(s, object, CKA_EC_PARAMS, params, sizeof params);
    long point_len = session_get(s, object, CKA_EC_POINT, point, sizeof point);
    const struct keytype *type = NULL;
    size_t start = 0;

    if (params_len < 0 || point_len < 0)
        die("the object has no public point");
    type = keytype_of_params(params, (size_t)params_len);
    if (type == NULL)
        die("the object has an unknown curve");
    if (type->family == FAMILY_EC)
        put(der, ec_public_key, sizeof ec_public_key);
    put(der, type->oid, type->oid_len);
    wrap(der, 0, TAG_SEQUENCE);
    start = der->len;
    put(der, "", 1);
    put_point(der, type, point, (size_t)point_len);
    wrap(der, start, TAG_BIT_STRING);
    wrap(der, 0, TAG_SEQUENCE);
}

void spki_of_object(const struct session *s, CK_OBJECT_HANDLE object,
                    struct der *ret_spki)
{
    CK_KEY_TYPE type = 0;

    ret_spki->len = 0;
    if (session_get(s, object, CKA_KEY_TYPE, &type, sizeof type) < 0)
        die("the object is not a key");
    if (type == CKK_RSA)
        put_rsa(ret_spki, s, object);
    else
        put_curve(ret_spki, s, object);
}

void der_write(const struct der *der, const char *name)
{
    bool to_stdout = strcmp(name, "-") == 0;
    FILE *f = to_stdout ? stdout : fopen(name, "wb");

    if (f == NULL || fwrite(der->data, 1, der->len, f) != der->len ||
        (to_stdout ? fflush(f) : fclose(f)) != 0)
        die("cannot write to %s", name);
}
