/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Certificates of the crowd's keys: well-formed, of a usual size, and signed
 * by nobody. */
#include <stdio.h>
#include <string.h>

#include "crowd.h"

/* DER is written from its end to its beginning: then each length is known when
 * its turn comes. */
struct der {
    unsigned char bytes[CROWD_CERT_SIZE];
    size_t start;
};

static void put(struct der *d, const void *bytes, size_t len)
{
    d->start -= len;
    memcpy(d->bytes + d->start, bytes, len);
}

static void put_byte(struct der *d, unsigned byte)
{
    d->bytes[--d->start] = (unsigned char)byte;
}

/* The tag and length of what stands from the start to END. */
static void wrap(struct der *d, size_t end, unsigned tag)
{
    const size_t len = end - d->start;

    put_byte(d, len & 0xff);
    if (len > 0xff)
        put_byte(d, (unsigned)(len >> 8));
    if (len > 0x7f)
        put_byte(d, len > 0xff ? 0x82 : 0x81);
    put_byte(d, tag);
}

#define PUT_ARRAY(d, array) put(d, array, sizeof(array))

/* sha256WithRSAEncryption. */
static const unsigned char signature_algorithm[] = {
    0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86,
    0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00};

/* keyUsage: digitalSignature, keyEncipherment; as [3] of a certificate. */
static const unsigned char extensions[] = {
    0xa3, 0x12, 0x30, 0x10, 0x30, 0x0e, 0x06, 0x03, 0x55, 0x1d,
    0x0f, 0x01, 0x01, 0xff, 0x04, 0x04, 0x03, 0x02, 0x05, 0xa0};

static void put_public_key(struct der *d, CK_SLOT_ID slot, unsigned key)
{
    static const unsigned char rsa[] = {0x30, 0x0d, 0x06, 0x09, 0x2a,
                                        0x86, 0x48, 0x86, 0xf7, 0x0d,
                                        0x01, 0x01, 0x01, 0x05, 0x00};
    static const unsigned char p256[] = {
        0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
        0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
    static const unsigned char one[] = {0x02, 0x01, 0x01};
    const size_t end = d->start;
    unsigned char point[CROWD_POINT_LEN];
    unsigned char modulus[1 + CROWD_RSA_LEN] = {0};

    if (crowd_is_ec(key)) {
        crowd_point(crowd_number(slot, key), point);
        PUT_ARRAY(d, point);
    } else {
        PUT_ARRAY(d, one);
        crowd_modulus(crowd_number(slot, key), modulus + 1);
        const size_t number_end = d->start;
        PUT_ARRAY(d, modulus);
        wrap(d, number_end, 0x02);
        wrap(d, end, 0x30);
    }
    put_byte(d, 0);
    wrap(d, end, 0x03);
    if (crowd_is_ec(key))
        PUT_ARRAY(d, p256);
    else
        PUT_ARRAY(d, rsa);
    wrap(d, end, 0x30);
}

/* One common name, in a UTF8String. */
static void put_name(struct der *d, const char *name)
{
    static const unsigned char common_name[] = {0x06, 0x03, 0x55, 0x04, 0x03};
    const size_t end = d->start;

    put(d, name, strlen(name));
    wrap(d, end, 0x0c);
    PUT_ARRAY(d, common_name);
    wrap(d, end, 0x30);
    wrap(d, end, 0x31);
    wrap(d, end, 0x30);
}

/* Later ones of a key are newer. */
static void put_validity(struct der *d, unsigned index)
{
    const size_t end = d->start;
    char text[32];

    put(d,
        "\x17\x0d"
        "350101000000Z",
        15);
    (void)snprintf(text, sizeof text,
                   "\x17\x0d"
                   "2401%02u000000Z",
                   index % 28 + 1);
    put(d, text, 15);
    wrap(d, end, 0x30);
}

size_t crowd_certificate(CK_SLOT_ID slot, unsigned key, unsigned index,
                         unsigned char ret[CROWD_CERT_SIZE])
{
    static const unsigned char version[] = {0xa0, 0x03, 0x02, 0x01, 0x02};
    const unsigned number = crowd_number(slot, key);
    const unsigned char serial[] = {0x02,
                                    0x05,
                                    0x01,
                                    (unsigned char)index,
                                    (unsigned char)(number >> 16),
                                    (unsigned char)(number >> 8),
                                    (unsigned char)number};
    unsigned char signature[1 + CROWD_RSA_LEN] = {0};
    struct der d = {.start = CROWD_CERT_SIZE};
    size_t end = d.start;
    char name[64];

    PUT_ARRAY(&d, signature);
    wrap(&d, end, 0x03);
    PUT_ARRAY(&d, signature_algorithm);
    end = d.start;
    PUT_ARRAY(&d, extensions);
    put_public_key(&d, slot, key);
    (void)snprintf(name, sizeof name, "Key %u of token %lu", key,
                   (unsigned long)slot);
    put_name(&d, name);
    put_validity(&d, index);
    put_name(&d, "The crowd's authority");
    PUT_ARRAY(&d, signature_algorithm);
    PUT_ARRAY(&d, serial);
    PUT_ARRAY(&d, version);
    wrap(&d, end, 0x30);
    wrap(&d, CROWD_CERT_SIZE, 0x30);
    memcpy(ret, d.bytes + d.start, CROWD_CERT_SIZE - d.start);
    return CROWD_CERT_SIZE - d.start;
}
