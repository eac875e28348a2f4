/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Changing a token's user PIN: one C_SetPIN for each current PIN that was
 * typed; and forgetting that it was entered. */
#include "base/log.h"
#include "pkcs11/call.h"
#include "pkcs11/rv.h"
#include "token/pins.h"
#include "token/token_private.h"

static const struct pin_reason reason = {PIN_TO_CHANGE, ""};

/* The PIN that was entered does not count any more, and nothing that is
 * remembered because of it. */
static void forget_pin(struct token *token)
{
    login_forget(&token->login);
    token_forget_keys(token);
}

/* C_SetPIN leaves the token logged in or out as the module likes: it is asked
 * what it came to. */
static void note_state(struct token *token, const struct session *session)
{
    CK_SESSION_INFO info = {0};

    if (call_get_session_info(token->module, session->handle, &info) != CKR_OK)
        return;
    login_set_state(&token->login, info.state == CKS_RO_USER_FUNCTIONS ||
                                           info.state == CKS_RW_USER_FUNCTIONS
                                       ? LOGIN_IN
                                       : LOGIN_OUT);
}

/* Only a read-write session can set a PIN.  Opened before anybody is asked: if
 * the token has none to give or is not there, no PIN is typed in vain. */
static CK_RV check_session(struct token *token)
{
    CK_RV rv = CKR_OK;

    for (int attempt = 0; attempt < 2; attempt++) {
        struct session *session = NULL;
        CK_SESSION_INFO info = {0};

        rv = sessions_borrow(&token->sessions, true, &session);
        if (rv != CKR_OK)
            return rv;
        rv = call_get_session_info(token->module, session->handle, &info);
        if (!sessions_is_gone(rv)) {
            sessions_return(&token->sessions, session);
            break;
        }
        sessions_forget(&token->sessions, session);
    }
    return rv == CKR_FUNCTION_NOT_SUPPORTED ? CKR_OK : rv;
}

/* The one C_SetPIN (PKCS#11 2.40, section 5.5): never repeated, it can cost a
 * try.  Both PINs empty: by the PIN pad. */
static CK_RV set_pin(struct token *token, const struct secret *old_pin,
                     const struct secret *new_pin)
{
    struct session *session = NULL;
    CK_RV rv = sessions_borrow(&token->sessions, true, &session);

    if (rv != CKR_OK)
        return rv;
    rv = login_check_session(&token->login, session);
    if (rv != CKR_OK) {
        sessions_return(&token->sessions, session);
        return rv;
    }
    rv = call_set_pin(token->module, session->handle, old_pin->data,
                      old_pin->len, new_pin->data, new_pin->len);
    forget_pin(token);
    if (sessions_is_gone(rv)) {
        sessions_forget(&token->sessions, session);
        return rv;
    }
    note_state(token, session);
    if (rv == CKR_OK || rv == CKR_PIN_INCORRECT)
        sessions_return(&token->sessions, session);
    else
        sessions_drop(&token->sessions, session);
    (void)login_refresh_info(&token->login);
    return rv;
}

static gpg_error_t result(struct token *token, CK_RV rv)
{
    if (rv == CKR_OK) {
        log_verbose("token '%s': its PIN was changed", token->printable_label);
        return 0;
    }
    log_error("token '%s': its PIN cannot be changed: %s",
              token->printable_label, rv_name(rv));
    /* Of C_SetPIN these are about the new PIN; C_Login has the same codes. */
    if (rv == CKR_PIN_INVALID || rv == CKR_PIN_LEN_RANGE ||
        rv == CKR_PIN_TOO_WEAK)
        return gpg_error(GPG_ERR_INV_PASSPHRASE);
    return rv_error(rv);
}

static gpg_error_t ask_new_pin(struct token *token,
                               const struct prompter *prompter, struct pin *ret)
{
    AUTO_PINS pins = {.login = &token->login,
                      .prompter = prompter,
                      .reason = &reason,
                      .purpose = PIN_NEW};
    gpg_error_t err = pins_ask(&pins, ret);

    return gpg_err_code(err) == GPG_ERR_BAD_PIN
               ? gpg_error(GPG_ERR_INV_PASSPHRASE)
               : err;
}

/* A new PIN that was typed is kept while the current one is asked for again. */
static gpg_error_t change_by_prompt(struct token *token,
                                    const struct prompter *prompter)
{
    AUTO_PINS pins = {.login = &token->login,
                      .prompter = prompter,
                      .reason = &reason,
                      .purpose = PIN_FOR_TOKEN};
    AUTO_PIN new_pin = {0};

    while (pins_may_go_on(&pins)) {
        AUTO_PIN old_pin = {0};
        CK_RV rv = CKR_OK;
        gpg_error_t err = pins_ask(&pins, &old_pin);

        if (err == 0 && new_pin.value.len == 0)
            err = ask_new_pin(token, prompter, &new_pin);
        if (err != 0)
            return err;
        rv = set_pin(token, &old_pin.value, &new_pin.value);
        if (rv != CKR_PIN_INCORRECT)
            return result(token, rv);
        pins_refused(&pins, &old_pin);
    }
    return gpg_error(GPG_ERR_BAD_PIN);
}

static gpg_error_t change_by_pinpad(struct token *token,
                                    const struct prompter *prompter)
{
    const struct secret none = {0};
    AUTO_PINS pins = {.login = &token->login,
                      .prompter = prompter,
                      .reason = &reason,
                      .purpose = PIN_BOTH};
    CK_RV rv = CKR_OK;
    gpg_error_t err = pins_show_message(&pins);

    if (err != 0)
        return err;
    rv = set_pin(token, &none, &none);
    pins_hide_message(&pins);
    return result(token, rv);
}

/* What can be known without asking anybody.  CKF_WRITE_PROTECTED is not looked
 * at: the PIN of a card can often be changed where nothing else can. */
static gpg_error_t check_changeable(struct token *token)
{
    CK_RV rv = login_refresh_info(&token->login);
    gpg_error_t err = 0;

    if (rv != CKR_OK)
        return result(token, rv);
    err = pins_check_not_locked(&token->login);
    if (err == 0 &&
        (login_get_flags(&token->login) & CKF_USER_PIN_INITIALIZED) == 0) {
        log_error("token '%s': it has no PIN", token->printable_label);
        err = gpg_error(GPG_ERR_CARD_NOT_INITIALIZED);
    }
    if (err != 0)
        return err;
    rv = check_session(token);
    return rv == CKR_OK ? 0 : result(token, rv);
}

gpg_error_t token_change_pin(struct token *token,
                             const struct prompter *prompter)
{
    gpg_error_t err = 0;

    if (atomic_load(&token->removed))
        return gpg_error(GPG_ERR_CARD_REMOVED);
    token_begin_use(token);
    login_take_turn(&token->login);
    err = check_changeable(token);
    if (err == 0)
        err = login_has_pinpad(&token->login)
                  ? change_by_pinpad(token, prompter)
                  : change_by_prompt(token, prompter);
    login_give_turn(&token->login);
    token_end_use(token);
    if (err == 0)
        pin_cache_forget(&token->login.cache, prompter);
    return token_note_removal(token, err);
}

void token_log_out(struct token *token, const struct prompter *prompter)
{
    if (!token_leave_log_out(token))
        sessions_log_out(&token->sessions);
    forget_pin(token);
    pin_cache_forget(&token->login.cache, prompter);
    log_verbose("token '%s': logged out", token->printable_label);
}
