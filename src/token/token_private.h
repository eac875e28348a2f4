/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What a token is made of; for the files of this folder only. */
#ifndef TOKEN_TOKEN_PRIVATE_H
#define TOKEN_TOKEN_PRIVATE_H

#include <stdatomic.h>

#include "base/config.h"
#include "base/pool.h"
#include "pkcs11/find.h"
#include "pkcs11/slot_list.h"
#include "pkcs11/slot_use.h"
#include "token/housekeeping.h"
#include "token/login.h"
#include "token/sessions.h"
#include "token/token.h"

/* How an RSA key is used: the bits of the keyword "private-mask". */
enum key_way {
    WAY_SIGN = TOKEN_MASK_SIGN,                 /* C_Sign */
    WAY_SIGN_RECOVER = TOKEN_MASK_SIGN_RECOVER, /* C_SignRecover */
    WAY_DECRYPT = TOKEN_MASK_DECRYPT,           /* C_Decrypt */
    WAY_UNWRAP = TOKEN_MASK_UNWRAP              /* C_UnwrapKey */
};

/* A private key that was found, by its locator's name. */
struct known_key {
    uint8_t name[20];
    CK_OBJECT_HANDLE handle;
    unsigned ways; /* of enum key_way: by the mask, or by its attributes */
    bool always_authenticate;
    bool used;
    bool forgotten; /* in the table, but to be searched for again */
    unsigned lacks; /* mechanisms that it was refused for, a bit for each
                     * and each action */
};

/* How long a token that nobody uses keeps its login and its sessions. */
struct idle {
    int64_t login_ms;                  /* -1: until it is removed */
    int64_t sessions_ms;               /* -1: spare ones only are closed */
    struct housekeeping *housekeeping; /* NULL: looked at when it is used */
    struct chore chore;
    struct slot_use *use; /* its lock is that of the rest too */
    unsigned n_users;     /* of these, of this token */
    bool retired;         /* another configuration has taken its place */
    bool must_close;      /* the next one who can has to close its sessions */
    int64_t used;         /* when the last operation with a private key ended */
    int64_t touched;      /* and the last of anything that needs a session */
};

/* Objects that an operation has listed, for the next who wants a list. */
struct listing {
    bool is_there;
    unsigned login_count; /* the logins that it has seen */
    struct object_list objects;
};

struct token {
    _Atomic unsigned references;
    _Atomic bool removed;
    struct module *module;
    CK_SLOT_ID slot;
    uint64_t matching; /* of the URIs of the module's selection */
    struct token_text text;
    size_t pin_max_len;
    unsigned private_mask; /* of the provider; 0: ask the keys */
    bool cert_private;     /* certificates are for those who log in */
    _Atomic int recovers;  /* C_SignRecover: not asked yet if < 0 */
    _Atomic unsigned n_signatures;
    char *printable_label;
    char *printable_serial;
    struct sessions sessions;
    struct login login;
    struct idle idle;
    struct pool pool;        /* of objects' values */
    pthread_cond_t listed;   /* nobody lists the objects any more */
    pthread_mutex_t lock;    /* of all that follows; never held in a call */
    bool is_listing;         /* somebody lists them */
    struct find_habit habit; /* of its objects */
    bool hides_private;      /* without a login */
    unsigned listed_logins;  /* that the last listing has seen */
    struct listing listing;
    struct known_key *known; /* a hash table, open addressing */
    size_t known_size;       /* a power of two, or 0 */
    size_t n_known;
};

/* A token in a slot of MODULE with what C_GetTokenInfo said of it. */
NODISCARD gpg_error_t token_new(struct module *module, CK_SLOT_ID slot,
                                const CK_TOKEN_INFO *info, bool allow_pinpad,
                                struct token **ret);

/* What CONFIG says of it, before it is used.  SLOT_INFO as C_GetSlotInfo gave
 * it, or zeros. */
NODISCARD gpg_error_t token_configure(struct token *token,
                                      const struct config *config,
                                      const CK_SLOT_INFO *slot_info,
                                      struct housekeeping *housekeeping);

/* Is it still the token with this information? */
bool token_is_same(const struct token *token, const struct module *module,
                   CK_SLOT_ID slot, const CK_TOKEN_INFO *info);

/* It is no longer in its slot: operations answer GPG_ERR_CARD_REMOVED. */
void token_set_removed(struct token *token);

/* For the token in SLOT of LIBRARY. */
NODISCARD gpg_error_t idle_init(struct idle *idle, struct library *library,
                                CK_SLOT_ID slot);
/* Waits for the housekeeping if it is at this token. */
void idle_done(struct idle *idle, struct library *library);

/* Once, before it is used.  Seconds, -1: no limit. */
void token_set_idle_limits(struct token *token, int login_s, int sessions_s,
                           struct housekeeping *housekeeping);

/* Log out and close sessions as far as that is due and nobody uses the token.
 * When to come again (clock_ms), CLOCK_NEVER: the end of a use will say. */
int64_t token_rest(struct token *token);

/* Commands that began with another configuration use the token: whoever ends
 * last logs out.  False: there are none, and it is the caller's to do. */
NODISCARD bool token_leave_log_out(struct token *token);

/* The end of a token_begin_use for something that needs sessions but is no
 * reason to stay logged in: looking at what is on the token. */
void token_end_look(struct token *token);

/* ERR, an operation's error; if it says that the token is not there any more,
 * the token is marked and the answer is GPG_ERR_CARD_REMOVED. */
NODISCARD gpg_error_t token_note_removal(struct token *token, gpg_error_t err);

/* Take back SESSION, in which the last call gave RV: it is kept, forgotten or
 * closed, whatever that says of it. */
void token_give_back(struct token *token, struct session *session, CK_RV rv);

/* The private key's handle, from memory or searched for in SESSION (which is
 * logged in where that is needed).  CKR_KEY_HANDLE_INVALID: no such key. */
NODISCARD CK_RV token_find_key(struct token *token, struct session *session,
                               const struct key_locator *key,
                               struct known_key *ret);
/* The same among the objects on LIST. */
NODISCARD CK_RV token_find_listed_key(struct token *token,
                                      const struct object_list *list,
                                      const struct key_locator *key,
                                      struct known_key *ret);
/* One at a time lists the objects: what is on a token with ten thousand keys is
 * a lot to read and to keep, and all who waited for a login would.  True: they
 * will have to be listed because of a login, the caller does it, and ends it.
 * Waits for whoever is at that, so the caller has no session. */
bool token_begin_listing(struct token *token);
void token_end_listing(struct token *token);
/* Between these two: list them in SESSION, leave the list for the next who
 * wants one, and find KEY among them.  False: they cannot be. */
bool token_list_and_find(struct token *token, struct session *session,
                         const struct key_locator *key, struct known_key *ret,
                         CK_RV *ret_rv);
/* From memory only. */
bool token_recall_key(struct token *token, const struct key_locator *key,
                      struct known_key *ret);
void token_forget_keys(struct token *token);

/* KEY cannot do REQUEST the first way, or is to be tried with it again. */
void token_note_lack(struct token *token, const struct known_key *key,
                     const struct token_request *request, bool lacks);
bool known_key_lacks(const struct known_key *key,
                     const struct token_request *request);

/* The way to do REQUEST with KEY.  Only RSA keys have more than one: others
 * sign and derive. */
enum key_way known_key_way(const struct known_key *key,
                           const struct token_request *request);
/* KEY does not do it that way: is there another, to be used from now on? */
bool token_drop_way(struct token *token, struct known_key *key,
                    const struct token_request *request);

/* Does the token say that it signs with recovery?  One call, once: that a key
 * may (CKA_SIGN_RECOVER) is what some tokens say of all keys (SoftHSM). */
bool token_recovers(struct token *token);

/* Log what the token has in place of the mechanisms of REQUEST, of which it
 * has none. */
void token_log_mechanisms(struct token *token, const struct key_locator *key,
                          const struct token_request *request);

#endif
