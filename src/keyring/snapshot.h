/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* All cards as they were at one moment; immutable, shared by those who look
 * at it. */
#ifndef KEYRING_SNAPSHOT_H
#define KEYRING_SNAPSHOT_H

#include "keyring/card.h"

struct snapshot {
    _Atomic unsigned references;
    struct card **cards;
    size_t n_cards;
    size_t n_left_out;  /* tokens and slots that no "match-uri" fits */
    struct map by_grip; /* of the first card that has the key */
    /* Keys that were on tokens which have gone since: their keygrips. */
    char (*gone)[KEYGRIP_HEX_LEN + 1];
    size_t n_gone;
};

/* More keys of tokens that have gone are not remembered. */
#define SNAPSHOT_MAX_GONE ((size_t)1024)

/* Takes over the references to the N cards, on failure too. */
NODISCARD gpg_error_t snapshot_new(struct card **cards, size_t n,
                                   struct snapshot **ret);
/* Which keys of OLD, the snapshot before this one, went with their tokens. */
NODISCARD gpg_error_t snapshot_note_gone(struct snapshot *snapshot,
                                         const struct snapshot *old);
struct snapshot *snapshot_ref(struct snapshot *snapshot);
void snapshot_unref(struct snapshot *snapshot);
void snapshot_unref_auto(struct snapshot **snapshot);
#define AUTO_SNAPSHOT AUTO(snapshot_unref_auto) struct snapshot

/* The card with this serial number: the one that is sent, else any that it is
 * or was known by; NULL if none. */
const struct card *snapshot_card(const struct snapshot *snapshot,
                                 const char *serial);

/* The card that is meant where nobody says which: the first with the key that
 * the configuration has for OPENPGP.1, else for .2, else for .3; else the first
 * of all.  NULL if there is none. */
const struct card *snapshot_default_card(const struct snapshot *snapshot);

/* Do several cards have this serial number, none of which it is sent for?  The
 * names alone do not tell twins apart, but key files may be older than the
 * second of them. */
bool snapshot_is_shared_serial(const struct snapshot *snapshot,
                               const char *serial);

/* By keygrip, either case.  On CARD if that has the key, else on the first
 * that does.  NULL if none. */
const struct key *snapshot_key_by_grip(const struct snapshot *snapshot,
                                       const struct card *card,
                                       const char *grip);

/* By any name a client may use: a keygrip, a reference in any of the three
 * forms, OPENPGP.n, $SIGNKEYID and its like.  Names that are not of all
 * tokens are looked for on CARD; with ANY_CARD on the others next, but first of
 * all the configuration's key for OPENPGP.n on any of them.
 * GPG_ERR_NO_SECKEY for a keygrip, GPG_ERR_NOT_FOUND for another name,
 * GPG_ERR_CARD_NOT_PRESENT if it names a token that is not here, or a key that
 * went with one,
 * GPG_ERR_INV_ID if it cannot be a name, GPG_ERR_AMBIGUOUS_NAME if it is a
 * reference of 0.10 that means different keys on two twins, neither of which
 * is CARD. */
NODISCARD gpg_error_t snapshot_find_key(const struct snapshot *snapshot,
                                        const struct card *card, bool any_card,
                                        const char *name,
                                        const struct key **ret);

/* The same for a client whose card is that with a shared serial number: the
 * key of this name that one of them has.  GPG_ERR_AMBIGUOUS_NAME if they have
 * different ones. */
NODISCARD gpg_error_t snapshot_find_shared_key(const struct snapshot *snapshot,
                                               const char *serial,
                                               const char *name,
                                               const struct key **ret);

#endif
