/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Bringing a token to logged-in: one C_Login for each PIN. */
#include "token/login.h"

#include "base/log.h"
#include "pkcs11/call.h"
#include "pkcs11/rv.h"
#include "token/pins.h"

void login_init(struct login *login, struct sessions *sessions,
                const CK_TOKEN_INFO *info)
{
    *login = (struct login){.sessions = sessions,
                            .token_label = "",
                            .token_serial = "",
                            .state = LOGIN_UNKNOWN,
                            .info = *info};
    pin_cache_init(&login->cache);
    (void)pthread_mutex_init(&login->lock, NULL);
    (void)pthread_cond_init(&login->changed, NULL);
}

void login_done(struct login *login)
{
    free(login->pin_source);
    pin_cache_done(&login->cache);
    (void)pthread_cond_destroy(&login->changed);
    (void)pthread_mutex_destroy(&login->lock);
}

void pin_clear(struct pin *pin)
{
    secret_clear(&pin->value);
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

void login_note_listing(struct login *login, bool complete)
{
    (void)pthread_mutex_lock(&login->lock);
    login->is_listed = complete;
    (void)pthread_mutex_unlock(&login->lock);
}

bool login_is_source_refused(struct login *login)
{
    bool refused = false;

    (void)pthread_mutex_lock(&login->lock);
    refused = login->source_refused;
    (void)pthread_mutex_unlock(&login->lock);
    return refused;
}

bool login_take_source(struct login *login)
{
    bool taken = false;

    (void)pthread_mutex_lock(&login->lock);
    while (login->source_busy)
        (void)pthread_cond_wait(&login->changed, &login->lock);
    taken = !login->source_refused;
    if (taken)
        login->source_busy = true;
    (void)pthread_mutex_unlock(&login->lock);
    return taken;
}

void login_give_source(struct login *login)
{
    (void)pthread_mutex_lock(&login->lock);
    login->source_busy = false;
    (void)pthread_cond_broadcast(&login->changed);
    (void)pthread_mutex_unlock(&login->lock);
}

void login_set_source_refused(struct login *login)
{
    (void)pthread_mutex_lock(&login->lock);
    login->source_refused = true;
    (void)pthread_mutex_unlock(&login->lock);
}

#define TROUBLE \
    (CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED)

static bool is_near_locked(struct login *login)
{
    return (login_get_flags(login) & TROUBLE) != 0;
}

/* C_Login was answered with RV. */
static void note_answer(struct login *login, CK_RV rv)
{
    (void)pthread_mutex_lock(&login->lock);
    login->is_troubled = rv != CKR_OK;
    (void)pthread_mutex_unlock(&login->lock);
}

CK_RV login_refresh_if_troubled(struct login *login)
{
    bool troubled = login->pin_source != NULL || is_near_locked(login);

    (void)pthread_mutex_lock(&login->lock);
    troubled = troubled || login->is_troubled;
    (void)pthread_mutex_unlock(&login->lock);
    return troubled ? login_refresh_info(login) : CKR_OK;
}

bool login_has_pinpad(struct login *login)
{
    return login->allow_pinpad &&
           (login_get_flags(login) & CKF_PROTECTED_AUTHENTICATION_PATH) != 0;
}

/* C_Login in a session of its own making. */
static CK_RV log_in(struct login *login, const struct secret *pin)
{
    struct session *session = NULL;
    CK_RV rv = sessions_borrow(login->sessions, false, &session);

    if (rv != CKR_OK)
        return rv;
    rv = login_check_session(login, session);
    if (rv == CKR_OK) {
        rv = call_login(login->sessions->module, session->handle, CKU_USER,
                        pin != NULL ? pin->data : NULL,
                        pin != NULL ? pin->len : 0);
        note_answer(login, rv);
    }
    sessions_return(login->sessions, session);
    return rv;
}

/* After it: how near the token is to being locked now, if that may have
 * changed. */
static void refresh_after(struct login *login, CK_RV rv)
{
    if (rv != CKR_OK || is_near_locked(login))
        (void)login_refresh_info(login);
}

static bool is_logged_in(CK_RV rv)
{
    return rv == CKR_OK || rv == CKR_USER_ALREADY_LOGGED_IN;
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

/* For the log: the code alone does not say what to do. */
static void tell_failure(const struct login *login, CK_RV rv)
{
    log_error("token '%s': C_Login failed: %s%s", login->token_label,
              rv_name(rv),
              rv == CKR_PIN_EXPIRED
                  ? ": change the PIN, with passwd in gpg --card-edit"
                  : "");
}

static gpg_error_t log_in_by_pinpad(struct login *login, struct pins *pins)
{
    CK_RV rv = CKR_OK;
    gpg_error_t err = pins_show_message(pins);

    if (err != 0)
        return err;
    rv = log_in(login, NULL);
    pins_hide_message(pins);
    refresh_after(login, rv);
    if (is_logged_in(rv))
        return 0;
    tell_failure(login, rv);
    return rv_error(rv);
}

/* Did the token count a wrong PIN, whatever its answer to C_Login was?  BEFORE
 * are its flags before that. */
static bool has_counted(struct login *login, CK_FLAGS before)
{
    return (login_get_flags(login) & ~before & TROUBLE) != 0;
}

/* The first PIN: the one that GIVEN has, or as pins_next says. */
static gpg_error_t first_pin(struct pins *pins, struct pin *given,
                             struct pin *ret)
{
    if (given == NULL || given->value.len == 0)
        return pins_next(pins, ret);
    pins->n_prompts++;
    *ret = *given;
    *given = (struct pin){0};
    return pins_check_not_locked(pins->login);
}

static gpg_error_t log_in_somehow(struct login *login, struct pins *pins,
                                  struct pin *ret_pin)
{
    while (pins_may_go_on(pins)) {
        const CK_FLAGS before = login_get_flags(login);
        AUTO_PIN pin = {0};
        CK_RV rv = CKR_OK;
        gpg_error_t err = 0;

        err = first_pin(pins, ret_pin, &pin);
        if (err != 0)
            return err;
        if (pin.value.len == 0)
            return log_in_by_pinpad(login, pins);
        rv = log_in(login, &pin.value);
        refresh_after(login, rv);
        if (login_is_wrong_pin(rv)) {
            pins_refused(pins, &pin);
            continue;
        }
        if (!is_logged_in(rv)) {
            tell_failure(login, rv);
            if (rv == CKR_PIN_LOCKED || has_counted(login, before))
                pins_refused(pins, &pin);
            return rv_error(rv);
        }
        /* Of a PIN that it did not look at nothing is known. */
        if (rv == CKR_OK)
            pins_accepted(pins, &pin);
        if (ret_pin != NULL && pin.origin != PIN_FROM_CACHE) {
            *ret_pin = pin;
            pin = (struct pin){0};
        }
        return 0;
    }
    return gpg_error(GPG_ERR_BAD_PIN);
}

/* The whole way to logged-in, by the one caller whose turn it is. */
static gpg_error_t bring_in(struct login *login,
                            const struct prompter *prompter,
                            const struct pin_reason *reason,
                            struct pin *ret_pin)
{
    AUTO_PINS pins = {.login = login,
                      .prompter = prompter,
                      .reason = reason,
                      .purpose = PIN_FOR_TOKEN};
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
    return log_in_somehow(login, &pins, ret_pin);
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
                         const struct pin_reason *reason, struct pin *ret_pin)
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
        login->count += err == 0 && !login->is_listed;
        (void)pthread_mutex_unlock(&login->lock);
        if (err == 0)
            log_verbose("token '%s': logged in", login->token_label);
    }
    login_give_turn(login);
    return err;
}

CK_RV login_for_key(struct login *login, struct session *session,
                    const struct secret *pin)
{
    CK_RV rv = call_login(login->sessions->module, session->handle,
                          CKU_CONTEXT_SPECIFIC, pin->data, pin->len);

    note_answer(login, rv);
    return rv;
}
