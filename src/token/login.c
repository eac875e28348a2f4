/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Bringing a token to logged-in: one C_Login for each PIN that was typed. */
#include "token/login.h"

#include "base/log.h"
#include "pkcs11/call.h"
#include "pkcs11/rv.h"

void login_init(struct login *login, struct sessions *sessions,
                const CK_TOKEN_INFO *info)
{
    *login = (struct login){.sessions = sessions,
                            .token_label = "",
                            .token_serial = "",
                            .state = LOGIN_UNKNOWN,
                            .info = *info};
    (void)pthread_mutex_init(&login->lock, NULL);
    (void)pthread_cond_init(&login->changed, NULL);
}

void login_done(struct login *login)
{
    (void)pthread_cond_destroy(&login->changed);
    (void)pthread_mutex_destroy(&login->lock);
}

bool login_is_wrong_pin(CK_RV rv)
{
    return rv == CKR_PIN_INCORRECT || rv == CKR_PIN_INVALID ||
           rv == CKR_PIN_LEN_RANGE;
}

void login_set_state(struct login *login, enum login_state state)
{
    const unsigned epoch = sessions_epoch(login->sessions);

    (void)pthread_mutex_lock(&login->lock);
    login->state = state;
    login->epoch = epoch;
    (void)pthread_mutex_unlock(&login->lock);
}

void login_forget(struct login *login)
{
    (void)pthread_mutex_lock(&login->lock);
    login->state = LOGIN_UNKNOWN;
    login->forgotten = true;
    (void)pthread_mutex_unlock(&login->lock);
}

enum login_state login_get_state(struct login *login)
{
    const unsigned epoch = sessions_epoch(login->sessions);
    enum login_state state = LOGIN_OUT;

    (void)pthread_mutex_lock(&login->lock);
    state = login->state;
    if (state == LOGIN_IN && login->epoch != epoch)
        state = LOGIN_UNKNOWN;
    (void)pthread_mutex_unlock(&login->lock);
    return state;
}

unsigned login_get_count(struct login *login)
{
    unsigned count = 0;

    (void)pthread_mutex_lock(&login->lock);
    count = login->count;
    (void)pthread_mutex_unlock(&login->lock);
    return count;
}

static CK_TOKEN_INFO get_info(struct login *login)
{
    CK_TOKEN_INFO info;

    (void)pthread_mutex_lock(&login->lock);
    info = login->info;
    (void)pthread_mutex_unlock(&login->lock);
    return info;
}

CK_FLAGS login_get_flags(struct login *login)
{
    return get_info(login).flags;
}

bool login_is_required(struct login *login)
{
    bool insists = false;

    (void)pthread_mutex_lock(&login->lock);
    insists = login->insists;
    (void)pthread_mutex_unlock(&login->lock);
    return insists || (login_get_flags(login) & CKF_LOGIN_REQUIRED) != 0;
}

void login_insist(struct login *login)
{
    (void)pthread_mutex_lock(&login->lock);
    login->insists = true;
    login->state = LOGIN_UNKNOWN;
    (void)pthread_mutex_unlock(&login->lock);
}

void login_set_info(struct login *login, const CK_TOKEN_INFO *info)
{
    (void)pthread_mutex_lock(&login->lock);
    login->info = *info;
    (void)pthread_mutex_unlock(&login->lock);
}

CK_RV login_refresh_info(struct login *login)
{
    CK_TOKEN_INFO info = {0};
    CK_RV rv = call_get_token_info(login->sessions->module,
                                   login->sessions->slot, &info);

    if (rv == CKR_OK)
        login_set_info(login, &info);
    return rv;
}

bool login_uses_pinpad(struct login *login)
{
    return login->allow_pinpad &&
           (login_get_flags(login) & CKF_PROTECTED_AUTHENTICATION_PATH) != 0;
}

void login_describe(struct login *login, enum pin_purpose purpose,
                    const struct pin_reason *reason, struct pin_request *ret)
{
    CK_TOKEN_INFO info = get_info(login);

    *ret = (struct pin_request){.purpose = purpose,
                                .token_label = login->token_label,
                                .token_serial = login->token_serial,
                                .reason = *reason};
    if (atomic_load(&login->names_slot)) {
        ret->reader = login->reader;
        ret->slot = login->slot;
    }
    if ((info.flags & CKF_USER_PIN_FINAL_TRY) != 0)
        ret->tries = PIN_TRIES_LAST;
    else if ((info.flags & CKF_USER_PIN_COUNT_LOW) != 0)
        ret->tries = PIN_TRIES_FEW;
    if (info.ulMaxPinLen != CK_UNAVAILABLE_INFORMATION &&
        info.ulMinPinLen <= info.ulMaxPinLen) {
        ret->min_len = info.ulMinPinLen;
        ret->max_len = info.ulMaxPinLen;
    }
}

static bool has_right_length(const struct pin_request *request,
                             const struct secret *pin)
{
    return request->max_len == 0 ||
           (pin->len >= request->min_len && pin->len <= request->max_len);
}

gpg_error_t login_check_not_locked(struct login *login)
{
    if ((login_get_flags(login) & CKF_USER_PIN_LOCKED) == 0)
        return 0;
    log_error("token '%s': its PIN is locked", login->token_label);
    return gpg_error(GPG_ERR_PIN_BLOCKED);
}

gpg_error_t login_ask_pin(struct login *login, const struct prompter *prompter,
                          struct pin_request *request,
                          const struct secret *refused, unsigned *prompts,
                          struct secret *ret)
{
    gpg_error_t err = login_check_not_locked(login);

    if (err != 0)
        return err;
    while ((*prompts)++ < LOGIN_MAX_PROMPTS) {
        AUTO_SECRET pin = {0};

        err = prompter->get_pin(prompter->context, request, &pin);
        if (err != 0)
            return err;
        if (pin.len == 0)
            return gpg_error(GPG_ERR_CANCELED);
        request->was_length = !has_right_length(request, &pin);
        request->was_wrong =
            refused->len != 0 &&
            span_equal(secret_span(&pin), secret_span(refused));
        if (!request->was_length && !request->was_wrong) {
            *ret = pin;
            pin = (struct secret){0};
            return 0;
        }
        log_verbose("token '%s': a PIN that cannot be right was typed and "
                    "not tried",
                    login->token_label);
    }
    return gpg_error(GPG_ERR_BAD_PIN);
}

/* C_Login in a session of its own making. */
static CK_RV log_in(struct login *login, const struct secret *pin)
{
    struct session *session = NULL;
    CK_RV rv = sessions_borrow(login->sessions, false, &session);

    if (rv != CKR_OK)
        return rv;
    rv = call_login(login->sessions->module, session->handle, CKU_USER,
                    pin != NULL ? pin->data : NULL, pin != NULL ? pin->len : 0);
    sessions_return(login->sessions, session);
    return rv == CKR_USER_ALREADY_LOGGED_IN ? CKR_OK : rv;
}

/* Ask the token whether it is logged in already; the session is checked on
 * the way, so that no PIN is typed for one that is dead. */
static CK_RV check_state(struct login *login, bool *ret_logged_in)
{
    CK_SESSION_INFO info = {0};
    CK_RV rv = CKR_OK;

    for (int attempt = 0; attempt < 2; attempt++) {
        struct session *session = NULL;

        rv = sessions_borrow(login->sessions, false, &session);
        if (rv != CKR_OK)
            return rv;
        rv = call_get_session_info(login->sessions->module, session->handle,
                                   &info);
        if (!sessions_is_gone(rv)) {
            sessions_return(login->sessions, session);
            break;
        }
        sessions_forget(login->sessions, session);
    }
    *ret_logged_in = rv == CKR_OK && (info.state == CKS_RO_USER_FUNCTIONS ||
                                      info.state == CKS_RW_USER_FUNCTIONS);
    return rv;
}

bool login_is_lost(struct login *login)
{
    bool logged_in = true;

    return login_is_required(login) &&
           check_state(login, &logged_in) == CKR_OK && !logged_in;
}

static gpg_error_t log_in_by_pinpad(struct login *login,
                                    const struct prompter *prompter,
                                    const struct pin_request *request)
{
    CK_RV rv = CKR_OK;
    gpg_error_t err = login_check_not_locked(login);

    if (err == 0)
        err = prompter->pinpad_show(prompter->context, request);
    if (err != 0)
        return err;
    rv = log_in(login, NULL);
    prompter->pinpad_hide(prompter->context);
    (void)login_refresh_info(login);
    return rv_error(rv);
}

static gpg_error_t log_in_by_prompt(struct login *login,
                                    const struct prompter *prompter,
                                    const struct pin_reason *reason,
                                    struct secret *ret_pin)
{
    struct pin_request request = {0};
    AUTO_SECRET refused = {0};
    unsigned prompts = 0;

    while (prompts < LOGIN_MAX_PROMPTS) {
        AUTO_SECRET pin = {0};
        gpg_error_t err = 0;
        CK_RV rv = CKR_OK;

        login_describe(login, PIN_FOR_TOKEN, reason, &request);
        request.was_wrong = refused.len != 0;
        err =
            login_ask_pin(login, prompter, &request, &refused, &prompts, &pin);
        if (err != 0)
            return err;
        rv = log_in(login, &pin);
        (void)login_refresh_info(login);
        if (login_is_wrong_pin(rv)) {
            log_verbose("token '%s': wrong PIN", login->token_label);
            secret_clear(&refused);
            refused = pin;
            pin = (struct secret){0};
            continue;
        }
        if (rv != CKR_OK)
            log_error("token '%s': C_Login failed: %s", login->token_label,
                      rv_name(rv));
        if (rv == CKR_OK && ret_pin != NULL) {
            *ret_pin = pin;
            pin = (struct secret){0};
        }
        return rv_error(rv);
    }
    return gpg_error(GPG_ERR_BAD_PIN);
}

/* The whole way to logged-in, by the one caller whose turn it is. */
static gpg_error_t bring_in(struct login *login,
                            const struct prompter *prompter,
                            const struct pin_reason *reason,
                            struct secret *ret_pin)
{
    struct pin_request request = {0};
    bool logged_in = false;
    CK_RV rv = check_state(login, &logged_in);

    if (rv == CKR_FUNCTION_NOT_SUPPORTED)
        rv = CKR_OK;
    if (rv == CKR_OK && !logged_in)
        rv = login_refresh_info(login);
    if (rv != CKR_OK) {
        log_error("token '%s': not usable: %s", login->token_label,
                  rv_name(rv));
        return rv_error(rv);
    }
    if (logged_in)
        return 0;
    if (!login_uses_pinpad(login))
        return log_in_by_prompt(login, prompter, reason, ret_pin);
    login_describe(login, PIN_FOR_TOKEN, reason, &request);
    return log_in_by_pinpad(login, prompter, &request);
}

void login_take_turn(struct login *login)
{
    (void)pthread_mutex_lock(&login->lock);
    while (login->busy)
        (void)pthread_cond_wait(&login->changed, &login->lock);
    login->busy = true;
    login->forgotten = false;
    (void)pthread_mutex_unlock(&login->lock);
}

void login_give_turn(struct login *login)
{
    (void)pthread_mutex_lock(&login->lock);
    login->busy = false;
    (void)pthread_cond_broadcast(&login->changed);
    (void)pthread_mutex_unlock(&login->lock);
}

gpg_error_t login_ensure(struct login *login, const struct prompter *prompter,
                         const struct pin_reason *reason,
                         struct secret *ret_pin)
{
    unsigned epoch = 0;
    gpg_error_t err = 0;

    login_take_turn(login);
    if (login_get_state(login) != LOGIN_IN) {
        err = bring_in(login, prompter, reason, ret_pin);
        epoch = sessions_epoch(login->sessions);
        (void)pthread_mutex_lock(&login->lock);
        login->state = err == 0 ? LOGIN_IN : LOGIN_OUT;
        if (login->forgotten)
            login->state = LOGIN_UNKNOWN;
        login->epoch = epoch;
        login->count += err == 0;
        (void)pthread_mutex_unlock(&login->lock);
        if (err == 0)
            log_verbose("token '%s': logged in", login->token_label);
    }
    login_give_turn(login);
    return err;
}

gpg_error_t login_ask_key_pin(struct login *login,
                              const struct prompter *prompter,
                              const struct pin_reason *reason,
                              const struct secret *refused, unsigned *prompts,
                              struct secret *ret)
{
    struct pin_request request = {0};
    CK_RV rv = login_refresh_info(login);

    if (rv != CKR_OK)
        return rv_error(rv);
    if (login_uses_pinpad(login)) {
        ++*prompts;
        return login_check_not_locked(login);
    }
    login_describe(login, PIN_FOR_KEY, reason, &request);
    request.was_wrong = refused->len != 0;
    return login_ask_pin(login, prompter, &request, refused, prompts, ret);
}

CK_RV login_for_key(struct login *login, const struct prompter *prompter,
                    const struct pin_reason *reason, struct session *session,
                    const struct secret *pin)
{
    struct pin_request request = {0};
    CK_RV rv = CKR_OK;

    if (pin->len != 0)
        return call_login(login->sessions->module, session->handle,
                          CKU_CONTEXT_SPECIFIC, pin->data, pin->len);
    login_describe(login, PIN_FOR_KEY, reason, &request);
    if (prompter->pinpad_show(prompter->context, &request) != 0)
        return CKR_CANCEL;
    rv = call_login(login->sessions->module, session->handle,
                    CKU_CONTEXT_SPECIFIC, NULL, 0);
    prompter->pinpad_hide(prompter->context);
    return rv;
}
