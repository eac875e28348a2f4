/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Bringing a token to logged-in: one C_Login for each PIN that was typed.
 *
 * The token's own login state is the cache: a PIN is wiped when C_Login has
 * returned.  No lock is held while a person is being asked. */
#ifndef TOKEN_LOGIN_H
#define TOKEN_LOGIN_H

#include <stdatomic.h>

#include "token/prompter.h"
#include "token/sessions.h"

/* So many PINs are asked for in one operation before it fails. */
#define LOGIN_MAX_PROMPTS 3

enum login_state {
    LOGIN_OUT,    /* the token wants a PIN, as far as we know */
    LOGIN_IN,     /* it has had one */
    LOGIN_UNKNOWN /* ask the token before asking the person */
};

struct login {
    struct sessions *sessions;
    const char *token_label;
    const char *token_serial;
    const char *reader; /* NULL: unknown; and its number and provider */
    const char *slot;
    _Atomic bool names_slot; /* the dialog tells these two */
    bool allow_pinpad;    /* the configuration lets us use the reader's keys */
    pthread_mutex_t lock; /* never held during a module call or a prompt */
    pthread_cond_t changed;
    bool busy;      /* somebody works with the token's PIN */
    bool forgotten; /* login_forget was called since */
    bool insists;   /* an operation was refused for want of a login */
    enum login_state state;
    unsigned epoch;     /* of the sessions when the state was set */
    unsigned count;     /* how often the token came to logged-in */
    CK_TOKEN_INFO info; /* as last read */
};

/* The strings stay the caller's. */
void login_init(struct login *login, struct sessions *sessions,
                const CK_TOKEN_INFO *info);
void login_done(struct login *login);

/* Make the token logged in (PKCS#11 2.40, section 5.6.6).  One of several
 * callers asks its person, the others wait; if that one gives up, the next
 * asks its own.  A PIN that was accepted is put in RET_PIN if that is not
 * NULL, for the one operation that follows; RET_PIN stays as it is if none
 * was needed.  Errors: GPG_ERR_BAD_PIN,
 * GPG_ERR_PIN_BLOCKED, GPG_ERR_CANCELED, those of the prompter. */
NODISCARD gpg_error_t login_ensure(struct login *login,
                                   const struct prompter *prompter,
                                   const struct pin_reason *reason,
                                   struct secret *ret_pin);

/* Does the token say that it is not logged in any more?  Asked before a dialog
 * that would be in vain then. */
bool login_is_lost(struct login *login);

/* A PIN for one use of a key (CKA_ALWAYS_AUTHENTICATE), checked for its
 * length, that the token is not locked, and that it is not the one REFUSED
 * just now (empty: none was).  *PROMPTS counts the dialogs, up to
 * LOGIN_MAX_PROMPTS: then GPG_ERR_BAD_PIN.  With a PIN pad that is to be used
 * RET stays empty. */
NODISCARD gpg_error_t login_ask_key_pin(struct login *login,
                                        const struct prompter *prompter,
                                        const struct pin_reason *reason,
                                        const struct secret *refused,
                                        unsigned *prompts, struct secret *ret);

/* The C_Login of CKU_CONTEXT_SPECIFIC in a session with an operation under
 * way.  PIN empty: the token's PIN pad, with a message on the screen. */
NODISCARD CK_RV login_for_key(struct login *login,
                              const struct prompter *prompter,
                              const struct pin_reason *reason,
                              struct session *session,
                              const struct secret *pin);

/* One PIN from the person, of a length the token can have, and another than
 * the one that it REFUSED just now (a program that answers, in gpg's loopback
 * mode, always gives the same); nobody is asked if the token is locked.
 * *PROMPTS counts up to LOGIN_MAX_PROMPTS: then GPG_ERR_BAD_PIN.  REQUEST is
 * what login_describe made, and tells after each dialog what was wrong. */
NODISCARD gpg_error_t login_ask_pin(struct login *login,
                                    const struct prompter *prompter,
                                    struct pin_request *request,
                                    const struct secret *refused,
                                    unsigned *prompts, struct secret *ret);

/* What a person has to know of the token, by its flags as last read. */
void login_describe(struct login *login, enum pin_purpose purpose,
                    const struct pin_reason *reason, struct pin_request *ret);

/* Read the flags anew: they tell how near the token is to being locked. */
CK_RV login_refresh_info(struct login *login);

/* GPG_ERR_PIN_BLOCKED if the token said that it is locked: neither it nor the
 * person is asked then. */
NODISCARD gpg_error_t login_check_not_locked(struct login *login);

/* Is the PIN typed on a PIN pad, and never seen by us? */
bool login_uses_pinpad(struct login *login);

/* One at a time works with the PIN of a token; others wait in take_turn.
 * Whoever took the turn gives it back, also after a failure. */
void login_take_turn(struct login *login);
void login_give_turn(struct login *login);

/* Is RV the token's word that the PIN was wrong? */
bool login_is_wrong_pin(CK_RV rv);

/* What an operation or another program has shown us of the state. */
void login_set_state(struct login *login, enum login_state state);
enum login_state login_get_state(struct login *login);
/* The PIN that was entered does not count any more: for somebody who is just
 * logging in neither. */
void login_forget(struct login *login);
unsigned login_get_count(struct login *login);
CK_FLAGS login_get_flags(struct login *login);
/* Does the token want a login for its private keys: by its flags, or by what
 * it answered to an operation (login_insist)? */
bool login_is_required(struct login *login);
void login_insist(struct login *login);
void login_set_info(struct login *login, const CK_TOKEN_INFO *info);

#endif
