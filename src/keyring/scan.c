/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Making a card's keys and certificates of its token's objects. */
#include "keyring/scan.h"

#include <gcrypt.h>
#include <stdio.h>
#include <string.h>

#include "base/hex.h"
#include "base/isotime.h"
#include "base/str.h"
#include "keyring/openpgp.h"
#include "keyring/pair.h"

static const struct bytes nothing;

/* The first of the private key, public key and certificate that has one. */
static const struct bytes *first_id(const struct pair *pair)
{
    if (pair->private_key != NULL && pair->private_key->id.len != 0)
        return &pair->private_key->id;
    if (pair->public_key != NULL && pair->public_key->id.len != 0)
        return &pair->public_key->id;
    return pair->certificate != NULL ? &pair->certificate->object->id
                                     : &nothing;
}

static const struct bytes *first_label(const struct pair *pair)
{
    if (pair->private_key != NULL && pair->private_key->label.len != 0)
        return &pair->private_key->label;
    if (pair->public_key != NULL && pair->public_key->label.len != 0)
        return &pair->public_key->label;
    return pair->certificate != NULL ? &pair->certificate->object->label
                                     : &nothing;
}

static const struct bytes *first_params(const struct pair *pair)
{
    if (pair->private_key != NULL && pair->private_key->ec_params.len != 0)
        return &pair->private_key->ec_params;
    return pair->public_key != NULL ? &pair->public_key->ec_params : &nothing;
}

/* What the objects say of a use, the private key before the public one. */
static enum object_use known_use(enum object_use private_use,
                                 enum object_use public_use)
{
    return private_use != USE_UNKNOWN ? private_use : public_use;
}

struct uses {
    enum object_use sign;
    enum object_use decrypt;
    enum object_use derive; /* the public half of this says nothing */
};

/* With or without recovery. */
static enum object_use any_signing(const struct object *object)
{
    return object->sign_recover == USE_YES ? USE_YES : object->sign;
}

/* "private-mask" says it of all keys. */
static struct uses uses_of_mask(unsigned mask)
{
    const bool signs = (mask & (TOKEN_MASK_SIGN | TOKEN_MASK_SIGN_RECOVER));
    const bool decrypts = (mask & (TOKEN_MASK_DECRYPT | TOKEN_MASK_UNWRAP));

    return (struct uses){signs ? USE_YES : USE_NO, decrypts ? USE_YES : USE_NO,
                         decrypts ? USE_YES : USE_NO};
}

static struct uses get_uses(const struct card *card, const struct pair *pair)
{
    struct uses uses = {USE_UNKNOWN, USE_UNKNOWN, USE_UNKNOWN};

    if (card->private_mask != 0)
        return uses_of_mask(card->private_mask);
    if (pair->public_key != NULL) {
        uses.sign = any_signing(pair->public_key);
        uses.decrypt = pair->public_key->decrypt;
    }
    if (pair->private_key != NULL) {
        uses.sign = known_use(any_signing(pair->private_key), uses.sign);
        uses.decrypt = known_use(pair->private_key->decrypt, uses.decrypt);
        uses.derive = pair->private_key->derive;
    }
    return uses;
}

/* GnuPG makes an ECDH key of any EC key that has the letter e, so such a key
 * has either that or the others; the certificate decides if both are true. */
static unsigned ec_usage(const struct pair *pair, const struct uses *uses)
{
    const unsigned signing = KEY_SIGN | KEY_CERTIFY | KEY_AUTHENTICATE;

    if (uses->sign == USE_NO)
        return uses->derive != USE_NO ? KEY_ENCRYPT : 0;
    if (uses->derive != USE_NO && pair->restricted &&
        pair->usage == KEY_ENCRYPT)
        return KEY_ENCRYPT;
    return signing;
}

static unsigned choose_usage(const struct pair *pair, const struct uses *uses)
{
    const unsigned signing = KEY_SIGN | KEY_CERTIFY | KEY_AUTHENTICATE;
    const struct curve *curve = pair->pubkey.curve;
    unsigned usage = 0;

    if (curve == NULL) {
        usage |= uses->sign != USE_NO ? signing : 0;
        usage |= uses->decrypt != USE_NO ? KEY_ENCRYPT : 0;
    } else if (curve->form == CURVE_EDWARDS) {
        usage = uses->sign != USE_NO ? signing : 0;
    } else if (curve->form == CURVE_MONTGOMERY) {
        usage = uses->derive != USE_NO ? KEY_ENCRYPT : 0;
    } else {
        usage = ec_usage(pair, uses);
    }
    if (pair->restricted && (usage & pair->usage) != 0)
        usage &= pair->usage;
    /* One key that ssh cannot show spoils GnuPG 2.4's whole list. */
    if (curve != NULL && curve->ssh == NULL)
        usage &= ~(unsigned)KEY_AUTHENTICATE;
    return usage;
}

/* What is seen after a login only has no say if something of the key is seen
 * without one: else the date would change with the login. */
static uint32_t choose_keytime(const struct pair *pair)
{
    const bool shown = pair_is_public(pair);
    const struct object *object = pair->public_key;
    const uint32_t not_before =
        shown ? pair->public_not_before : pair->not_before;
    uint32_t start = 0;

    if (object == NULL || (shown && object->is_private))
        object = pair->private_key;
    if (object != NULL && !(shown && object->is_private) &&
        isotime_parse(span_of(&object->start_date), &start) == 0 && start != 0)
        return start;
    return not_before != 0 ? not_before : KEY_NO_TIME;
}

static void set_locator(struct key *key, const struct pair *pair)
{
    memcpy(key->locator.name, pair->grip, sizeof key->locator.name);
    key->locator.label = key->label;
    key->locator.id = bytes_share(first_id(pair));
    key->locator.raw_label = bytes_share(first_label(pair));
    key->locator.modulus = bytes_share(&key->pubkey.n);
    key->locator.ec_point = bytes_share(&key->pubkey.q);
    key->locator.ec_params = bytes_share(first_params(pair));
}

/* The reference that is sent for it. */
static gpg_error_t set_ref(const struct card *card, struct key *key)
{
    const struct span id = span_of(&key->locator.id);
    const struct span none = {0};

    if (id.len != 0 && card->type == CARD_TYPE_PKCS11)
        return identity_upstream_ref(&card->identity, id, &key->ref);
    return identity_own_ref(card_shares_id(card, key) ? none : id, key->grip,
                            &key->ref);
}

/* Everything of a key that its pair says. */
static gpg_error_t add_key(struct card *card, struct pair *pair)
{
    struct key *key = &card->keys[card->n_keys++];
    const struct uses uses = get_uses(card, pair);
    AUTO_FREE char *grip = hex_encode(span_make(pair->grip, KEYGRIP_LEN));
    AUTO_FREE char *algo = pubkey_algo(&pair->pubkey);

    key->token = card->token;
    key->serial = card->identity.serial;
    key->usage = choose_usage(pair, &uses);
    key->keytime = choose_keytime(pair);
    key->is_public = pair_is_public(pair);
    key->pubkey = pair->pubkey;
    pair->pubkey = (struct pubkey){0};
    key->label = str_printable(span_of(first_label(pair)));
    if (grip == NULL || key->label == NULL || algo == NULL)
        return gpg_error(GPG_ERR_ENOMEM);
    memcpy(key->grip, grip, sizeof key->grip);
    (void)snprintf(key->algo, sizeof key->algo, "%s", algo);
    key->may_sign = uses.sign != USE_NO;
    key->always_authenticate =
        pair->private_key != NULL && pair->private_key->always_authenticate;
    key->may_decrypt = key->pubkey.curve == NULL ? uses.decrypt != USE_NO
                                                 : uses.derive != USE_NO;
    set_locator(key, pair);
    return 0;
}

/* All keys in their order; then each gets what depends on the others, or has
 * to stay where it is. */
static gpg_error_t add_keys(struct card *card, const struct config *config,
                            struct pairs *pairs)
{
    gpg_error_t err = 0;

    for (size_t i = 0; i < pairs->n && err == 0; i++)
        err = add_key(card, &pairs->pairs[i]);
    if (err == 0)
        err = card_sort_keys(card);
    for (size_t i = 0; i < card->n_keys && err == 0; i++) {
        struct key *key = &card->keys[i];

        err = set_ref(card, key);
        if (err == 0 && alg_for_signing(&key->pubkey) != NULL &&
            !config->no_verify_signatures)
            err = verifier_new(&key->pubkey, &key->verifier);
    }
    return err;
}

/* For a certificate without a key: a reference by its CKA_ID or, if that names
 * something else, by a hash of itself. */
static gpg_error_t set_own_refs(const struct card *card, struct span id,
                                struct certificate *cert)
{
    struct span der = span_of(&cert->der);
    uint8_t hash[KEYGRIP_LEN] = {0};
    AUTO_FREE char *hex = NULL;
    AUTO_FREE char *ref = NULL;
    gpg_error_t err = 0;

    gcry_md_hash_buffer(GCRY_MD_SHA1, hash, der.data, der.len);
    hex = hex_encode(span_make(hash, sizeof hash));
    if (hex == NULL)
        return gpg_error(GPG_ERR_ENOMEM);
    err = identity_own_ref(id, hex, &ref);
    if (err == 0 &&
        (card_has_own_ref(card, ref) || card_certificate(card, ref) != NULL)) {
        free(TAKE(ref));
        err = identity_own_ref((struct span){0}, hex, &ref);
    } else if (err == 0 && id.len != 0) {
        err = identity_upstream_ref(&card->identity, id, &cert->upstream_ref);
    }
    if (err == 0)
        cert->own_ref = TAKE(ref);
    return err;
}

/* KEY is NULL if the certificate has none, or is not the first of its key. */
static gpg_error_t set_certificate_ref(const struct card *card,
                                       const struct pair_certificate *from,
                                       const struct key *key,
                                       struct certificate *cert)
{
    gpg_error_t err = 0;

    if (key != NULL) {
        cert->ref = key->ref;
        return 0;
    }
    err = set_own_refs(card, span_of(&from->object->id), cert);
    cert->ref = card->type == CARD_TYPE_PKCS11 && cert->upstream_ref != NULL
                    ? cert->upstream_ref
                    : cert->own_ref;
    return err;
}

static struct key *key_of(struct card *card,
                          const struct pair_certificate *from)
{
    AUTO_FREE char *grip = hex_encode(span_make(from->grip, KEYGRIP_LEN));
    const struct key *key = NULL;

    if (from->has_pubkey && grip != NULL)
        key = card_key_by_grip(card, grip);
    return key != NULL ? &card->keys[key - card->keys] : NULL;
}

/* Nearly all are found by their key. */
static gpg_error_t index_certificate(struct card *card,
                                     struct certificate *cert)
{
    gpg_error_t err = 0;

    if (cert->own_ref == NULL)
        return card_certificate(card, cert->ref) == cert
                   ? 0
                   : map_add(&card->odd_refs, cert->ref, cert);
    err = map_add(&card->odd_refs, cert->own_ref, cert);
    if (err == 0 && cert->upstream_ref != NULL)
        err = map_add(&card->odd_refs, cert->upstream_ref, cert);
    return err;
}

/* KEY is its key, or NULL. */
static gpg_error_t add_certificate(struct card *card, struct key *key,
                                   struct pair_certificate *from)
{
    struct certificate *cert = &card->certificates[card->n_certificates];
    gpg_error_t err =
        bytes_share_part(&cert->der, &from->object->certificate, from->der);

    cert->is_ca = from->is_ca;
    cert->has_key = key != NULL;
    cert->subject = TAKE(from->subject);
    /* A second certificate of the same key gets a reference of its own. */
    if (err == 0)
        err = set_certificate_ref(
            card, from, key != NULL && key->certificate == NULL ? key : NULL,
            cert);
    card->n_certificates++;
    if (err == 0 && key != NULL && key->certificate == NULL)
        key->certificate = cert;
    return err != 0 ? err : index_certificate(card, cert);
}

/* The card's holder is the person that the first certificate of a key is for,
 * by the order of the keys. */
static gpg_error_t add_certificates(struct card *card, struct pairs *pairs)
{
    const struct key *named = NULL; /* the one whose certificate it was */
    gpg_error_t err = 0;

    for (size_t i = 0; i < pairs->n_certificates && err == 0; i++) {
        struct pair_certificate *from = &pairs->certificates[i];
        struct key *key = NULL;

        if (from->is_left_out)
            continue;
        key = key_of(card, from);
        if (key != NULL && key->certificate == NULL &&
            from->holder[0] != '\0' && (named == NULL || key < named)) {
            free(card->holder);
            card->holder = TAKE(from->holder);
            named = key;
        }
        err = add_certificate(card, key, from);
    }
    return err;
}

gpg_error_t scan_objects(struct card *card, const struct config *config,
                         const struct object_list *objects, bool complete,
                         struct memory *memory)
{
    AUTO(pairs_clear) struct pairs pairs = {0};
    gpg_error_t err = pairs_make(objects, complete, memory, &pairs);

    if (err == 0 && complete && memory != NULL)
        err = memory_collect(memory, &pairs);
    if (err != 0)
        return err;
    card->keys = calloc(pairs.n + 1, sizeof(struct key));
    card->certificates =
        calloc(pairs.n_certificates + 1, sizeof(struct certificate));
    if (card->keys == NULL || card->certificates == NULL)
        return gpg_error(GPG_ERR_ENOMEM);
    err = add_keys(card, config, &pairs);
    if (err == 0)
        err = openpgp_choose(card, config);
    if (err == 0)
        err = add_certificates(card, &pairs);
    card->skipped = pairs.skipped;
    card->n_skipped = pairs.n_skipped;
    pairs.skipped = NULL;
    pairs.n_skipped = 0;
    return err;
}
