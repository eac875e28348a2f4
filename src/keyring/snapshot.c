/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* All cards as they were at one moment; immutable, shared by those who look
 * at it. */
#include "keyring/snapshot.h"

#include <string.h>

#include "base/hex.h"
#include "base/str.h"
#include "keyring/twins.h"

struct snapshot *snapshot_ref(struct snapshot *snapshot)
{
    atomic_fetch_add(&snapshot->references, 1);
    return snapshot;
}

void snapshot_unref(struct snapshot *snapshot)
{
    if (snapshot == NULL || atomic_fetch_sub(&snapshot->references, 1) != 1)
        return;
    for (size_t i = 0; i < snapshot->n_cards; i++)
        card_unref(snapshot->cards[i]);
    free(snapshot->cards);
    map_clear(&snapshot->by_grip);
    free(snapshot->gone);
    free(snapshot);
}

void snapshot_unref_auto(struct snapshot **snapshot)
{
    snapshot_unref(*snapshot);
}

gpg_error_t snapshot_new(struct card **cards, size_t n, struct snapshot **ret)
{
    AUTO_SNAPSHOT *snapshot = calloc(1, sizeof *snapshot);

    if (snapshot == NULL) {
        for (size_t i = 0; i < n; i++)
            card_unref(cards[i]);
        free(cards);
        return gpg_error(GPG_ERR_ENOMEM);
    }
    atomic_init(&snapshot->references, 1);
    snapshot->cards = cards;
    snapshot->n_cards = n;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < cards[i]->n_keys; j++) {
            struct key *key = &cards[i]->keys[j];
            gpg_error_t err = map_add(&snapshot->by_grip, key->grip, key);

            if (err != 0)
                return err;
        }
    }
    *ret = TAKE(snapshot);
    return 0;
}

static void note_gone(struct snapshot *snapshot, const char *grip)
{
    if (snapshot->n_gone == SNAPSHOT_MAX_GONE ||
        map_get(&snapshot->by_grip, grip) != NULL)
        return;
    memcpy(snapshot->gone[snapshot->n_gone++], grip, KEYGRIP_HEX_LEN + 1);
}

static bool has_token(const struct snapshot *snapshot,
                      const struct token *token)
{
    for (size_t i = 0; i < snapshot->n_cards; i++)
        if (snapshot->cards[i]->token == token)
            return true;
    return false;
}

gpg_error_t snapshot_note_gone(struct snapshot *snapshot,
                               const struct snapshot *old)
{
    size_t n = old->n_gone;

    for (size_t i = 0; i < old->n_cards; i++)
        if (!has_token(snapshot, old->cards[i]->token))
            n += old->cards[i]->n_keys;
    if (n == 0)
        return 0;
    snapshot->gone = calloc(n, sizeof *snapshot->gone);
    if (snapshot->gone == NULL)
        return gpg_error_from_syserror();
    for (size_t i = 0; i < old->n_cards; i++) {
        const struct card *card = old->cards[i];

        for (size_t j = 0; j < card->n_keys; j++)
            if (!has_token(snapshot, card->token))
                note_gone(snapshot, card->keys[j].grip);
    }
    for (size_t i = 0; i < old->n_gone; i++)
        note_gone(snapshot, old->gone[i]);
    return 0;
}

static bool is_gone(const struct snapshot *snapshot, const char *grip)
{
    for (size_t i = 0; i < snapshot->n_gone; i++)
        if (str_equal_nocase(snapshot->gone[i], grip))
            return true;
    return false;
}

const struct card *snapshot_card(const struct snapshot *snapshot,
                                 const char *serial)
{
    for (size_t i = 0; i < snapshot->n_cards; i++)
        if (str_equal_nocase(snapshot->cards[i]->identity.serial, serial))
            return snapshot->cards[i];
    for (size_t i = 0; i < snapshot->n_cards; i++)
        if (identity_has_serial(&snapshot->cards[i]->identity, serial))
            return snapshot->cards[i];
    for (size_t i = 0; i < snapshot->n_cards; i++)
        if (twins_could_be(snapshot->cards[i], serial))
            return snapshot->cards[i];
    return NULL;
}

/* The first that has the configuration's key for SLOT; NULL if none has. */
static const struct card *configured_card(const struct snapshot *snapshot,
                                          int slot)
{
    for (size_t i = 0; i < snapshot->n_cards; i++)
        if (snapshot->cards[i]->is_configured[slot])
            return snapshot->cards[i];
    return NULL;
}

const struct card *snapshot_default_card(const struct snapshot *snapshot)
{
    const struct card *card = NULL;

    for (int slot = 0; slot < OPENPGP_SLOTS && card == NULL; slot++)
        card = configured_card(snapshot, slot);
    if (card == NULL && snapshot->n_cards > 0)
        card = snapshot->cards[0];
    return card;
}

bool snapshot_is_shared_serial(const struct snapshot *snapshot,
                               const char *serial)
{
    size_t n = 0;

    for (size_t i = 0; i < snapshot->n_cards; i++) {
        const struct identity *identity = &snapshot->cards[i]->identity;

        if (str_equal_nocase(identity->serial, serial))
            return false;
        n += identity_has_serial(identity, serial);
    }
    return n > 1;
}

const struct key *snapshot_key_by_grip(const struct snapshot *snapshot,
                                       const struct card *card,
                                       const char *grip)
{
    char upper[KEYGRIP_HEX_LEN + 1] = {0};
    const struct key *key = NULL;
    const struct key *own = NULL;

    for (size_t i = 0; i < KEYGRIP_HEX_LEN; i++)
        upper[i] =
            (char)(grip[i] >= 'a' && grip[i] <= 'f' ? grip[i] - 32 : grip[i]);
    key = map_get(&snapshot->by_grip, upper);
    if (key == NULL || card == NULL || key->token == card->token)
        return key;
    own = card_key_by_grip(card, upper);
    return own != NULL ? own : key;
}

/* OPENPGP.n and the names of GETATTR for the same; -1 for others. */
static int openpgp_slot(const char *name)
{
    static const struct {
        const char *name;
        enum openpgp_slot slot;
    } names[] = {
        {"OPENPGP.1", OPENPGP_SIGN},  {"OPENPGP.2", OPENPGP_ENCR},
        {"OPENPGP.3", OPENPGP_AUTH},  {"$SIGNKEYID", OPENPGP_SIGN},
        {"$ENCRKEYID", OPENPGP_ENCR}, {"$AUTHKEYID", OPENPGP_AUTH},
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_equal_nocase(name, names[i].name))
            return (int)names[i].slot;
    return -1;
}

static const struct key *on_card(const struct card *card, int slot,
                                 const char *ref)
{
    return slot >= 0 ? card->openpgp[slot] : card_key_by_own_ref(card, ref);
}

/* Of the first card that it is about. */
static const struct key *first_with_old_ref(const struct snapshot *snapshot,
                                            const char *ref)
{
    const struct key *key = NULL;

    for (size_t i = 0; i < snapshot->n_cards && key == NULL; i++)
        key = card_key_by_old_ref(snapshot->cards[i], ref);
    return key;
}

/* The key that REF of 0.10 means, NULL if none.  Those of twins are the same:
 * then it is the one on CARD, or the only one. */
static gpg_error_t find_historic(const struct snapshot *snapshot,
                                 const struct card *card, bool any_card,
                                 const char *ref, const struct key **ret)
{
    const struct key *first = first_with_old_ref(snapshot, ref);

    if (first != NULL && card != NULL && card->mark != NULL && !any_card) {
        *ret = card_key_by_old_ref(card, ref);
        if (*ret != NULL)
            return 0;
    }
    *ret = first;
    if (first == NULL)
        return 0;
    for (size_t i = 0; i < snapshot->n_cards; i++) {
        const struct card *twin = snapshot->cards[i];
        const struct key *other = NULL;

        if (twin->mark != NULL)
            other = card_key_by_old_ref(twin, ref);
        if (other != NULL && !str_equal(other->grip, first->grip))
            return gpg_error(GPG_ERR_AMBIGUOUS_NAME);
    }
    return 0;
}

/* Is REF, in the one spelling, of a form that names its token too, and that is
 * none of these? */
static bool names_absent_token(const struct snapshot *snapshot, const char *ref)
{
    if (identity_is_own_ref(ref))
        return false;
    for (size_t i = 0; i < snapshot->n_cards; i++) {
        const struct identity *identity = &snapshot->cards[i]->identity;

        if (str_has_prefix(ref, identity->upstream_id) ||
            str_has_prefix(ref, identity->uri_id))
            return false;
    }
    return true;
}

gpg_error_t snapshot_find_key(const struct snapshot *snapshot,
                              const struct card *card, bool any_card,
                              const char *name, const struct key **ret)
{
    AUTO_FREE char *ref = NULL;
    const struct key *key = NULL;
    int slot = openpgp_slot(name);

    if (strlen(name) == KEYGRIP_HEX_LEN && hex_is(name, KEYGRIP_HEX_LEN)) {
        *ret = snapshot_key_by_grip(snapshot, card, name);
        if (*ret != NULL)
            return 0;
        return gpg_error(is_gone(snapshot, name) ? GPG_ERR_CARD_NOT_PRESENT
                                                 : GPG_ERR_NO_SECKEY);
    }
    if (slot < 0) {
        gpg_error_t err = identity_canonical_ref(name, &ref);

        if (err == 0)
            err = find_historic(snapshot, card, any_card, ref, &key);
        if (err != 0)
            return err;
    } else if (any_card && (card == NULL || !card->is_configured[slot])) {
        const struct card *configured = configured_card(snapshot, slot);

        if (configured != NULL)
            key = configured->openpgp[slot];
    }
    if (key == NULL && card != NULL)
        key = on_card(card, slot, ref);
    for (size_t i = 0; key == NULL && any_card && i < snapshot->n_cards; i++)
        key = on_card(snapshot->cards[i], slot, ref);
    if (key == NULL)
        return gpg_error(ref != NULL && names_absent_token(snapshot, ref)
                             ? GPG_ERR_CARD_NOT_PRESENT
                             : GPG_ERR_NOT_FOUND);
    *ret = key;
    return 0;
}

gpg_error_t snapshot_find_shared_key(const struct snapshot *snapshot,
                                     const char *serial, const char *name,
                                     const struct key **ret)
{
    const struct key *found = NULL;
    gpg_error_t none = gpg_error(GPG_ERR_NOT_FOUND);

    for (size_t i = 0; i < snapshot->n_cards; i++) {
        const struct card *card = snapshot->cards[i];
        const struct key *key = NULL;
        gpg_error_t err = 0;

        if (!identity_has_serial(&card->identity, serial))
            continue;
        err = snapshot_find_key(snapshot, card, false, name, &key);
        if (err != 0)
            none = err;
        else if (found == NULL)
            found = key;
        else if (!str_equal(found->grip, key->grip))
            return gpg_error(GPG_ERR_AMBIGUOUS_NAME);
    }
    if (found == NULL)
        return none;
    *ret = found;
    return 0;
}
