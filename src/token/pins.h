/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The PINs of one login, or of one use of a key, one after the other: from the
 * source that the configuration names, from the client's cache, from the
 * person; each is handed out once. */
#ifndef TOKEN_PINS_H
#define TOKEN_PINS_H

#include "token/login.h"

struct pins {
    struct login *login;
    const struct prompter *prompter;
    const struct pin_reason *reason;
    enum pin_purpose purpose;
    unsigned n_prompts;
    bool source_was_read;
    bool was_refused;      /* by the token, just now, was */
    struct secret refused; /* this one, empty if it was typed on the reader */
    enum pin_origin refused_origin; /* that came from here */
    bool shows_message;             /* "type the PIN on the reader" */
    bool has_source;                /* login_take_source was called */
};

void pins_clear(struct pins *pins);
#define AUTO_PINS AUTO(pins_clear) struct pins

/* The next PIN to try; its length is one that the token can have, and it is
 * not the one that was refused just now.  The flags of the token that LOGIN
 * has must be fresh: if it is locked, GPG_ERR_PIN_BLOCKED; at its last try
 * only what a person types now will do.
 *
 * One PIN that nobody typed is tried at most: tries must not go unseen.  The
 * source is read at most once, and not any more when the token has refused
 * what it gave (see login.h); whoever has its PIN keeps others from sending it
 * until the token has answered.  The client's cache is for logins only: a key
 * that wants its PIN at each use wants a person, or the source that somebody
 * chose for that.  The person is asked LOGIN_MAX_PROMPTS times, then
 * GPG_ERR_BAD_PIN.  Where the person types on a PIN pad, RET is empty in place
 * of that: see pins_show_message.  Other errors: GPG_ERR_CANCELED, those of the
 * prompter. */
NODISCARD gpg_error_t pins_next(struct pins *pins, struct pin *ret);

/* The next PIN from the person only, with the same checks: to change it, or
 * (purpose PIN_NEW) to be the new one. */
NODISCARD gpg_error_t pins_ask(struct pins *pins, struct pin *ret);

/* What the token said to PIN, which pins_next or somebody else's pins_next has
 * given.  Refused: it is taken over; where it came from is told. */
void pins_refused(struct pins *pins, struct pin *pin);
void pins_accepted(struct pins *pins, const struct pin *pin);

/* GPG_ERR_PIN_BLOCKED if the token has said that it is locked: neither it nor
 * the person is asked then. */
NODISCARD gpg_error_t pins_check_not_locked(struct login *login);

/* May a person be asked once more? */
bool pins_may_go_on(const struct pins *pins);

/* Show, and take away if it is shown, that the PIN is typed on the reader. */
NODISCARD gpg_error_t pins_show_message(struct pins *pins);
void pins_hide_message(struct pins *pins);

#endif
