/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Public keys of every kind, made and written by OpenSSL and ssh-keygen; and
 * token objects and certificates with them. */
#ifndef SAMPLE_KEYS_H
#define SAMPLE_KEYS_H

#include "pkcs11/objects.h"

enum sample {
    SAMPLE_RSA,
    SAMPLE_RSA_OTHER,
    SAMPLE_P256,
    SAMPLE_P256_OTHER,
    SAMPLE_P384,
    SAMPLE_P521,
    SAMPLE_BRAINPOOL,
    SAMPLE_ED25519,
    SAMPLE_X25519,
    SAMPLES
};

/* All numbers in hex; NULL: the key does not have it. */
struct sample_key {
    const char *algo; /* GnuPG's name */
    const char *spki; /* DER */
    const char *n;    /* RSA modulus and exponent */
    const char *e;
    const char *params; /* DER of the curve's OID */
    const char *point;  /* raw */
    const char *ssh;    /* type and base64 */
};

extern const struct sample_key sample_keys[SAMPLES];

/* The bytes of HEX replace what RET held. */
void sample_bytes(const char *hex, struct bytes *ret);

/* A new object at the end of LIST with this CKA_ID, without a label, without
 * any public part; it may move when more are added. */
struct object *sample_object(struct object_list *list, enum object_class class,
                             enum sample which, const char *id);

/* The same with all of its public part. */
struct object *sample_full_object(struct object_list *list,
                                  enum object_class class, enum sample which,
                                  const char *id);

/* What a certificate says besides its key. */
struct sample_cert {
    enum sample which;
    const char *subject; /* common name */
    bool is_ca;
    int key_usage; /* first byte of the BIT STRING, -1: no such extension */
};

/* Bits of key_usage (RFC 5280, section 4.2.1.3). */
#define SAMPLE_DIGITAL_SIGNATURE 0x80
#define SAMPLE_NON_REPUDIATION 0x40
#define SAMPLE_KEY_ENCIPHERMENT 0x20
#define SAMPLE_DATA_ENCIPHERMENT 0x10
#define SAMPLE_KEY_AGREEMENT 0x08
#define SAMPLE_CERT_SIGN 0x04

/* A certificate object, its signature nothing: nobody checks it here. */
struct object *sample_certificate(struct object_list *list,
                                  const struct sample_cert *cert,
                                  const char *id);

#endif
