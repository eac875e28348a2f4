/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One private key on a token: its names, its public part, what it may do; and
 * signing or decrypting with it, whatever its algorithm. */
#ifndef KEYRING_KEY_H
#define KEYRING_KEY_H

#include "keyring/alg.h"
#include "keyring/pubkey.h"
#include "keyring/verify.h"
#include "token/token.h"

/* What a key may be used for, as GnuPG's letters: s, c, a, e. */
enum key_usage {
    KEY_SIGN = 1,
    KEY_CERTIFY = 2,
    KEY_AUTHENTICATE = 4,
    KEY_ENCRYPT = 8
};

struct certificate {
    const char *ref; /* the one that is sent: its key's, or one of the next */
    /* Those that are understood of one that has its own: the P15 form, and
     * 0.10's or NULL. */
    char *own_ref;
    char *upstream_ref;
    char *subject; /* on one line as dn_one_line has it, "" if it has none */
    struct bytes der;
    bool is_ca;
    bool has_key; /* its private key is on the token */
};

/* There may be ten thousand of them: what can be made of the rest when it is
 * asked for is not kept, and byte strings are shared. */
#define KEY_ALGO_SIZE 16
struct key {
    struct token *token; /* its card's reference keeps it */
    const char *serial;  /* its card's */
    char grip[KEYGRIP_HEX_LEN + 1];
    char algo[KEY_ALGO_SIZE]; /* "rsa2048" */
    bool is_public;           /* it was seen without a login */
    char *ref;                /* the one that is sent; card.h has the others */
    char *label;              /* printable; "" if there is none */
    unsigned usage;           /* of enum key_usage */
    uint32_t keytime;         /* see KEY_NO_TIME */
    bool always_authenticate; /* as far as it was seen */
    bool may_sign;            /* false only if the token says so */
    bool may_decrypt;
    struct pubkey pubkey;
    struct verifier *verifier; /* NULL: signatures are not verified */
    struct key_locator locator;
    const struct certificate *certificate; /* the card's, or NULL */
};

void key_clear(struct key *key);

/* The letters of USAGE, in GnuPG's order; "-" if there are none.  RET has
 * room for five. */
#define KEY_USAGE_SIZE 5
void key_usage_text(unsigned usage, char ret[KEY_USAGE_SIZE]);

/* The keytime: when GnuPG is to say that an OpenPGP key made of a key was
 * created, in seconds since 1970: the same on every machine, for it is part of
 * the fingerprint.  CKA_START_DATE, or the first day of its oldest certificate;
 * a key that tells neither has KEY_NO_TIME, the same day for all. */
#define KEY_NO_TIME 1767225600 /* 2026-01-01 */

/* Sign INPUT.  The answer is as GnuPG takes it: for RSA as long as the
 * modulus, for ECDSA r and s in equal halves, for EdDSA R and S.
 * GPG_ERR_WRONG_KEY_USAGE before anybody is asked for a PIN.
 * GPG_ERR_BAD_SIGNATURE if the token's answer is not this key's signature:
 * then nothing is given out. */
NODISCARD gpg_error_t key_sign(const struct key *key,
                               const struct sign_input *input,
                               const struct prompter *prompter,
                               struct secret *ret);

/* Decrypt an RSA ciphertext, or agree on a secret with a peer's point.
 * RET_UNPADDED: an RSA plaintext without its padding. */
NODISCARD gpg_error_t key_decrypt(const struct key *key, struct span ciphertext,
                                  const struct prompter *prompter,
                                  struct secret *ret, bool *ret_unpadded);

#endif
