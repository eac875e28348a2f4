/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A token's keys as OpenPGP sees them. */
#include "keyring/openpgp.h"

#include <gcrypt.h>
#include <string.h>
#include <strings.h>

#include "base/hex.h"
#include "base/log.h"
#include "base/str.h"

/* May the configuration put KEY there?  Its usage is another matter. */
static bool is_able(const struct key *key, enum openpgp_slot slot)
{
    return slot == OPENPGP_ENCR
               ? key->may_decrypt && alg_for_decryption(&key->pubkey) != NULL
               : key->may_sign && alg_for_signing(&key->pubkey) != NULL;
}

static bool can(const struct key *key, enum openpgp_slot slot)
{
    static const unsigned wanted[OPENPGP_SLOTS] = {
        [OPENPGP_SIGN] = KEY_SIGN,
        [OPENPGP_ENCR] = KEY_ENCRYPT,
        [OPENPGP_AUTH] = KEY_AUTHENTICATE,
    };

    return (key->usage & wanted[slot]) != 0;
}

/* A key in two slots is named after the first. */
static gpg_error_t name_slots(struct card *card)
{
    for (size_t slot = OPENPGP_SLOTS; slot-- > 0;) {
        struct key *key = NULL;
        AUTO_STRBUF name = {0};
        char *ref = NULL;
        gpg_error_t err = 0;

        if (card->openpgp[slot] == NULL)
            continue;
        key = &card->keys[card->openpgp[slot] - card->keys];
        strbuf_printf(&name, "OPENPGP.%zu", slot + 1);
        err = strbuf_take(&name, &ref);
        if (err != 0)
            return err;
        free(key->ref);
        key->ref = ref;
    }
    return 0;
}

/* The key with this keygrip, if there is one on the card and it is able. */
static const struct key *named_key(const struct card *card, const char *grip,
                                   enum openpgp_slot slot)
{
    for (size_t i = 0; grip != NULL && i < card->n_keys; i++) {
        const struct key *key = &card->keys[i];

        if (!str_equal(key->grip, grip))
            continue;
        if (is_able(key, slot))
            return key;
        log_warning("token '%s': key %s is configured as OPENPGP.%d, but it "
                    "cannot %s",
                    card->label != NULL ? card->label : "", grip, slot + 1,
                    slot == OPENPGP_ENCR ? "decrypt" : "sign");
    }
    return NULL;
}

gpg_error_t openpgp_choose(struct card *card, const struct config *config)
{
    if (card->keys == NULL) /* the token could not be read */
        return 0;
    for (size_t i = 0; i < OPENPGP_SLOTS; i++) {
        const enum openpgp_slot slot = (enum openpgp_slot)i;

        card->openpgp[slot] = named_key(card, config->openpgp_grip[slot], slot);
        card->is_configured[slot] = card->openpgp[slot] != NULL;
        for (size_t j = 0; j < card->n_keys && card->openpgp[slot] == NULL; j++)
            if (can(&card->keys[j], slot))
                card->openpgp[slot] = &card->keys[j];
    }
    return card->type == CARD_TYPE_OPENPGP ? name_slots(card) : 0;
}

int openpgp_slot_from_name(const char *name)
{
    static const char prefix[] = "OPENPGP.";

    if (strncasecmp(name, prefix, strlen(prefix)) == 0)
        name += strlen(prefix);
    if (name[0] < '1' || name[0] > '3' || name[1] != '\0')
        return -1;
    return name[0] - '1';
}

enum openpgp_algo openpgp_algo(const struct key *key, enum openpgp_slot slot)
{
    const struct curve *curve = key->pubkey.curve;

    if (curve == NULL)
        return OPENPGP_RSA;
    switch (curve->form) {
    case CURVE_EDWARDS:
        return OPENPGP_EDDSA;
    case CURVE_MONTGOMERY:
        return OPENPGP_ECDH;
    case CURVE_WEIERSTRASS:
        break;
    }
    return slot == OPENPGP_ENCR ? OPENPGP_ECDH : OPENPGP_ECDSA;
}

static gpg_error_t put_byte(struct bytes *b, unsigned value)
{
    uint8_t byte = (uint8_t)value;

    return bytes_append(b, span_make(&byte, 1));
}

/* A number of multiple precision (RFC 4880, section 3.2). */
static gpg_error_t put_mpi(struct bytes *b, struct span number)
{
    struct span digits = span_strip_zeros(number);
    size_t bits = 8 * digits.len;
    gpg_error_t err = 0;

    for (unsigned top = digits.len != 0 ? digits.data[0] : 0x80; top < 0x80;
         top <<= 1)
        bits--;
    err = put_byte(b, (unsigned)(bits >> 8));
    if (err == 0)
        err = put_byte(b, (unsigned)(bits & 0xff));
    return err != 0 ? err : bytes_append(b, digits);
}

/* OpenPGP names the 25519 curves as it did before RFC 8410. */
struct span openpgp_curve_oid(const struct curve *curve)
{
    static const uint8_t ed25519[] = {0x2b, 0x06, 0x01, 0x04, 0x01,
                                      0xda, 0x47, 0x0f, 0x01};
    static const uint8_t curve25519[] = {0x2b, 0x06, 0x01, 0x04, 0x01,
                                         0x97, 0x55, 0x01, 0x05, 0x01};

    switch (curve->form) {
    case CURVE_EDWARDS:
        return span_make(ed25519, sizeof ed25519);
    case CURVE_MONTGOMERY:
        return span_make(curve25519, sizeof curve25519);
    case CURVE_WEIERSTRASS:
        break;
    }
    return curve->der;
}

gpg_error_t openpgp_point(const struct pubkey *pubkey, struct bytes *ret)
{
    AUTO_BYTES point = {0};
    gpg_error_t err = 0;

    if (pubkey->curve->form != CURVE_WEIERSTRASS)
        err = put_byte(&point, 0x40);
    if (err == 0)
        err = bytes_append(&point, span_of(&pubkey->q));
    if (err == 0)
        *ret = bytes_take(&point);
    return err;
}

/* The hash and cipher that GnuPG takes for a curve of this size (RFC 6637,
 * section 13, but for AES-256 in the middle; 2.2 still had AES-192 there). */
static gpg_error_t put_kdf(struct bytes *b, const struct curve *curve)
{
    static const uint8_t small[] = {3, 1, 8, 7};  /* SHA-256, AES-128 */
    static const uint8_t medium[] = {3, 1, 9, 9}; /* SHA-384, AES-256 */
    static const uint8_t large[] = {3, 1, 10, 9}; /* SHA-512, AES-256 */
    const uint8_t *kdf = large;

    if (curve->field_len <= 32)
        kdf = small;
    else if (curve->field_len <= 48)
        kdf = medium;
    return bytes_append(b, span_make(kdf, sizeof small));
}

/* The parameters of the algorithm, as in a public-key packet. */
static gpg_error_t put_parameters(struct bytes *b, const struct pubkey *pubkey,
                                  enum openpgp_algo algo)
{
    AUTO_BYTES point = {0};
    gpg_error_t err = 0;

    if (algo == OPENPGP_RSA) {
        err = put_mpi(b, span_of(&pubkey->n));
        return err != 0 ? err : put_mpi(b, span_of(&pubkey->e));
    }
    err = put_byte(b, (unsigned)openpgp_curve_oid(pubkey->curve).len);
    if (err == 0)
        err = bytes_append(b, openpgp_curve_oid(pubkey->curve));
    if (err == 0)
        err = openpgp_point(pubkey, &point);
    if (err == 0)
        err = put_mpi(b, span_of(&point));
    if (err == 0 && algo == OPENPGP_ECDH)
        err = put_kdf(b, pubkey->curve);
    return err;
}

gpg_error_t openpgp_fingerprint(const struct key *key, enum openpgp_slot slot,
                                uint32_t created,
                                char ret[OPENPGP_FINGERPRINT_SIZE])
{
    const enum openpgp_algo algo = openpgp_algo(key, slot);
    AUTO_BYTES parameters = {0};
    AUTO_BYTES packet = {0};
    AUTO_FREE char *hex = NULL;
    uint8_t digest[20] = {0};
    size_t len = 0;
    gpg_error_t err = put_parameters(&parameters, &key->pubkey, algo);

    len = parameters.len + 6;
    if (err == 0 && len > UINT16_MAX)
        err = gpg_error(GPG_ERR_TOO_LARGE);
    if (err == 0) {
        const uint8_t head[] = {0x99,
                                (uint8_t)(len >> 8),
                                (uint8_t)len,
                                4,
                                (uint8_t)(created >> 24),
                                (uint8_t)(created >> 16),
                                (uint8_t)(created >> 8),
                                (uint8_t)created,
                                (uint8_t)algo};

        err = bytes_set(&packet, span_make(head, sizeof head));
    }
    if (err == 0)
        err = bytes_append(&packet, span_of(&parameters));
    if (err != 0)
        return err;
    gcry_md_hash_buffer(GCRY_MD_SHA1, digest, packet.data, packet.len);
    hex = hex_encode(span_make(digest, sizeof digest));
    if (hex == NULL)
        return gpg_error(GPG_ERR_ENOMEM);
    memcpy(ret, hex, OPENPGP_FINGERPRINT_SIZE);
    return 0;
}
