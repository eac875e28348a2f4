/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The sessions of one token: lent for one operation, taken back, reused. */
#ifndef TOKEN_SESSIONS_H
#define TOKEN_SESSIONS_H

#include "pkcs11/module.h"

/* Never more at once, whatever the token allows. */
#define SESSIONS_MAX 64

struct session {
    CK_SESSION_HANDLE handle;
    bool read_write;
    unsigned epoch;       /* of the sessions when it was opened */
    unsigned long number; /* counted from 1 */
    struct session *next;
};

struct sessions {
    struct module *module;
    CK_SLOT_ID slot;
    pthread_mutex_t lock; /* never held during a module call */
    pthread_cond_t returned;
    struct session *idle;
    size_t n_open;
    size_t n_opening; /* of these, that the token does not have yet */
    size_t n_closing; /* of these, that are being dropped */
    size_t limit;
    size_t allowed;   /* what the token has said; the limit may be lower */
    int64_t refused;  /* when it was found to be (clock_ms) */
    bool logging_out; /* as soon as none is lent; none is lent until then */
    unsigned epoch;   /* changes when all sessions, and a login, were lost */
    unsigned long newest; /* the number of the one opened last */
    unsigned long known;  /* up to this number they are the token's */
};

/* MAX is CK_TOKEN_INFO.ulMaxSessionCount. */
void sessions_init(struct sessions *s, struct module *module, CK_SLOT_ID slot,
                   CK_ULONG max);
/* Closes what is idle; nothing may be lent. */
void sessions_done(struct sessions *s);

/* A session for the caller alone, until it is returned or dropped.  Waits
 * while as many are lent as the token allows.  READ_WRITE: one that may
 * write. */
NODISCARD CK_RV sessions_borrow(struct sessions *s, bool read_write,
                                struct session **ret);
void sessions_return(struct sessions *s, struct session *session);

/* Take back a session whose operation failed and close it: some modules leave
 * it unusable.  The token must not lose its login by that, so another one is
 * opened first if it is the only one; if there cannot be another, it stays. */
void sessions_drop(struct sessions *s, struct session *session);

/* The token logs out when its last session goes: what was true of a login in
 * another epoch is not true any more. */
unsigned sessions_epoch(struct sessions *s);

/* A session is opened in a slot, and there may be another token in it by now.
 * One that was open when the slot was seen to have the right one is that
 * token's as long as it lives: sessions_newest before the look,
 * sessions_note_known with that after it. */
unsigned long sessions_newest(struct sessions *s);
void sessions_note_known(struct sessions *s, unsigned long number);
bool sessions_is_known(struct sessions *s, const struct session *session);

/* Does RV say that a session is gone, and all of them probably? */
bool sessions_is_gone(CK_RV rv);

/* Does the token allow only one? */
bool sessions_is_single(struct sessions *s);

/* Log out (C_Logout) when no session is lent: at once, or whoever takes back
 * the last one does it.  Operations in lent sessions end as they would have;
 * who wants to borrow waits. */
void sessions_log_out(struct sessions *s);

/* Close what is not lent until KEEP are open.  One that does not close stays,
 * since the token may have no room for another: false then. */
bool sessions_close_spare(struct sessions *s, size_t keep);
/* Is there anything that it would close? */
bool sessions_has_spare(struct sessions *s, size_t keep);

/* Take back a session that is of no use any more and close it, even if it is
 * the only one and the login goes with it. */
void sessions_discard(struct sessions *s, struct session *session);

/* Take back a session that the token no longer knows, and forget the idle
 * ones of its epoch too. */
void sessions_forget(struct sessions *s, struct session *session);

#endif
