/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The PINs of one login or one use of a key, in their order: source, cache,
 * person. */
#include "token/pins.h"

#include "base/log.h"
#include "token/pin_source.h"

/* The token has answered to the source's PIN, or will not be asked. */
static void give_source(struct pins *pins)
{
    if (pins->has_source)
        login_give_source(pins->login);
    pins->has_source = false;
}

void pins_clear(struct pins *pins)
{
    pins_hide_message(pins);
    give_source(pins);
    secret_clear(&pins->refused);
}

bool pins_may_go_on(const struct pins *pins)
{
    return pins->n_prompts < LOGIN_MAX_PROMPTS;
}

/* What the person is told. */
static struct pin_request describe(const struct pins *pins)
{
    struct login *login = pins->login;
    const CK_TOKEN_INFO info = login_get_info(login);
    struct pin_request request = {.purpose = pins->purpose,
                                  .token_label = login->token_label,
                                  .token_serial = login->token_serial,
                                  .reason = *pins->reason};

    if (atomic_load(&login->names_slot)) {
        request.reader = login->reader;
        request.slot = login->slot;
    }
    if (pins->purpose == PIN_NEW)
        request.tries = PIN_TRIES_UNKNOWN;
    else if ((info.flags & CKF_USER_PIN_FINAL_TRY) != 0)
        request.tries = PIN_TRIES_LAST;
    else if ((info.flags & CKF_USER_PIN_COUNT_LOW) != 0)
        request.tries = PIN_TRIES_FEW;
    if (info.ulMaxPinLen != CK_UNAVAILABLE_INFORMATION &&
        info.ulMinPinLen <= info.ulMaxPinLen) {
        request.min_len = info.ulMinPinLen;
        request.max_len = info.ulMaxPinLen;
    }
    if (pins->was_refused) {
        request.was_wrong = true;
        request.wrong_origin = pins->refused_origin;
    } else if (pins->reason->action != PIN_TO_CHANGE &&
               login_is_source_refused(login)) {
        request.was_wrong = true;
        request.wrong_origin = PIN_FROM_SOURCE;
    }
    return request;
}

static bool has_right_length(const struct pin_request *request,
                             const struct secret *pin)
{
    return request->max_len == 0 ||
           (pin->len >= request->min_len && pin->len <= request->max_len);
}

static bool is_refused_one(const struct pins *pins, const struct secret *pin)
{
    return pins->refused.len != 0 &&
           span_equal(secret_span(pin), secret_span(&pins->refused));
}

gpg_error_t pins_check_not_locked(struct login *login)
{
    if ((login_get_flags(login) & CKF_USER_PIN_LOCKED) == 0)
        return 0;
    log_error("token '%s': its PIN is locked", login->token_label);
    return gpg_error(GPG_ERR_PIN_BLOCKED);
}

/* The line that tells afterwards when a PIN was used that nobody typed. */
static void report_use(const struct pins *pins, const char *source)
{
    static const char *const texts[] = {[PIN_TO_UNLOCK] = "to unlock it",
                                        [PIN_TO_SIGN] = "to sign",
                                        [PIN_TO_DECRYPT] = "to decrypt",
                                        [PIN_TO_CHANGE] = "to change it"};
    AUTO_FREE char *name = pin_source_name(source);
    const bool has_key = pins->reason->key_label[0] != '\0';

    log_info("token '%s'%s%s%s: PIN from %s used %s%s",
             pins->login->token_label, has_key ? ", key '" : "",
             pins->reason->key_label, has_key ? "'" : "",
             name != NULL ? name : "its source", texts[pins->reason->action],
             pins->purpose == PIN_FOR_KEY ? " once" : "");
}

/* RET stays empty if there is no source, or it has nothing to try; an error
 * only if nobody is to be asked instead. */
static gpg_error_t take_from_source(struct pins *pins, struct pin *ret)
{
    struct login *login = pins->login;
    const struct pin_request request = describe(pins);
    AUTO_SECRET pin = {0};
    gpg_error_t err = 0;

    if (login->pin_source == NULL || login_is_source_refused(login) ||
        pins->source_was_read)
        return 0;
    pins->source_was_read = true;
    err = pin_source_read(login->pin_source, pins->prompter->stop_fd, &pin);
    if (err != 0)
        return gpg_err_code(err) == GPG_ERR_CANCELED ? err : 0;
    if (!has_right_length(&request, &pin)) {
        log_error("token '%s': its PIN has %zu to %zu characters, the one of "
                  "the configuration has not; it was not tried",
                  login->token_label, request.min_len, request.max_len);
        return 0;
    }
    if (is_refused_one(pins, &pin) || !login_take_source(login))
        return 0;
    pins->has_source = true;
    report_use(pins, login->pin_source);
    ret->value = pin;
    ret->origin = PIN_FROM_SOURCE;
    pin = (struct secret){0};
    return 0;
}

static gpg_error_t take_from_cache(struct pins *pins, struct pin *ret)
{
    const struct pin_request request = describe(pins);
    AUTO_SECRET pin = {0};
    gpg_error_t err = 0;

    if (pins->purpose != PIN_FOR_TOKEN || !pins->login->use_cache)
        return 0;
    err = pin_cache_get(&pins->login->cache, pins->prompter, &pin);
    if (err != 0)
        return err;
    if (pin.len == 0 || !has_right_length(&request, &pin) ||
        is_refused_one(pins, &pin))
        return 0;
    log_verbose("token '%s': trying the PIN that the client remembers",
                pins->login->token_label);
    ret->value = pin;
    ret->origin = PIN_FROM_CACHE;
    pin = (struct secret){0};
    return 0;
}

/* Has the token come nearer to being locked than REQUEST told, by what another
 * client typed meanwhile? */
static bool is_last_try_news(const struct pins *pins,
                             const struct pin_request *request)
{
    return request->tries != PIN_TRIES_LAST &&
           describe(pins).tries == PIN_TRIES_LAST;
}

/* A PIN that is the same as the one that was refused is not tried either: a
 * program that answers, in gpg's loopback mode, always gives the same. */
static gpg_error_t ask_person(struct pins *pins, struct pin *ret)
{
    const struct prompter *prompter = pins->prompter;
    struct pin_request request = describe(pins);

    while (pins_may_go_on(pins)) {
        AUTO_SECRET pin = {0};
        gpg_error_t err = 0;

        pins->n_prompts++;
        err = prompter->get_pin(prompter->context, &request, &pin);
        if (err != 0)
            return err;
        if (pin.len == 0)
            return gpg_error(GPG_ERR_CANCELED);
        err = pins_check_not_locked(pins->login);
        if (err != 0)
            return err;
        if (is_last_try_news(pins, &request)) {
            request = describe(pins);
            continue;
        }
        request.was_length = !has_right_length(&request, &pin);
        request.was_wrong = is_refused_one(pins, &pin);
        request.wrong_origin = PIN_TYPED;
        if (!request.was_length && !request.was_wrong) {
            ret->value = pin;
            ret->origin = PIN_TYPED;
            pin = (struct secret){0};
            return 0;
        }
        log_verbose("token '%s': a PIN that cannot be right was typed and "
                    "not tried",
                    pins->login->token_label);
    }
    return gpg_error(GPG_ERR_BAD_PIN);
}

gpg_error_t pins_ask(struct pins *pins, struct pin *ret)
{
    gpg_error_t err = pins_check_not_locked(pins->login);

    return err != 0 ? err : ask_person(pins, ret);
}

gpg_error_t pins_next(struct pins *pins, struct pin *ret)
{
    struct login *login = pins->login;
    const bool has_pinpad = login_has_pinpad(login);
    struct pin pin = {0};
    gpg_error_t err = pins_check_not_locked(login);

    give_source(pins);
    if (err != 0)
        return err;
    if ((login_get_flags(login) & CKF_USER_PIN_FINAL_TRY) == 0) {
        err = take_from_source(pins, &pin);
        if (err == 0 && pin.value.len == 0 && !has_pinpad)
            err = take_from_cache(pins, &pin);
    }
    if (err == 0 && pin.value.len == 0 && !has_pinpad)
        err = ask_person(pins, &pin);
    if (err != 0)
        return err;
    secret_clear(&ret->value);
    *ret = pin;
    return 0;
}

void pins_refused(struct pins *pins, struct pin *pin)
{
    struct login *login = pins->login;

    log_verbose("token '%s': wrong PIN", login->token_label);
    if (pin->origin == PIN_FROM_SOURCE) {
        log_error(
            "token '%s' refused the PIN from its source: it is not used "
            "again until the token is inserted again or the configuration "
            "is read again (RELOADCONF)",
            login->token_label);
        login_set_source_refused(login);
        give_source(pins);
    }
    if (pins->purpose == PIN_FOR_TOKEN)
        pin_cache_forget(&login->cache, pins->prompter);
    secret_clear(&pins->refused);
    pins->was_refused = true;
    pins->refused = pin->value;
    pins->refused_origin = pin->origin;
    *pin = (struct pin){0};
}

void pins_accepted(struct pins *pins, const struct pin *pin)
{
    if (pins->purpose == PIN_FOR_TOKEN && pin->origin == PIN_TYPED &&
        pins->login->use_cache)
        pin_cache_put(&pins->login->cache, pins->prompter, &pin->value);
}

gpg_error_t pins_show_message(struct pins *pins)
{
    const struct pin_request request = describe(pins);
    gpg_error_t err = pins_check_not_locked(pins->login);

    if (err == 0)
        err = pins->prompter->pinpad_show(pins->prompter->context, &request);
    pins->shows_message = err == 0;
    return err;
}

void pins_hide_message(struct pins *pins)
{
    if (pins->shows_message)
        pins->prompter->pinpad_hide(pins->prompter->context);
    pins->shows_message = false;
}
