/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One operation with a private key: login, session, the module's calls in
 * their order, and at most one second try. */
#include "base/log.h"
#include "pkcs11/rv.h"
#include "token/operation_private.h"
#include "token/pins.h"

/* CKA_ALWAYS_AUTHENTICATE is about signing and decrypting: there is no login
 * for one derivation or unwrapping (PKCS#11 2.40, section 4.9), which are a
 * single call. */
static bool wants_own_pin(const struct operation *op,
                          const struct known_key *key)
{
    return key->always_authenticate && op->request->action != TOKEN_DERIVE &&
           known_key_way(key, op->request) != WAY_UNWRAP;
}

/* Did the token look at the ciphertext and not like it?  One answer for every
 * such case, whatever the token found: whoever sends ciphertexts must not
 * learn more (RFC 8017, section 7.2.2). */
static bool is_bad_ciphertext(const struct operation *op, CK_RV rv)
{
    switch (rv) {
    case CKR_ENCRYPTED_DATA_INVALID:
    case CKR_ENCRYPTED_DATA_LEN_RANGE:
    case CKR_DATA_INVALID:
    case CKR_DATA_LEN_RANGE:
    case CKR_GENERAL_ERROR:
    case CKR_FUNCTION_FAILED:
    case CKR_ARGUMENTS_BAD:
    case CKR_MECHANISM_PARAM_INVALID:
    case CKR_WRAPPED_KEY_INVALID:
    case CKR_WRAPPED_KEY_LEN_RANGE:
        return op->request->action != TOKEN_SIGN;
    case CKR_DEVICE_ERROR:
        return op->request->action == TOKEN_DECRYPT;
    default:
        return false;
    }
}

static gpg_error_t key_refused(const struct operation *op, enum mech mech,
                               CK_RV rv)
{
    if (rv == CKR_MECHANISM_INVALID)
        token_log_mechanisms(op->token, op->key, op->request);
    log_error("token '%s', key '%s', %s: %s%s", op->token->printable_label,
              op->key->label, mech_name(mech), rv_name(rv),
              operation_is_other_way(rv) && op->token->private_mask != 0
                  ? " for the function that private-mask chose"
                  : "");
    /* Maybe since the handle has become another key's: modules do not agree on
     * what they say to a key that cannot do what it is asked for. */
    token_forget_key(op->token, op->key);
    if (rv == CKR_KEY_HANDLE_INVALID || rv == CKR_OBJECT_HANDLE_INVALID)
        return gpg_error(GPG_ERR_NO_SECKEY);
    if (is_bad_ciphertext(op, rv))
        return gpg_error(GPG_ERR_DECRYPT_FAILED);
    return token_note_removal(op->token, rv_error(rv));
}

/* Was the mechanism or the function refused only after the login, and is there
 * another that has not been tried?  KEY knows then. */
static bool is_refused_late(const struct operation *op, CK_RV rv,
                            struct known_key *key)
{
    struct known_key now = {0};

    if (!*op->pin_sent || !token_recall_key(op->token, op->key, &now))
        return false;
    if (rv == CKR_MECHANISM_INVALID
            ? op->request->other_mech == MECH_NONE ||
                  known_key_lacks(key, op->request)
            : !operation_is_other_way(rv) || now.ways == key->ways)
        return false;
    *key = now;
    return true;
}

/* What the key's own login needs: a PIN, or the message that tells to type it
 * on the reader.  From here on nobody is asked anything until it is done. */
static gpg_error_t prepare_pin(struct pins *pins, struct pin *pin)
{
    CK_RV rv = CKR_OK;
    gpg_error_t err = 0;

    if (pin->value.len != 0)
        return 0;
    rv = login_refresh_if_troubled(pins->login);
    if (rv != CKR_OK)
        return rv_error(rv);
    err = pins_next(pins, pin);
    if (err != 0 || pin->value.len != 0)
        return err;
    pins->n_prompts++;
    return pins_show_message(pins);
}

/* A key that wants its PIN at each use: ask, then run without a pause.  PIN
 * holds one that has not yet been sent for it, or nothing. */
static gpg_error_t run_with_pin(const struct operation *op,
                                const struct known_key *found, struct pin *pin,
                                struct secret *ret, enum mech *ret_mech,
                                CK_RV *ret_rv)
{
    AUTO_PINS pins = {.login = &op->token->login,
                      .prompter = op->prompter,
                      .reason = &op->reason,
                      .purpose = PIN_FOR_KEY};
    struct known_key key = *found;

    do {
        gpg_error_t err = prepare_pin(&pins, pin);

        if (err != 0)
            return err;
        *op->pin_sent = false;
        *ret_rv = operation_run(op, &key, &pin->value, ret, ret_mech);
        pins_hide_message(&pins);
        if (is_refused_late(op, *ret_rv, &key)) {
            pin_clear(pin);
            /* It was right, and the other way needs it too. */
            pins.source_was_read = false;
            continue;
        }
        if (!login_is_wrong_pin(*ret_rv) && *ret_rv != CKR_PIN_LOCKED)
            return 0;
        pins_refused(&pins, pin);
    } while (*ret_rv != CKR_PIN_LOCKED && pins_may_go_on(&pins));
    return login_is_wrong_pin(*ret_rv) ? gpg_error(GPG_ERR_BAD_PIN) : 0;
}

/* One try.  RET_RV is the module's answer if no error came before it.  PIN is
 * as in run_with_pin, and after it one that the token has not had. */
static gpg_error_t try_once(const struct operation *op, struct pin *pin,
                            struct secret *ret, enum mech *ret_mech,
                            CK_RV *ret_rv)
{
    struct login *login = &op->token->login;
    struct known_key key = {0};
    gpg_error_t err = 0;

    if (login_is_required(login) && login_get_state(login) != LOGIN_IN) {
        if (pin->origin != PIN_TYPED)
            pin_clear(pin);
        err = login_ensure(login, op->prompter, &op->reason, pin);
        if (err != 0)
            return err;
    }
    *ret_rv = operation_find(op, &key);
    if (*ret_rv != CKR_OK)
        return 0;
    if (wants_own_pin(op, &key)) {
        err = run_with_pin(op, &key, pin, ret, ret_mech, ret_rv);
        if (*op->pin_sent)
            pin_clear(pin);
        return err;
    }
    pin_clear(pin);
    *ret_rv = operation_run(op, &key, NULL, ret, ret_mech);
    return 0;
}

/* Something was lost that can be had again: make ready for a second try. */
static bool recover(const struct operation *op, CK_RV rv)
{
    struct token *token = op->token;

    if (sessions_is_gone(rv) || rv == CKR_OPERATION_ACTIVE) {
        login_set_state(&token->login, LOGIN_UNKNOWN);
    } else if (rv == CKR_USER_NOT_LOGGED_IN) {
        login_insist(&token->login);
    } else if (rv == CKR_OBJECT_HANDLE_INVALID ||
               rv == CKR_KEY_HANDLE_INVALID ||
               rv == CKR_KEY_TYPE_INCONSISTENT) {
        /* Perhaps it is only hidden, since nobody is logged in any more. */
        if (login_is_lost(&token->login))
            login_set_state(&token->login, LOGIN_UNKNOWN);
    } else {
        return false;
    }
    token_forget_keys(token);
    log_verbose("token '%s': %s: once more", token->printable_label,
                rv_name(rv));
    return true;
}

/* Again, once, if something was lost that can be had again. */
static gpg_error_t perform(const struct operation *op, struct secret *ret,
                           enum mech *ret_mech)
{
    AUTO_PIN pin = {0};
    CK_RV rv = CKR_OK;

    for (int attempt = 0; attempt < 2; attempt++) {
        AUTO_SECRET result = {0};
        gpg_error_t err = 0;

        if (atomic_load(&op->token->removed))
            return gpg_error(GPG_ERR_CARD_REMOVED);
        rv = CKR_OK;
        *ret_mech = op->request->mech;
        err = try_once(op, &pin, &result, ret_mech, &rv);
        if (err != 0)
            return token_note_removal(op->token, err);
        if (rv == CKR_OK) {
            secret_clear(ret);
            *ret = result;
            result = (struct secret){0};
            return 0;
        }
        if (attempt > 0 || !recover(op, rv))
            break;
    }
    return key_refused(op, *ret_mech, rv);
}

gpg_error_t token_perform(struct token *token, const struct key_locator *key,
                          const struct token_request *request,
                          const struct prompter *prompter, struct secret *ret,
                          enum mech *ret_mech)
{
    bool pin_sent = false;
    const struct operation op = {
        token,
        key,
        request,
        prompter,
        {request->action == TOKEN_SIGN ? PIN_TO_SIGN : PIN_TO_DECRYPT,
         key->label},
        &pin_sent};
    enum mech mech = MECH_NONE;
    gpg_error_t err = 0;

    token_begin_use(token);
    err = perform(&op, ret, &mech);
    token_end_use(token);
    if (gpg_err_code(err) == GPG_ERR_CARD_REMOVED)
        pin_cache_forget(&token->login.cache, prompter);
    if (err != 0)
        return err;
    if (request->action == TOKEN_SIGN)
        atomic_fetch_add(&token->n_signatures, 1);
    *ret_mech = mech;
    return 0;
}
