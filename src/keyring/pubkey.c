/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Public keys: read from a token's objects, told apart by their keygrip,
 * written the way GnuPG wants them. */
#include "keyring/pubkey.h"

#include <stdio.h>

#include "base/der.h"
#include "base/sexp.h"
#include "base/str.h"

/* RSA keys are offered from this size up to that (bytes of the modulus). */
#define RSA_MIN_LEN (1024 / 8)
#define RSA_MAX_LEN (16384 / 8)

/* Object identifiers of public keys, DER contents: RFC 8017 and RFC 5480. */
#define OID_RSA "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"
#define OID_EC "\x2a\x86\x48\xce\x3d\x02\x01"

void pubkey_clear(struct pubkey *pubkey)
{
    bytes_clear(&pubkey->n);
    bytes_clear(&pubkey->e);
    bytes_clear(&pubkey->q);
    pubkey->curve = NULL;
}

/* Both without their leading zeros. */
static gpg_error_t check_rsa(struct span n, struct span e)
{
    if (n.len == 0 || e.len == 0)
        return gpg_error(GPG_ERR_NO_PUBKEY);
    if (n.len < RSA_MIN_LEN || n.len > RSA_MAX_LEN || e.len > n.len ||
        n.data[n.len - 1] % 2 == 0)
        return gpg_error(GPG_ERR_BAD_PUBKEY);
    return 0;
}

static gpg_error_t set_rsa(struct pubkey *ret, struct span n, struct span e)
{
    gpg_error_t err = 0;

    n = span_strip_zeros(n);
    e = span_strip_zeros(e);
    err = check_rsa(n, e);
    if (err == 0)
        err = bytes_set(&ret->n, n);
    if (err == 0)
        err = bytes_set(&ret->e, e);
    return err;
}

/* The same without copies, if that is what the object has. */
static gpg_error_t share_rsa(struct pubkey *ret, const struct object *object)
{
    const struct span n = span_strip_zeros(span_of(&object->modulus));
    const struct span e = span_strip_zeros(span_of(&object->exponent));
    gpg_error_t err = check_rsa(n, e);

    if (err == 0)
        err = bytes_share_part(&ret->n, &object->modulus, n);
    if (err == 0)
        err = bytes_share_part(&ret->e, &object->exponent, e);
    return err;
}

static gpg_error_t set_ec(struct pubkey *ret, const struct curve *curve,
                          struct span point)
{
    gpg_error_t err = 0;

    if (curve == NULL)
        return gpg_error(GPG_ERR_UNKNOWN_CURVE);
    if (point.len == 0)
        return gpg_error(GPG_ERR_NO_PUBKEY);
    err = curve_decode_point(curve, point, &ret->q);
    if (err == 0)
        ret->curve = curve;
    return err;
}

/* A SubjectPublicKeyInfo (RFC 5280, section 4.1). */
static gpg_error_t set_spki(struct pubkey *ret, struct span spki)
{
    struct span outer = {0};
    struct span algorithm = {0};
    struct span key = {0};
    struct span oid = {0};
    struct span n = {0};
    struct span e = {0};
    struct span whole_oid = {0};

    if (!der_only(spki, DER_SEQUENCE, &outer) ||
        !der_take_tag(&outer, DER_SEQUENCE, &algorithm) ||
        !der_only(outer, DER_BIT_STRING, &key) || key.len < 1 ||
        key.data[0] != 0)
        return gpg_error(GPG_ERR_BAD_PUBKEY);
    key = span_skip(key, 1);
    whole_oid = algorithm;
    if (!der_take_tag(&algorithm, DER_OID, &oid))
        return gpg_error(GPG_ERR_BAD_PUBKEY);
    whole_oid.len -= algorithm.len;
    if (span_equal(oid, span_str(OID_EC)))
        return set_ec(ret, curve_from_params(algorithm), key);
    if (!span_equal(oid, span_str(OID_RSA)))
        return set_ec(ret, curve_from_params(whole_oid), key);
    if (!der_only(key, DER_SEQUENCE, &key) ||
        !der_take_tag(&key, DER_INTEGER, &n) || !der_only(key, DER_INTEGER, &e))
        return gpg_error(GPG_ERR_BAD_PUBKEY);
    return set_rsa(ret, n, e);
}

gpg_error_t pubkey_from_object(const struct object *object, struct pubkey *ret)
{
    gpg_error_t err = gpg_error(GPG_ERR_UNSUPPORTED_ALGORITHM);

    switch (object->key_type) {
    case KEY_TYPE_RSA:
        err = share_rsa(ret, object);
        break;
    case KEY_TYPE_EC:
    case KEY_TYPE_EDWARDS:
    case KEY_TYPE_MONTGOMERY:
        if (object->ec_params.len == 0) {
            err = gpg_error(GPG_ERR_NO_PUBKEY);
            break;
        }
        /* What the parameters say counts: modules do not agree on the key
         * types of the 25519 curves. */
        err = set_ec(ret, curve_from_params(span_of(&object->ec_params)),
                     span_of(&object->ec_point));
        break;
    case KEY_TYPE_OTHER:
        break;
    }
    if (gpg_err_code(err) == GPG_ERR_NO_PUBKEY && object->spki.len != 0)
        err = set_spki(ret, span_of(&object->spki));
    return err;
}

const char *pubkey_why(const struct object *object, gpg_error_t err)
{
    struct span parameters = {0};

    if (gpg_err_code(err) == GPG_ERR_UNKNOWN_CURVE &&
        der_only(span_of(&object->ec_params), DER_SEQUENCE, &parameters))
        return "its curve is given by explicit parameters; only curves with a "
               "name can be used";
    return gpg_strerror(err);
}

gpg_error_t pubkey_from_sexp(struct span canonical, struct pubkey *ret)
{
    AUTO_SEXP sexp = NULL;
    AUTO_BYTES a = {0};
    AUTO_BYTES b = {0};
    gpg_error_t err = gcry_sexp_new(&sexp, canonical.data, canonical.len, 0);

    if (err != 0)
        return gpg_error(GPG_ERR_BAD_PUBKEY);
    if (sexp_value(sexp, "n", &a) == 0 && sexp_value(sexp, "e", &b) == 0)
        return set_rsa(ret, span_of(&a), span_of(&b));
    err = sexp_value(sexp, "curve", &a);
    if (err == 0)
        err = sexp_value(sexp, "q", &b);
    if (err != 0)
        return gpg_error(GPG_ERR_UNSUPPORTED_ALGORITHM);
    return set_ec(ret, curve_from_name(span_of(&a)), span_of(&b));
}

static void release_mpi(gcry_mpi_t *mpi)
{
    gcry_mpi_release(*mpi);
}

/* Numbers go through an MPI so that they get the leading zero byte that keeps
 * them positive. */
static gpg_error_t build_rsa(const struct pubkey *pubkey, gcry_sexp_t *ret)
{
    AUTO(release_mpi) gcry_mpi_t n = NULL;
    AUTO(release_mpi) gcry_mpi_t e = NULL;
    gpg_error_t err =
        gcry_mpi_scan(&n, GCRYMPI_FMT_USG, pubkey->n.data, pubkey->n.len, NULL);

    if (err == 0)
        err = gcry_mpi_scan(&e, GCRYMPI_FMT_USG, pubkey->e.data, pubkey->e.len,
                            NULL);
    if (err == 0)
        err = gcry_sexp_build(ret, NULL, "(public-key(rsa(n%m)(e%m)))", n, e);
    return err;
}

static gpg_error_t build_ec(const struct pubkey *pubkey, gcry_sexp_t *ret)
{
    AUTO_BYTES point = {0};
    const char *format = "(public-key(ecc(curve %s)(q%b)))";
    gpg_error_t err = 0;

    if (pubkey->curve->form == CURVE_EDWARDS)
        format = "(public-key(ecc(curve %s)(flags eddsa)(q%b)))";
    else if (pubkey->curve->form == CURVE_MONTGOMERY)
        format = "(public-key(ecc(curve %s)(flags djb-tweak)(q%b)))";
    if (pubkey->curve->form != CURVE_WEIERSTRASS)
        err = bytes_set(&point, span_make("\x40", 1));
    if (err == 0)
        err = bytes_append(&point, span_of(&pubkey->q));
    if (err == 0)
        err = gcry_sexp_build(ret, NULL, format, pubkey->curve->name,
                              (int)point.len, (const char *)point.data);
    return err;
}

gpg_error_t pubkey_build(const struct pubkey *pubkey, gcry_sexp_t *ret)
{
    return pubkey_is_rsa(pubkey) ? build_rsa(pubkey, ret)
                                 : build_ec(pubkey, ret);
}

gpg_error_t pubkey_to_sexp(const struct pubkey *pubkey, struct bytes *ret)
{
    AUTO_SEXP sexp = NULL;
    gpg_error_t err = pubkey_build(pubkey, &sexp);

    return err != 0 ? err : sexp_canonical(sexp, ret);
}

gpg_error_t pubkey_to_advanced(const struct pubkey *pubkey, struct bytes *ret)
{
    AUTO_SEXP sexp = NULL;
    gpg_error_t err = pubkey_build(pubkey, &sexp);

    return err != 0 ? err : sexp_advanced(sexp, ret);
}

gpg_error_t pubkey_keygrip(const struct pubkey *pubkey,
                           uint8_t ret[KEYGRIP_LEN])
{
    AUTO_SEXP sexp = NULL;
    gpg_error_t err = pubkey_build(pubkey, &sexp);

    if (err == 0 && gcry_pk_get_keygrip(sexp, ret) == NULL)
        err = gpg_error(GPG_ERR_BAD_PUBKEY);
    return err;
}

static unsigned bit_length(const struct bytes *number)
{
    unsigned bits = (unsigned)number->len * 8;

    for (uint8_t top = number->data[0]; (top & 0x80) == 0;
         top = (uint8_t)(top << 1))
        bits--;
    return bits;
}

char *pubkey_algo(const struct pubkey *pubkey)
{
    AUTO_STRBUF text = {0};
    char *algo = NULL;

    if (pubkey_is_rsa(pubkey))
        strbuf_printf(&text, "rsa%u", bit_length(&pubkey->n));
    else
        strbuf_puts(&text, pubkey->curve->algo);
    return strbuf_take(&text, &algo) == 0 ? algo : NULL;
}
