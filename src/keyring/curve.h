/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The elliptic curves we know, and their points. */
#ifndef KEYRING_CURVE_H
#define KEYRING_CURVE_H

#include "base/bytes.h"

enum curve_form {
    CURVE_WEIERSTRASS, /* points 04||X||Y, ECDSA and ECDH */
    CURVE_EDWARDS,     /* Ed25519: 32 bytes, EdDSA */
    CURVE_MONTGOMERY   /* X25519: 32 bytes, ECDH */
};

struct curve {
    const char *name; /* libgcrypt's */
    const char *algo; /* GnuPG's name of a key on it: "nistp256" */
    const char *ssh;  /* RFC 5656 or 8709 key type, NULL if ssh has none */
    const char *oid;  /* dotted */
    struct span der;  /* the OID's DER contents */
    const char *other_names[3]; /* that modules use in a PrintableString */
    enum curve_form form;
    size_t field_len; /* bytes of a coordinate and of half a signature */
};

/* By CKA_EC_PARAMS: an OID, or a name in a PrintableString (PKCS#11 3.0,
 * section 2.3.3).  NULL if the curve is unknown or has explicit parameters. */
const struct curve *curve_from_params(struct span params);

/* By a dotted OID or one of its names, any case.  NULL if unknown. */
const struct curve *curve_from_name(struct span name);

/* The I-th curve, NULL past the last. */
const struct curve *curve_at(size_t i);

/* A public point in any of the encodings that modules and GnuPG use (raw, in
 * an OCTET STRING, with GnuPG's 0x40 prefix, compressed), as 04||X||Y or the
 * 32 bytes of a 25519 curve.  GPG_ERR_BAD_PUBKEY if it is none of them, a
 * Weierstrass point that is not on the curve, or a Curve25519 one of low
 * order. */
NODISCARD gpg_error_t curve_decode_point(const struct curve *curve,
                                         struct span encoded,
                                         struct bytes *ret);

#endif
