/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What GnuPG calls a token and its keys: serial numbers and key references,
 * ours and both historic forms of gnupg-pkcs11-scd 0.10. */
#ifndef KEYRING_IDENTITY_H
#define KEYRING_IDENTITY_H

#include "base/bytes.h"
#include "base/config.h"

/* The four text fields of a token, padding removed; any bytes but NUL.
 * Never NULL. */
struct token_names {
    char *manufacturer;
    char *model;
    char *serial;
    char *label;
};

/* All names of one token.  Every serial number is upper-case hex. */
struct identity {
    char *serial;          /* the one that is sent; one of the next, or it */
                           /* has a mark */
    char *own_serial;      /* FF500B00 and 16 digits */
    char *upstream_id;     /* MANUFACTURER/MODEL/SERIAL/LABEL, escaped */
    char *upstream_serial; /* D27600012401 11503131 ... over upstream_id */
    char *uri_id;          /* pkcs11:model=...: Fedora's form */
    char *uri_serial;      /* the same over uri_id */
    char *display_serial;  /* for people: $DISPSERIALNO; printable UTF-8 */
};

/* Make the names of a token in RET (empty before; identity_clear it). */
NODISCARD gpg_error_t identity_make(const struct token_names *names,
                                    enum card_type type, struct identity *ret);
void identity_clear(struct identity *identity);
#define AUTO_IDENTITY AUTO(identity_clear) struct identity

/* Is SERIAL (hex, either case) one of this token's: sent now or by 0.10?  The
 * ones without a mark count too. */
bool identity_has_serial(const struct identity *identity, const char *serial);

/* There are other tokens with the same four names.  MARK, any text, tells this
 * one apart: its serial number that is sent, and the one for people, are made
 * of the names and the mark from now on.  The others do not change. */
NODISCARD gpg_error_t identity_set_mark(struct identity *identity,
                                        enum card_type type, const char *mark);

/* Would SERIAL be the one that is sent if the mark were this one? */
bool identity_has_marked_serial(const struct identity *identity,
                                enum card_type type, const char *mark,
                                const char *serial);

/* Is SERIAL one that some release of gnupg-pkcs11-scd sent for no token in
 * particular: the constants of 0.04 to 0.7.6, or any well-formed
 * D2760001240111503131xxxxxxxx1111?  The key named next to it says which
 * token is meant. */
bool identity_is_historic_serial(const char *serial);

/* References to the key with CKA_ID ID: "P15.<ID in upper-case hex>",
 * upstream's "TOKENID/<ID>", Fedora's "TOKENURI;id=%xx...".  The caller frees
 * them.  The first takes the keygrip (40 hex digits, looked at only then) for a
 * key without an ID, or with one of more than 64 bytes:
 * "P15.X<first 16 digits of the keygrip>"; the others have
 * no name for such a key: GPG_ERR_INV_ID. */
NODISCARD gpg_error_t identity_own_ref(struct span id, const char *keygrip,
                                       char **ret);
NODISCARD gpg_error_t identity_upstream_ref(const struct identity *identity,
                                            struct span id, char **ret);
NODISCARD gpg_error_t identity_uri_ref(const struct identity *identity,
                                       struct span id, char **ret);

/* Is REF, in the one spelling, ours: one that does not name its token? */
bool identity_is_own_ref(const char *ref);

/* What REF, in the one spelling, is made of: the digits of a keygrip in one of
 * ours, NULL if it has none; or the CKA_ID, never empty, in one of ours or of
 * the two forms of 0.10.  GPG_ERR_INV_ID if it has none, or is not about this
 * token.  RET is empty before. */
const char *identity_own_ref_grip(const char *ref);
NODISCARD gpg_error_t identity_own_ref_id(const char *ref, struct bytes *ret);
NODISCARD gpg_error_t identity_old_ref_id(const struct identity *identity,
                                          const char *ref, struct bytes *ret);

/* REF, as a client wrote it, in the one spelling the functions above make:
 * hex digits in upper case, only the necessary characters escaped, the
 * attributes of a URI in Fedora's order, a P15 reference without its prefix
 * with it.  GPG_ERR_INV_ID if it is none of the three forms.  The caller
 * frees it. */
NODISCARD gpg_error_t identity_canonical_ref(const char *ref, char **ret);

#endif
