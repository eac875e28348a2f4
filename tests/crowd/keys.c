/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What the crowd's keys are, and their signatures. */
#include <gcrypt.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "crowd.h"

/* One in so many, where they are mixed. */
#define EVERY 8

/* The key with the number i on P-256 is i + FIRST_SCALAR. */
#define FIRST_SCALAR 1000

/* X and Y of the keys that are on P-256, and what signing needs. */
static unsigned char (*points)[2 * CROWD_FIELD_LEN];
static gcry_mpi_t order;
static gcry_mpi_t inverse; /* of the nonce */
static gcry_mpi_t r;       /* of each signature: the nonce is always the same */

bool crowd_is_ec(unsigned key)
{
    switch (crowd.kinds) {
    case KINDS_RSA:
        return false;
    case KINDS_EC:
        return true;
    default:
        return key % EVERY == EVERY - 1;
    }
}

static unsigned ec_keys_of_token(void)
{
    if (crowd.kinds == KINDS_MIXED)
        return crowd.keys / EVERY;
    return crowd.kinds == KINDS_EC ? crowd.keys : 0;
}

/* The place of a key among those on P-256. */
static unsigned ec_index(unsigned number)
{
    const unsigned key = number % crowd.keys;

    return number / crowd.keys * ec_keys_of_token() +
           (crowd.kinds == KINDS_MIXED ? key / EVERY : key);
}

static void put(unsigned char ret[CROWD_FIELD_LEN], gcry_mpi_t value)
{
    unsigned char digits[CROWD_FIELD_LEN];
    size_t len = 0;

    memset(ret, 0, CROWD_FIELD_LEN);
    if (gcry_mpi_print(GCRYMPI_FMT_USG, digits, sizeof digits, &len, value) ==
        0)
        memcpy(ret + CROWD_FIELD_LEN - len, digits, len);
}

/* All multiples of G from the first scalar on: an addition for each. */
static void make_points(gcry_ctx_t ctx, unsigned n)
{
    gcry_mpi_point_t g = gcry_mpi_ec_get_point("g", ctx, 1);
    gcry_mpi_point_t point = gcry_mpi_point_new(0);
    gcry_mpi_t scalar = gcry_mpi_set_ui(NULL, FIRST_SCALAR);
    gcry_mpi_t x = gcry_mpi_new(0);
    gcry_mpi_t y = gcry_mpi_new(0);

    gcry_mpi_ec_mul(point, scalar, g, ctx);
    for (unsigned i = 0; i < n; i++) {
        (void)gcry_mpi_ec_get_affine(x, y, point, ctx);
        put(points[i], x);
        put(points[i] + CROWD_FIELD_LEN, y);
        gcry_mpi_ec_add(point, point, g, ctx);
    }
    /* The nonce is the first scalar too. */
    r = gcry_mpi_new(0);
    gcry_mpi_ec_mul(point, scalar, g, ctx);
    (void)gcry_mpi_ec_get_affine(r, y, point, ctx);
    gcry_mpi_mod(r, r, order);
    inverse = gcry_mpi_new(0);
    (void)gcry_mpi_invm(inverse, scalar, order);
    gcry_mpi_release(x);
    gcry_mpi_release(y);
    gcry_mpi_release(scalar);
    gcry_mpi_point_release(point);
    gcry_mpi_point_release(g);
}

bool crowd_make_keys(void)
{
    const unsigned n = ec_keys_of_token() * crowd.tokens;
    gcry_ctx_t ctx = NULL;

    if (n == 0)
        return true;
    if (gcry_mpi_ec_new(&ctx, NULL, "NIST P-256") != 0)
        return false;
    points = calloc(n, sizeof *points);
    order = gcry_mpi_ec_get_mpi("n", ctx, 1);
    if (points != NULL)
        make_points(ctx, n);
    gcry_ctx_release(ctx);
    return points != NULL;
}

void crowd_forget_keys(void)
{
    free(points);
    points = NULL;
    gcry_mpi_release(order);
    gcry_mpi_release(inverse);
    gcry_mpi_release(r);
    order = inverse = r = NULL;
}

/* Any odd number of the right size: nobody has to factor it. */
void crowd_modulus(unsigned number, unsigned char ret[CROWD_RSA_LEN])
{
    uint64_t state = 0x9e3779b97f4a7c15U * (number + 1);

    for (size_t i = 0; i < CROWD_RSA_LEN; i += sizeof state) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        memcpy(ret + i, &state, sizeof state);
    }
    ret[0] |= 0x80;
    ret[CROWD_RSA_LEN - 1] |= 1;
}

void crowd_point(unsigned number, unsigned char ret[CROWD_POINT_LEN])
{
    ret[0] = 4;
    memcpy(ret + 1, points[ec_index(number)], sizeof points[0]);
}

/* s = (z + r d) / k. */
static CK_RV sign_ecdsa(unsigned number, const unsigned char *data, size_t len,
                        unsigned char *ret)
{
    gcry_mpi_t s = gcry_mpi_new(0);
    gcry_mpi_t z = NULL;

    if (len > CROWD_FIELD_LEN ||
        gcry_mpi_scan(&z, GCRYMPI_FMT_USG, data, len, NULL) != 0) {
        gcry_mpi_release(s);
        return CKR_DATA_LEN_RANGE;
    }
    gcry_mpi_set_ui(s, ec_index(number) + FIRST_SCALAR);
    gcry_mpi_mulm(s, s, r, order);
    gcry_mpi_addm(s, s, z, order);
    gcry_mpi_mulm(s, s, inverse, order);
    put(ret, r);
    put(ret + CROWD_FIELD_LEN, s);
    gcry_mpi_release(s);
    gcry_mpi_release(z);
    return CKR_OK;
}

/* The padded block (PKCS#1 v1.5), which is its own power with exponent 1. */
static CK_RV sign_rsa(const unsigned char *data, size_t len, unsigned char *ret)
{
    if (len > CROWD_RSA_LEN - 11)
        return CKR_DATA_LEN_RANGE;
    memset(ret, 0xff, CROWD_RSA_LEN);
    ret[0] = 0;
    ret[1] = 1;
    ret[CROWD_RSA_LEN - len - 1] = 0;
    memcpy(ret + CROWD_RSA_LEN - len, data, len);
    return CKR_OK;
}

CK_RV crowd_sign(unsigned number, bool is_ec, const unsigned char *data,
                 size_t len, unsigned char *ret)
{
    return is_ec ? sign_ecdsa(number, data, len, ret)
                 : sign_rsa(data, len, ret);
}
