/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One token: what it is, what is on it, and one operation with one of its
 * private keys.
 *
 * Everything here is a plain value that could cross a pipe, so that a token
 * may one day live in a process of its own behind this header. */
#ifndef TOKEN_TOKEN_H
#define TOKEN_TOKEN_H

#include "base/secret.h"
#include "pkcs11/mech.h"
#include "pkcs11/objects.h"
#include "token/prompter.h"

struct token;

struct token *token_ref(struct token *token);
void token_unref(struct token *token);

/* The text fields of CK_TOKEN_INFO without their padding, any bytes but NUL;
 * and the slot, printable: its description, its number and provider. */
struct token_text {
    char *manufacturer;
    char *model;
    char *serial;
    char *label;
    char *reader;
    char *slot;
};
const struct token_text *token_text(const struct token *token);

bool token_shares_module(const struct token *token, const struct token *other);

/* There is, or is not, another token with the same text fields: a person who
 * is asked for the PIN is told the slot then. */
void token_set_twin(struct token *token, bool has_twin);
bool token_has_twin(const struct token *token);

/* Where it stands with its PIN, as last seen; no module call is made. */
enum token_pin {
    TOKEN_PIN_NONE, /* the token wants none */
    TOKEN_PIN_WANTED,
    TOKEN_PIN_LAST_TRY, /* wanted, and a wrong one locks it */
    TOKEN_PIN_VERIFIED, /* logged in */
    TOKEN_PIN_LOCKED
};
enum token_pin token_pin_state(struct token *token);

/* The longest PIN in bytes, 0 if the token does not tell. */
size_t token_pin_max_len(const struct token *token);

/* The provider's keyword "private-mask": what its keys are used for, whatever
 * they say themselves; 0: what they say. */
#define TOKEN_MASK_SIGN 1U
#define TOKEN_MASK_SIGN_RECOVER 2U
#define TOKEN_MASK_DECRYPT 4U
#define TOKEN_MASK_UNWRAP 8U
unsigned token_private_mask(const struct token *token);

/* The provider's keyword "cert-private": certificates are not looked for
 * without a login. */
bool token_cert_private(const struct token *token);

/* How many signatures it made for us. */
unsigned token_signature_count(const struct token *token);

/* Changes when a login may have made more objects visible than were listed. */
unsigned token_login_count(struct token *token);

/* Everything that can be seen now, without asking for a PIN.  ANEW: objects
 * may have changed, so that private keys are searched for again at their next
 * use.  RET_COMPLETE: private keys could be seen too; else certificates were
 * not looked for if they are private.  Values that were told before are shared
 * with who still has them.  One thread at a time. */
NODISCARD gpg_error_t token_list_objects(struct token *token, bool anew,
                                         struct object_list *ret,
                                         bool *ret_complete);

/* Mark the objects on LIST that the configuration leaves out: they stay, since
 * they tell what belongs together.  COMPLETE as it was when they were listed.
 */
void token_mark_objects(const struct token *token, struct object_list *list,
                        bool complete);

/* Which private key on the token.  NAME is the caller's own and tells two
 * keys apart (its keygrip); the rest is what its objects are found by. */
struct key_locator {
    uint8_t name[20];
    const char *label;      /* printable, for prompts; "" if there is none */
    struct bytes id;        /* CKA_ID; may be empty */
    struct bytes raw_label; /* CKA_LABEL, used if there is no CKA_ID */
    struct bytes modulus;   /* RSA, else empty */
    struct bytes ec_point;  /* as the public part gave it, else empty */
    struct bytes ec_params; /* of one of its objects, else empty */
};

enum token_action { TOKEN_SIGN, TOKEN_DECRYPT, TOKEN_DERIVE };

struct token_request {
    enum token_action action;
    enum mech mech;
    struct span input; /* what is signed or decrypted; the peer's point */
    size_t max_output; /* bytes the result may have */
    /* In place of the two above if the token cannot do it that way; else
     * MECH_NONE. */
    enum mech other_mech;
    struct span other_input;
    size_t derived_len; /* of a secret that is agreed on */
};

/* Do it: find the key, log in if the token wants that, ask for the key's own
 * PIN if the key does.  A session or login that was lost meanwhile is made
 * anew, once.  RET_MECH is the mechanism that gave the answer.  Errors:
 * GPG_ERR_NO_SECKEY if the token has no such private key,
 * GPG_ERR_CARD_REMOVED, GPG_ERR_UNSUPPORTED_ALGORITHM if it has neither
 * mechanism, others of rv_error and those of a login. */
NODISCARD gpg_error_t token_perform(struct token *token,
                                    const struct key_locator *key,
                                    const struct token_request *request,
                                    const struct prompter *prompter,
                                    struct secret *ret, enum mech *ret_mech);

/* The answer was not this key's: it is searched for again at its next use. */
void token_forget_key(struct token *token, const struct key_locator *key);

/* Between the two the token is not logged out because it was idle too long:
 * around an operation and what belongs to it.  They nest; token_perform and
 * token_verify_pin have a pair of their own. */
void token_begin_use(struct token *token);
void token_end_use(struct token *token);

/* Close the sessions, so that other programs can have the token: now, or when
 * the commands that use it have ended.  With the last one its login goes. */
void token_disconnect(struct token *token);

/* Another configuration takes its place: log out as soon as nobody uses it, in
 * any configuration, now and after each use. */
void token_retire(struct token *token);

/* Log in if the token wants it.  GPG_ERR_NO_PIN if it does not. */
NODISCARD gpg_error_t token_verify_pin(struct token *token,
                                       const struct prompter *prompter);

/* Change the user PIN, both asked for: one C_SetPIN for each current PIN that
 * was typed, three of them at most.  Errors: GPG_ERR_BAD_PIN,
 * GPG_ERR_INV_PASSPHRASE (the new one will not do), GPG_ERR_PIN_BLOCKED,
 * GPG_ERR_CARD_NOT_INITIALIZED (there is no PIN), GPG_ERR_EACCES (the token is
 * write-protected), GPG_ERR_NOT_SUPPORTED, GPG_ERR_NO_PIN (the token wants a
 * login before), those of the prompter and of rv_error. */
NODISCARD gpg_error_t token_change_pin(struct token *token,
                                       const struct prompter *prompter);

/* Forget the PIN, that the client of PROMPTER remembers too: the next operation
 * that needs one asks for it.  Operations under way end as they would have;
 * nobody waits for them here. */
void token_log_out(struct token *token, const struct prompter *prompter);

/* LEN bytes of the token's generator.  No login is needed.
 * GPG_ERR_NOT_SUPPORTED if it has none. */
NODISCARD gpg_error_t token_random(struct token *token, size_t len,
                                   struct secret *ret);

#endif
