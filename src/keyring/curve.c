/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The elliptic curves we know, and their points. */
#include "keyring/curve.h"

#include <gcrypt.h>
#include <string.h>
#include <strings.h>

#include "base/der.h"

/* Every 25519 coordinate. */
#define LEN_25519 32

#define OID(bytes)                                  \
    {                                               \
        (const uint8_t *)(bytes), sizeof(bytes) - 1 \
    }

static const struct curve curves[] = {
    {.name = "NIST P-256",
     .algo = "nistp256",
     .ssh = "ecdsa-sha2-nistp256",
     .oid = "1.2.840.10045.3.1.7",
     .der = OID("\x2a\x86\x48\xce\x3d\x03\x01\x07"),
     .other_names = {"secp256r1", "prime256v1", "P-256"},
     .form = CURVE_WEIERSTRASS,
     .field_len = 32},
    {.name = "NIST P-384",
     .algo = "nistp384",
     .ssh = "ecdsa-sha2-nistp384",
     .oid = "1.3.132.0.34",
     .der = OID("\x2b\x81\x04\x00\x22"),
     .other_names = {"secp384r1", "P-384"},
     .form = CURVE_WEIERSTRASS,
     .field_len = 48},
    {.name = "NIST P-521",
     .algo = "nistp521",
     .ssh = "ecdsa-sha2-nistp521",
     .oid = "1.3.132.0.35",
     .der = OID("\x2b\x81\x04\x00\x23"),
     .other_names = {"secp521r1", "P-521"},
     .form = CURVE_WEIERSTRASS,
     .field_len = 66},
    {.name = "brainpoolP256r1",
     .algo = "brainpoolP256r1",
     .oid = "1.3.36.3.3.2.8.1.1.7",
     .der = OID("\x2b\x24\x03\x03\x02\x08\x01\x01\x07"),
     .form = CURVE_WEIERSTRASS,
     .field_len = 32},
    {.name = "brainpoolP384r1",
     .algo = "brainpoolP384r1",
     .oid = "1.3.36.3.3.2.8.1.1.11",
     .der = OID("\x2b\x24\x03\x03\x02\x08\x01\x01\x0b"),
     .form = CURVE_WEIERSTRASS,
     .field_len = 48},
    {.name = "brainpoolP512r1",
     .algo = "brainpoolP512r1",
     .oid = "1.3.36.3.3.2.8.1.1.13",
     .der = OID("\x2b\x24\x03\x03\x02\x08\x01\x01\x0d"),
     .form = CURVE_WEIERSTRASS,
     .field_len = 64},
    {.name = "secp256k1",
     .algo = "secp256k1",
     .oid = "1.3.132.0.10",
     .der = OID("\x2b\x81\x04\x00\x0a"),
     .form = CURVE_WEIERSTRASS,
     .field_len = 32},
    {.name = "Ed25519",
     .algo = "ed25519",
     .ssh = "ssh-ed25519",
     .oid = "1.3.101.112",
     .der = OID("\x2b\x65\x70"),
     .other_names = {"edwards25519", "1.3.6.1.4.1.11591.15.1"},
     .form = CURVE_EDWARDS,
     .field_len = LEN_25519},
    {.name = "Curve25519",
     .algo = "cv25519",
     .oid = "1.3.101.110",
     .der = OID("\x2b\x65\x6e"),
     .other_names = {"X25519", "1.3.6.1.4.1.3029.1.5.1", "montgomery25519"},
     .form = CURVE_MONTGOMERY,
     .field_len = LEN_25519},
};

/* GnuPG's own OIDs of the two, from before RFC 8410. */
static const struct {
    struct span der;
    const char *oid;
} old_oids[] = {
    {OID("\x2b\x06\x01\x04\x01\xda\x47\x0f\x01"), "1.3.101.112"},
    {OID("\x2b\x06\x01\x04\x01\x97\x55\x01\x05\x01"), "1.3.101.110"},
};

const struct curve *curve_at(size_t i)
{
    return i < sizeof curves / sizeof curves[0] ? &curves[i] : NULL;
}

static bool is_name(struct span name, const char *text)
{
    return text != NULL && name.len == strlen(text) &&
           strncasecmp((const char *)name.data, text, name.len) == 0;
}

const struct curve *curve_from_name(struct span name)
{
    const struct curve *c = NULL;

    for (size_t i = 0; (c = curve_at(i)) != NULL; i++) {
        if (is_name(name, c->name) || is_name(name, c->algo) ||
            is_name(name, c->oid))
            return c;
        for (size_t j = 0; j < 3; j++)
            if (is_name(name, c->other_names[j]))
                return c;
    }
    return NULL;
}

static const struct curve *curve_from_oid(struct span der)
{
    const struct curve *c = NULL;

    for (size_t i = 0; (c = curve_at(i)) != NULL; i++)
        if (span_equal(c->der, der))
            return c;
    for (size_t i = 0; i < sizeof old_oids / sizeof old_oids[0]; i++)
        if (span_equal(old_oids[i].der, der))
            return curve_from_name(span_str(old_oids[i].oid));
    return NULL;
}

const struct curve *curve_from_params(struct span params)
{
    struct span contents = {0};

    if (der_only(params, DER_OID, &contents))
        return curve_from_oid(contents);
    if (der_only(params, DER_PRINTABLE_STRING, &contents))
        return curve_from_name(contents);
    return NULL;
}

static void release_context(gcry_ctx_t *ctx)
{
    gcry_ctx_release(*ctx);
}

static void release_mpi(gcry_mpi_t *mpi)
{
    gcry_mpi_release(*mpi);
}

static void release_point(gcry_mpi_point_t *point)
{
    gcry_mpi_point_release(*point);
}

/* Is 04||X||Y a point of the curve, and not the one at infinity? */
static gpg_error_t check_on_curve(gcry_ctx_t ctx, const struct curve *curve,
                                  struct span point)
{
    AUTO(release_mpi) gcry_mpi_t x = NULL;
    AUTO(release_mpi) gcry_mpi_t y = NULL;
    AUTO(release_mpi) gcry_mpi_t p = gcry_mpi_ec_get_mpi("p", ctx, 1);
    AUTO(release_mpi) gcry_mpi_t one = gcry_mpi_set_ui(NULL, 1);
    AUTO(release_point) gcry_mpi_point_t q = gcry_mpi_point_new(0);
    gpg_error_t err = gcry_mpi_scan(&x, GCRYMPI_FMT_USG, point.data + 1,
                                    curve->field_len, NULL);

    if (err == 0)
        err = gcry_mpi_scan(&y, GCRYMPI_FMT_USG,
                            point.data + 1 + curve->field_len, curve->field_len,
                            NULL);
    if (err != 0)
        return err;
    if (gcry_mpi_cmp(x, p) >= 0 || gcry_mpi_cmp(y, p) >= 0)
        return gpg_error(GPG_ERR_BAD_PUBKEY);
    (void)gcry_mpi_point_set(q, x, y, one);
    return gcry_mpi_ec_curve_point(q, ctx) ? 0 : gpg_error(GPG_ERR_BAD_PUBKEY);
}

/* 04||X||Y of the compressed point 02||X or 03||X (SEC 1, section 2.3.4): all
 * our curves have a prime p with p = 3 mod 4, so that a square root is the
 * power (p + 1) / 4. */
static gpg_error_t decompress(gcry_ctx_t ctx, const struct curve *curve,
                              struct span compressed, struct bytes *ret)
{
    AUTO(release_mpi) gcry_mpi_t p = gcry_mpi_ec_get_mpi("p", ctx, 1);
    AUTO(release_mpi) gcry_mpi_t a = gcry_mpi_ec_get_mpi("a", ctx, 1);
    AUTO(release_mpi) gcry_mpi_t b = gcry_mpi_ec_get_mpi("b", ctx, 1);
    AUTO(release_mpi) gcry_mpi_t x = NULL;
    AUTO(release_mpi) gcry_mpi_t y = gcry_mpi_new(0);
    AUTO(release_mpi) gcry_mpi_t power = gcry_mpi_new(0);
    AUTO_BYTES digits = {0};
    size_t len = 0;
    gpg_error_t err = gcry_mpi_scan(&x, GCRYMPI_FMT_USG, compressed.data + 1,
                                    curve->field_len, NULL);

    if (err != 0)
        return err;
    gcry_mpi_mulm(y, x, x, p);
    gcry_mpi_addm(y, y, a, p);
    gcry_mpi_mulm(y, y, x, p);
    gcry_mpi_addm(y, y, b, p);
    gcry_mpi_add_ui(power, p, 1);
    gcry_mpi_rshift(power, power, 2);
    gcry_mpi_powm(y, y, power, p);
    if ((gcry_mpi_test_bit(y, 0) != 0) != (compressed.data[0] == 3))
        gcry_mpi_sub(y, p, y);
    err = bytes_alloc(&digits, curve->field_len);
    if (err == 0)
        err = gcry_mpi_print(GCRYMPI_FMT_USG, digits.data, digits.len, &len, y);
    if (err == 0)
        err = bytes_alloc(ret, 1 + 2 * curve->field_len);
    if (err != 0)
        return err;
    ret->data[0] = 4;
    memcpy(ret->data + 1, compressed.data + 1, curve->field_len);
    memcpy(ret->data + ret->len - len, digits.data, len);
    return 0;
}

/* The last LEN bytes of ENCODED if what stands before them can be the head of
 * an OCTET STRING: right ones and the wrong lengths that modules write. */
static bool take_tail(struct span encoded, size_t len, struct span *ret)
{
    size_t head = encoded.len - len;

    if (encoded.len < len || head == 1 || head > 3)
        return false;
    if (head != 0 && encoded.data[0] != DER_OCTET_STRING)
        return false;
    *ret = span_skip(encoded, head);
    return true;
}

static gpg_error_t decode_weierstrass(const struct curve *curve,
                                      struct span encoded, struct bytes *ret)
{
    AUTO(release_context) gcry_ctx_t ctx = NULL;
    AUTO_BYTES point = {0};
    struct span tail = {0};
    gpg_error_t err = gcry_mpi_ec_new(&ctx, NULL, curve->name);

    if (err != 0)
        return err;
    if (take_tail(encoded, 1 + 2 * curve->field_len, &tail) &&
        tail.data[0] == 4)
        err = bytes_set(&point, tail);
    else if (take_tail(encoded, 1 + curve->field_len, &tail) &&
             (tail.data[0] == 2 || tail.data[0] == 3))
        err = decompress(ctx, curve, tail, &point);
    else
        err = gpg_error(GPG_ERR_BAD_PUBKEY);
    if (err == 0)
        err = check_on_curve(ctx, curve, span_of(&point));
    if (err != 0)
        return err;
    bytes_clear(ret);
    *ret = bytes_take(&point);
    return 0;
}

/* The u-coordinates of low order, little-endian, and those of them that are
 * not reduced: 0, 1, two of order 8, p - 1, p, p + 1 (RFC 7748, section 6.1).
 * A key agreement with one of them always gives zero. */
static const uint8_t low_order[][LEN_25519] = {
    {0},
    {1},
    {0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3,
     0xfa, 0xf1, 0x9f, 0xc4, 0x6a, 0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32,
     0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00},
    {0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1,
     0x55, 0x9c, 0x83, 0xef, 0x5b, 0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c,
     0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57},
    {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
    {0xed, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
    {0xee, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
};

static bool has_low_order(struct span u)
{
    for (size_t i = 0; i < sizeof low_order / sizeof low_order[0]; i++)
        if (memcmp(u.data, low_order[i], LEN_25519 - 1) == 0 &&
            (u.data[LEN_25519 - 1] & 0x7f) == low_order[i][LEN_25519 - 1])
            return true;
    return false;
}

/* 32 bytes: bare, after GnuPG's 0x40, in an OCTET STRING, or in a BIT STRING
 * with no unused bits (RFC 8410 as one PKCS#11 draft had it).  The length says
 * which: bare ones may look like the beginning of any other. */
static gpg_error_t decode_25519(const struct curve *curve, struct span encoded,
                                struct bytes *ret)
{
    struct span point = encoded;
    struct span contents = {0};

    if (encoded.len > LEN_25519 + 1 &&
        der_only(encoded, DER_OCTET_STRING, &contents))
        point = contents;
    else if (encoded.len > LEN_25519 + 1 &&
             der_only(encoded, DER_BIT_STRING, &contents) &&
             contents.len == LEN_25519 + 1 && contents.data[0] == 0)
        point = span_skip(contents, 1);
    if (point.len == LEN_25519 + 1 && point.data[0] == 0x40)
        point = span_skip(point, 1);
    if (point.len != LEN_25519 ||
        (curve->form == CURVE_MONTGOMERY && has_low_order(point)))
        return gpg_error(GPG_ERR_BAD_PUBKEY);
    return bytes_set(ret, point);
}

gpg_error_t curve_decode_point(const struct curve *curve, struct span encoded,
                               struct bytes *ret)
{
    return curve->form == CURVE_WEIERSTRASS
               ? decode_weierstrass(curve, encoded, ret)
               : decode_25519(curve, encoded, ret);
}
