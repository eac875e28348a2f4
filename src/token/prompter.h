/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* How the layers below ask a person for a PIN: a callback that the server
 * hands down with each operation. */
#ifndef TOKEN_PROMPTER_H
#define TOKEN_PROMPTER_H

#include "base/secret.h"

enum pin_purpose {
    PIN_FOR_TOKEN, /* to log in */
    PIN_FOR_KEY,   /* for this one use of a key that wants it each time */
    PIN_NEW,       /* that the token is to have from now on */
    PIN_BOTH       /* this and the new one, both on a PIN pad */
};

/* What the person wants to do. */
enum pin_action { PIN_TO_UNLOCK, PIN_TO_SIGN, PIN_TO_DECRYPT, PIN_TO_CHANGE };

/* What a PIN is asked for. */
struct pin_reason {
    enum pin_action action;
    const char *key_label; /* "" if no key is the reason, or it has none */
};

/* Where a PIN came from. */
enum pin_origin {
    PIN_TYPED,
    PIN_FROM_CACHE, /* the client's */
    PIN_FROM_SOURCE /* that the configuration names */
};

/* How near the token is to being locked; it does not tell more. */
enum pin_tries { PIN_TRIES_UNKNOWN, PIN_TRIES_FEW, PIN_TRIES_LAST };

/* What a person must know to type the right PIN.  The texts may be anything:
 * a prompter makes them safe to show. */
struct pin_request {
    enum pin_purpose purpose;
    const char *token_label;
    const char *token_serial;
    const char *reader; /* the slot, and its number and provider: only if */
    const char *slot;   /* there is another token of that name, else NULL */
    struct pin_reason reason;
    enum pin_tries tries;
    bool was_wrong; /* the PIN before this one was refused by the token */
    enum pin_origin wrong_origin; /* where that one came from */
    bool was_length; /* it was too short or too long, and not used */
    size_t min_len;  /* characters; 0 and 0 if the token does not tell */
    size_t max_len;
};

struct prompter {
    void *context;
    /* Readable when nobody is to be waited for any more, as the daemon ends:
     * the callbacks return then, and so does what waits elsewhere for a PIN. */
    int stop_fd;
    /* The PIN that the person types (PIN_NEW: and types again), in RET.
     * GPG_ERR_CANCELED or GPG_ERR_FULLY_CANCELED if they do not want to. */
    gpg_error_t (*get_pin)(void *context, const struct pin_request *request,
                           struct secret *ret);
    /* Show and take away "type the PIN on the reader". */
    gpg_error_t (*pinpad_show)(void *context,
                               const struct pin_request *request);
    void (*pinpad_hide)(void *context);
    /* Does the client remember PINs for us?  If not the next two must not be
     * used. */
    bool (*has_cache)(void *context);
    /* What it has under KEY, a name without blanks, in RET; nothing if it has
     * nothing. */
    gpg_error_t (*cache_get)(void *context, const char *key, struct bytes *ret);
    /* Put VALUE, one word, there; NULL: forget what is there. */
    void (*cache_put)(void *context, const char *key, const char *value);
};

#endif
