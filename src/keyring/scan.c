/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Making a card's keys and certificates of its token's objects. */
#include "keyring/scan.h"

#include <gcrypt.h>
#include <string.h>

#include "base/hex.h"
#include "base/isotime.h"
#include "base/str.h"
#include "keyring/openpgp.h"
#include "keyring/pair.h"

/* The first of the private key, public key and certificate that has one. */
static struct span first_id(const struct pair *pair)
{
    if (pair->private_key != NULL && pair->private_key->id.len != 0)
        return span_of(&pair->private_key->id);
    if (pair->public_key != NULL && pair->public_key->id.len != 0)
        return span_of(&pair->public_key->id);
    if (pair->certificate != NULL)
        return span_of(&pair->certificate->object->id);
    return (struct span){0};
}

static struct span first_label(const struct pair *pair)
{
    if (pair->private_key != NULL && pair->private_key->label.len != 0)
        return span_of(&pair->private_key->label);
    if (pair->public_key != NULL && pair->public_key->label.len != 0)
        return span_of(&pair->public_key->label);
    if (pair->certificate != NULL)
        return span_of(&pair->certificate->object->label);
    return (struct span){0};
}

static struct span first_params(const struct pair *pair)
{
    if (pair->private_key != NULL && pair->private_key->ec_params.len != 0)
        return span_of(&pair->private_key->ec_params);
    if (pair->public_key != NULL)
        return span_of(&pair->public_key->ec_params);
    return (struct span){0};
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

static gpg_error_t set_locator(struct key *key, const struct pair *pair)
{
    struct key_locator *l = &key->locator;
    gpg_error_t err = bytes_set(&l->id, first_id(pair));

    memcpy(l->name, pair->grip, sizeof l->name);
    l->label = key->label;
    if (err == 0)
        err = bytes_set(&l->raw_label, first_label(pair));
    if (err == 0)
        err = bytes_set(&l->modulus, span_of(&key->pubkey.n));
    if (err == 0)
        err = bytes_set(&l->ec_point, span_of(&key->pubkey.q));
    if (err == 0)
        err = bytes_set(&l->ec_params, first_params(pair));
    return err;
}

/* Does another pair have the same CKA_ID?  Then it names neither. */
static bool is_id_shared(const struct pairs *pairs, size_t index)
{
    struct span id = first_id(&pairs->pairs[index]);

    for (size_t i = 0; i < pairs->n; i++)
        if (i != index && span_equal(first_id(&pairs->pairs[i]), id))
            return true;
    return false;
}

static gpg_error_t set_refs(struct key *key, const struct identity *identity,
                            enum card_type type, bool id_is_shared)
{
    const struct span id = span_of(&key->locator.id);
    const struct span none = {0};
    const bool has_id_ref = id.len != 0 && !id_is_shared;
    gpg_error_t err = identity_own_ref(none, key->grip, &key->grip_ref);

    if (err == 0 && id.len != 0)
        err = identity_own_ref(id, key->grip, &key->id_ref);
    if (err == 0)
        err = str_copy(has_id_ref ? key->id_ref : key->grip_ref, &key->own_ref);
    if (err == 0 && id.len != 0)
        err = identity_upstream_ref(identity, id, &key->upstream_ref);
    if (err == 0 && id.len != 0)
        err = identity_uri_ref(identity, id, &key->uri_ref);
    if (err == 0)
        err = str_copy(type == CARD_TYPE_PKCS11 && key->upstream_ref != NULL
                           ? key->upstream_ref
                           : key->own_ref,
                       &key->ref);
    return err;
}

/* Everything of a key that its pair says; its references come later. */
static gpg_error_t fill_key(struct key *key, const struct config *config,
                            const struct uses *uses, struct pair *pair)
{
    AUTO_FREE char *grip = hex_encode(span_make(pair->grip, KEYGRIP_LEN));
    gpg_error_t err = 0;

    key->pubkey = pair->pubkey;
    pair->pubkey = (struct pubkey){0};
    key->label = str_printable(first_label(pair));
    key->algo = pubkey_algo(&key->pubkey);
    if (grip == NULL || key->label == NULL || key->algo == NULL)
        return gpg_error(GPG_ERR_ENOMEM);
    memcpy(key->grip, grip, sizeof key->grip);
    key->may_sign = uses->sign != USE_NO;
    key->always_authenticate =
        pair->private_key != NULL && pair->private_key->always_authenticate;
    key->may_decrypt = key->pubkey.curve == NULL ? uses->decrypt != USE_NO
                                                 : uses->derive != USE_NO;
    err = pubkey_to_sexp(&key->pubkey, &key->sexp);
    if (err == 0 && alg_for_signing(&key->pubkey) != NULL &&
        !config->no_verify_signatures)
        err = verifier_new(&key->pubkey, &key->verifier);
    return err;
}

static gpg_error_t add_key(struct card *card, const struct config *config,
                           struct pairs *pairs, size_t index)
{
    struct pair *pair = &pairs->pairs[index];
    struct key *key = &card->keys[card->n_keys++];
    const struct uses uses = get_uses(card, pair);
    gpg_error_t err = 0;

    key->token = card->token;
    key->serial = card->identity.serial;
    key->usage = choose_usage(pair, &uses);
    key->keytime = choose_keytime(pair);
    key->is_public = pair_is_public(pair);
    err = fill_key(key, config, &uses, pair);
    if (err == 0)
        err = set_locator(key, pair);
    if (err == 0)
        err = set_refs(key, &card->identity, card->type,
                       is_id_shared(pairs, index));
    return err;
}

static int compare_keys(const void *a, const void *b)
{
    const struct key *ka = a;
    const struct key *kb = b;
    const struct bytes *ia = &ka->locator.id;
    const struct bytes *ib = &kb->locator.id;
    size_t len = ia->len < ib->len ? ia->len : ib->len;
    int order = len != 0 ? memcmp(ia->data, ib->data, len) : 0;

    if (order == 0 && ia->len != ib->len)
        order = ia->len < ib->len ? -1 : 1;
    return order != 0 ? order : strcmp(ka->grip, kb->grip);
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

    if (key != NULL)
        return str_copy(key->ref, &cert->ref);
    err = set_own_refs(card, span_of(&from->object->id), cert);
    if (err != 0)
        return err;
    return str_copy(card->type == CARD_TYPE_PKCS11 && cert->upstream_ref != NULL
                        ? cert->upstream_ref
                        : cert->own_ref,
                    &cert->ref);
}

static struct key *key_of(const struct card *card,
                          const struct pair_certificate *from)
{
    AUTO_FREE char *grip = hex_encode(span_make(from->grip, KEYGRIP_LEN));

    if (!from->has_pubkey || grip == NULL)
        return NULL;
    for (size_t i = 0; i < card->n_keys; i++)
        if (str_equal(card->keys[i].grip, grip))
            return &card->keys[i];
    return NULL;
}

static gpg_error_t add_certificate(struct card *card,
                                   const struct pair_certificate *from)
{
    struct certificate *cert = &card->certificates[card->n_certificates];
    struct key *key = key_of(card, from);
    gpg_error_t err = 0;

    cert->is_ca = from->is_ca;
    cert->has_key = key != NULL;
    err = str_copy(from->subject, &cert->subject);
    if (err == 0)
        err = str_copy(from->holder, &cert->holder);
    if (err == 0)
        err = bytes_set(&cert->der, from->der);
    /* A second certificate of the same key gets a reference of its own. */
    if (err == 0)
        err = set_certificate_ref(
            card, from, key != NULL && key->certificate == NULL ? key : NULL,
            cert);
    card->n_certificates++;
    if (err == 0 && key != NULL && key->certificate == NULL)
        key->certificate = cert;
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
    for (size_t i = 0; i < pairs.n && err == 0; i++)
        err = add_key(card, config, &pairs, i);
    if (err != 0)
        return err;
    qsort(card->keys, card->n_keys, sizeof(struct key), compare_keys);
    err = openpgp_choose(card, config);
    for (size_t i = 0; i < pairs.n_certificates && err == 0; i++)
        if (!pairs.certificates[i].is_left_out)
            err = add_certificate(card, &pairs.certificates[i]);
    card->skipped = pairs.skipped;
    card->n_skipped = pairs.n_skipped;
    pairs.skipped = NULL;
    pairs.n_skipped = 0;
    return err;
}
