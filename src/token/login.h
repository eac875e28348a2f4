/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Bringing a token to logged-in: one C_Login for each PIN.
 *
 * The token's own login state is the cache: a PIN is wiped when C_Login has
 * returned.  No lock is held while a person is being asked. */
#ifndef TOKEN_LOGIN_H
#define TOKEN_LOGIN_H

#include <stdatomic.h>

#include "token/pin_cache.h"
#include "token/prompter.h"
#include "token/sessions.h"

/* So many PINs are asked for in one operation before it fails. */
#define LOGIN_MAX_PROMPTS 3

enum login_state {
    LOGIN_OUT,    /* the token wants a PIN, as far as we know */
    LOGIN_IN,     /* it has had one */
    LOGIN_UNKNOWN /* ask the token before asking the person */
};

/* A PIN, and where it came from. */
struct pin {
    struct secret value;
    enum pin_origin origin;
};
void pin_clear(struct pin *pin);
#define AUTO_PIN AUTO(pin_clear) struct pin

struct login {
    struct sessions *sessions;
    const char *token_label;
    const char *token_serial;
    const char *reader; /* NULL: unknown; and its number and provider */
    const char *slot;
    _Atomic bool names_slot;     /* the dialog tells these two */
    const _Atomic bool *is_gone; /* the token was seen to be; or NULL */
    bool allow_pinpad; /* the configuration lets us use the reader's keys */
    bool use_cache;    /* PINs may be given to the client to remember */
    char *pin_source;  /* where to read the PIN, or NULL; ours to free */
    struct pin_cache cache;
    pthread_mutex_t lock; /* never held during a module call or a prompt */
    pthread_cond_t changed;
    bool busy;      /* somebody works with the token's PIN */
    bool forgotten; /* login_forget was called since */
    bool insists;   /* an operation was refused for want of a login */
    enum login_state state;
    unsigned epoch;      /* of the sessions when the state was set */
    bool is_listed;      /* everything that a login can show was seen */
    bool source_refused; /* the source's PIN was wrong: it is not used again */
    bool source_busy;    /* it is on its way to the token */
    bool is_troubled;    /* the last C_Login failed */
    unsigned count;      /* logins that may have shown more than was listed */
    CK_TOKEN_INFO info;  /* as last read */
};

/* The strings stay the caller's. */
void login_init(struct login *login, struct sessions *sessions,
                const CK_TOKEN_INFO *info);
void login_done(struct login *login);

/* Make the token logged in (PKCS#11 2.40, section 5.6.6).  One of several
 * callers asks its person, the others wait; if that one gives up, the next
 * asks its own.  A PIN that was accepted is put in RET_PIN if that is not
 * NULL, for the one operation that follows, unless the client only remembered
 * it; RET_PIN stays as it is if none was needed.  One that is in RET_PIN, was
 * typed and was not sent yet is the first to be tried.  Errors:
 * GPG_ERR_BAD_PIN, GPG_ERR_PIN_BLOCKED, GPG_ERR_CANCELED, those of the
 * prompter. */
NODISCARD gpg_error_t login_ensure(struct login *login,
                                   const struct prompter *prompter,
                                   const struct pin_reason *reason,
                                   struct pin *ret_pin);

/* Does the token say that it is not logged in any more? */
bool login_is_lost(struct login *login);

/* The C_Login of CKU_CONTEXT_SPECIFIC in a session with an operation under
 * way.  PIN empty: by the token's PIN pad. */
NODISCARD CK_RV login_for_key(struct login *login, struct session *session,
                              const struct secret *pin);

/* Can the PIN be typed on the reader, and may it? */
bool login_has_pinpad(struct login *login);

/* Read the flags anew: they tell how near the token is to being locked.
 * CKR_DEVICE_REMOVED: there is another token in the slot. */
CK_RV login_refresh_info(struct login *login);
/* Is SESSION one with this token?  Before a PIN goes there: a session that was
 * opened since the slot was looked at may be with another one, and the handle
 * of one with a token that is gone may be used again.  CKR_DEVICE_REMOVED: it
 * is, or may be. */
NODISCARD CK_RV login_check_session(struct login *login,
                                    const struct session *session);
/* The same, before a PIN is asked for, where what was read last will not do: if
 * the token was near to being locked, if a login failed since, or if a PIN that
 * nobody types may be sent. */
NODISCARD CK_RV login_refresh_if_troubled(struct login *login);

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
CK_TOKEN_INFO login_get_info(struct login *login);
CK_FLAGS login_get_flags(struct login *login);
/* Does the token want a login for its private keys: by its flags, or by what
 * it answered to an operation (login_insist)? */
bool login_is_required(struct login *login);
void login_insist(struct login *login);
/* What a look at the slots has read.  Whoever has the turn has read it later,
 * perhaps since it lost a try: then INFO is left alone. */
void login_note_info(struct login *login, const CK_TOKEN_INFO *info);

/* The token's objects were listed; COMPLETE: with its private ones.  If so, the
 * next login shows nothing new. */
void login_note_listing(struct login *login, bool complete);

/* The PIN of the source was wrong: no other try is spent on it.  It stays so
 * for the life of LOGIN, that is until the token is inserted again. */
bool login_is_source_refused(struct login *login);
/* One at a time sends it, since several would all be refused before any of them
 * can tell the others.  False: it was refused meanwhile, and is not to be sent;
 * else the caller gives it back when the token's answer is noted. */
NODISCARD bool login_take_source(struct login *login);
void login_give_source(struct login *login);
void login_set_source_refused(struct login *login);

#endif
