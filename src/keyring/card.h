/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One token as GnuPG sees it, a card: its names, keys and certificates.
 * Immutable once it is made. */
#ifndef KEYRING_CARD_H
#define KEYRING_CARD_H

#include <stdatomic.h>

#include "base/map.h"
#include "keyring/identity.h"
#include "keyring/key.h"

struct card {
    _Atomic unsigned references;
    struct token *token;
    unsigned login_count;    /* of the token when its objects were read */
    bool hides_certificates; /* "cert-private", and not logged in then */
    bool is_unread;          /* they could not be */
    unsigned private_mask;   /* of the token */
    enum card_type type;     /* how it presents itself */
    struct identity identity;
    char *mark;  /* what tells it from others with the same names, or NULL */
    char *label; /* the token's, printable */
    char *manufacturer; /* printable */
    char *holder; /* printable: whom a key's certificate is for, or the label */
    struct key *keys; /* sorted by CKA_ID, then by keygrip */
    size_t n_keys;
    const struct key **by_grip; /* the same, by keygrip alone */
    struct certificate *certificates;
    size_t n_certificates;
    char **skipped; /* "what: why" for objects that cannot be used */
    size_t n_skipped;
    const struct key *openpgp[OPENPGP_SLOTS]; /* OPENPGP.1 to .3, or NULL */
    bool is_configured[OPENPGP_SLOTS];        /* by "openpgp-sign" and so on */
    struct map odd_refs; /* of certificates, that are not those of their keys */
};

/* Read TOKEN's objects, without a PIN, and make a card of them.  A token that
 * cannot be read is a card without keys; the log says why.  ANEW: as in
 * token_list_objects. */
NODISCARD gpg_error_t card_scan(struct token *token,
                                const struct config *config, bool anew,
                                struct card **ret);
struct card *card_ref(struct card *card);
void card_unref(struct card *card);

/* Give a card that nobody else knows yet a serial number of its own. */
NODISCARD gpg_error_t card_set_mark(struct card *card, const char *mark);

/* Put its keys in their order; they do not move afterwards. */
NODISCARD gpg_error_t card_sort_keys(struct card *card);

/* Its key with this keygrip in upper case, NULL if there is none. */
const struct key *card_key_by_grip(const struct card *card, const char *grip);

/* The one that is meant by P15.<CKA_ID> or P15.X<keygrip>, in the one spelling;
 * NULL if there is none.  Of several with this CKA_ID the first that was seen
 * without a login. */
const struct key *card_key_by_own_ref(const struct card *card, const char *ref);

/* The same for the two forms of 0.10, which name the token too; the first of
 * several. */
const struct key *card_key_by_old_ref(const struct card *card, const char *ref);

/* By either. */
const struct key *card_key_by_ref(const struct card *card, const char *ref);

/* Has another of its keys the same CKA_ID?  Then that names neither. */
bool card_shares_id(const struct card *card, const struct key *key);

/* Is this the own reference of one of its keys? */
bool card_has_own_ref(const struct card *card, const char *ref);

/* Its certificate with this reference (in the one spelling), of those that are
 * sent or understood; NULL if there is none. */
const struct certificate *card_certificate(const struct card *card,
                                           const char *ref);

#endif
