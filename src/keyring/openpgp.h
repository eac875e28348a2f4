/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A token's keys as OpenPGP sees them: which are the three of an OpenPGP card,
 * their algorithms and fingerprints. */
#ifndef KEYRING_OPENPGP_H
#define KEYRING_OPENPGP_H

#include "keyring/card.h"

/* Numbers of public-key algorithms (RFC 4880, section 9.1; RFC 6637; GnuPG's
 * for EdDSA). */
enum openpgp_algo {
    OPENPGP_RSA = 1,
    OPENPGP_ECDH = 18,
    OPENPGP_ECDSA = 19,
    OPENPGP_EDDSA = 22
};

/* Choose CARD's keys for OPENPGP.1, .2 and .3: those that CONFIG names, else
 * the first that can do what the slot is for; for a card that presents itself
 * as an OpenPGP card their references become these names. */
NODISCARD gpg_error_t openpgp_choose(struct card *card,
                                     const struct config *config);

/* The slot of "OPENPGP.1" to ".3" or a bare "1" to "3"; -1 for other names. */
int openpgp_slot_from_name(const char *name);

/* The algorithm that KEY is for in SLOT: an EC key signs or decrypts. */
enum openpgp_algo openpgp_algo(const struct key *key, enum openpgp_slot slot);

/* The public point as OpenPGP writes it, and its curve's OID without tag and
 * length (RFC 6637, sections 6 and 9): the 25519 curves are older than their
 * standard there. */
NODISCARD gpg_error_t openpgp_point(const struct pubkey *pubkey,
                                    struct bytes *ret);
struct span openpgp_curve_oid(const struct curve *curve);

#define OPENPGP_FINGERPRINT_SIZE 41

/* The version 4 fingerprint (RFC 4880, section 12.2), 40 hex digits, of the
 * OpenPGP key that GnuPG makes of KEY with this time of creation, in seconds
 * since 1970.  An ECDH key has GnuPG's choice of key
 * derivation in it, for 384 bits the one of GnuPG 2.3 and later. */
NODISCARD gpg_error_t openpgp_fingerprint(const struct key *key,
                                          enum openpgp_slot slot,
                                          uint32_t created,
                                          char ret[OPENPGP_FINGERPRINT_SIZE]);

#endif
