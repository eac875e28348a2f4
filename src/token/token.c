/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One token: what it is, and what is on it. */
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "pkcs11/find.h"
#include "pkcs11/rv.h"
#include "token/token_private.h"

static void token_free(struct token *token)
{
    if (token == NULL)
        return;
    sessions_done(&token->sessions);
    login_done(&token->login);
    (void)pthread_mutex_destroy(&token->lock);
    free(token->known);
    free(token->text.manufacturer);
    free(token->text.model);
    free(token->text.serial);
    free(token->text.label);
    free(token->text.reader);
    free(token->printable_label);
    free(token->printable_serial);
    free(token);
}

struct token *token_ref(struct token *token)
{
    atomic_fetch_add(&token->references, 1);
    return token;
}

void token_unref(struct token *token)
{
    if (token != NULL && atomic_fetch_sub(&token->references, 1) == 1)
        token_free(token);
}

#define FIELD(field) str_from_field(field, sizeof(field))

gpg_error_t token_new(struct module *module, CK_SLOT_ID slot,
                      const CK_TOKEN_INFO *info, bool allow_pinpad,
                      struct token **ret)
{
    struct token *t = calloc(1, sizeof *t);

    if (t == NULL)
        return gpg_error_from_syserror();
    atomic_init(&t->references, 1);
    t->module = module;
    t->slot = slot;
    sessions_init(&t->sessions, module, slot, info->ulMaxSessionCount);
    login_init(&t->login, &t->sessions, info);
    (void)pthread_mutex_init(&t->lock, NULL);
    t->text.manufacturer = FIELD(info->manufacturerID);
    t->text.model = FIELD(info->model);
    t->text.serial = FIELD(info->serialNumber);
    t->text.label = FIELD(info->label);
    if (t->text.label != NULL && t->text.serial != NULL) {
        t->printable_label = str_printable(span_str(t->text.label));
        t->printable_serial = str_printable(span_str(t->text.serial));
    }
    if (t->text.manufacturer == NULL || t->text.model == NULL ||
        t->printable_label == NULL || t->printable_serial == NULL) {
        token_free(t);
        return gpg_error(GPG_ERR_ENOMEM);
    }
    t->login.token_label = t->printable_label;
    t->login.token_serial = t->printable_serial;
    t->login.allow_pinpad = allow_pinpad;
    *ret = t;
    return 0;
}

static bool field_is(const unsigned char *field, size_t size, const char *text)
{
    AUTO_FREE char *value = str_from_field(field, size);

    return value != NULL && str_equal(value, text);
}

bool token_is_same(const struct token *token, const struct module *module,
                   CK_SLOT_ID slot, const CK_TOKEN_INFO *info)
{
    return token->module == module && token->slot == slot &&
           field_is(info->label, sizeof info->label, token->text.label) &&
           field_is(info->serialNumber, sizeof info->serialNumber,
                    token->text.serial) &&
           field_is(info->model, sizeof info->model, token->text.model) &&
           field_is(info->manufacturerID, sizeof info->manufacturerID,
                    token->text.manufacturer);
}

void token_set_removed(struct token *token)
{
    atomic_store(&token->removed, true);
}

const struct token_text *token_text(const struct token *token)
{
    return &token->text;
}

unsigned token_login_count(struct token *token)
{
    return login_get_count(&token->login);
}

enum token_pin token_pin_state(struct token *token)
{
    CK_FLAGS flags = login_get_flags(&token->login);

    if ((flags & CKF_USER_PIN_LOCKED) != 0)
        return TOKEN_PIN_LOCKED;
    if (!login_is_required(&token->login))
        return TOKEN_PIN_NONE;
    if (login_get_state(&token->login) == LOGIN_IN)
        return TOKEN_PIN_VERIFIED;
    return (flags & CKF_USER_PIN_FINAL_TRY) != 0 ? TOKEN_PIN_LAST_TRY
                                                 : TOKEN_PIN_WANTED;
}

gpg_error_t token_list_objects(struct token *token, bool anew,
                               struct object_list *ret, bool *ret_complete)
{
    CK_RV rv = CKR_OK;

    if (anew)
        token_forget_keys(token);
    for (int attempt = 0; attempt < 2; attempt++) {
        struct session *session = NULL;

        rv = sessions_borrow(&token->sessions, false, &session);
        if (rv != CKR_OK)
            break;
        rv = find_objects(token->module, session->handle, ret);
        if (rv == CKR_OK) {
            sessions_return(&token->sessions, session);
            break;
        }
        if (rv != CKR_SESSION_HANDLE_INVALID && rv != CKR_SESSION_CLOSED) {
            sessions_drop(&token->sessions, session);
            break;
        }
        sessions_forget(&token->sessions, session);
        login_set_state(&token->login, LOGIN_UNKNOWN);
    }
    if (rv != CKR_OK) {
        log_error("token '%s': its objects cannot be listed: %s",
                  token->printable_label, rv_name(rv));
        return rv_error(rv);
    }
    *ret_complete = !login_is_required(&token->login) ||
                    login_get_state(&token->login) == LOGIN_IN;
    return 0;
}

void token_disconnect(struct token *token)
{
    sessions_close_idle(&token->sessions);
    login_set_state(&token->login, LOGIN_UNKNOWN);
}

gpg_error_t token_verify_pin(struct token *token,
                             const struct prompter *prompter)
{
    const struct pin_reason reason = {PIN_TO_UNLOCK, ""};

    if (atomic_load(&token->removed))
        return gpg_error(GPG_ERR_CARD_REMOVED);
    if (!login_is_required(&token->login))
        return gpg_error(GPG_ERR_NO_PIN);
    if (login_get_state(&token->login) == LOGIN_IN)
        return 0;
    return login_ensure(&token->login, prompter, &reason, NULL);
}
