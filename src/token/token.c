/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One token: what it is, and what is on it. */
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "token/token_private.h"

static void token_free(struct token *token)
{
    if (token == NULL)
        return;
    idle_done(&token->idle, token->module->library);
    sessions_done(&token->sessions);
    login_done(&token->login);
    (void)pthread_cond_destroy(&token->listed);
    (void)pthread_mutex_destroy(&token->lock);
    free(token->known);
    object_list_clear(&token->listing.objects);
    pool_done(&token->pool);
    free(token->text.manufacturer);
    free(token->text.model);
    free(token->text.serial);
    free(token->text.label);
    free(token->text.reader);
    free(token->text.slot);
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

/* A longer PIN than this (bytes) is no claim to repeat. */
#define BELIEVABLE_PIN_LEN 255

gpg_error_t token_new(struct module *module, CK_SLOT_ID slot,
                      const CK_TOKEN_INFO *info, bool allow_pinpad,
                      struct token **ret)
{
    struct token *t = calloc(1, sizeof *t);

    if (t == NULL)
        return gpg_error_from_syserror();
    atomic_init(&t->references, 1);
    atomic_init(&t->recovers, -1);
    t->module = module;
    t->slot = slot;
    sessions_init(&t->sessions, module, slot, info->ulMaxSessionCount);
    login_init(&t->login, &t->sessions, info);
    (void)pthread_mutex_init(&t->lock, NULL);
    (void)pthread_cond_init(&t->listed, NULL);
    pool_init(&t->pool);
    t->text.manufacturer = FIELD(info->manufacturerID);
    t->text.model = FIELD(info->model);
    t->text.serial = FIELD(info->serialNumber);
    t->text.label = FIELD(info->label);
    if (info->ulMaxPinLen <= BELIEVABLE_PIN_LEN)
        t->pin_max_len = info->ulMaxPinLen;
    if (t->text.label != NULL && t->text.serial != NULL) {
        t->printable_label = str_printable(span_str(t->text.label));
        t->printable_serial = str_printable(span_str(t->text.serial));
    }
    if (t->text.manufacturer == NULL || t->text.model == NULL ||
        t->printable_label == NULL || t->printable_serial == NULL ||
        idle_init(&t->idle, module->library, slot) != 0) {
        token_free(t);
        return gpg_error(GPG_ERR_ENOMEM);
    }
    t->login.token_label = t->printable_label;
    t->login.token_serial = t->printable_serial;
    t->login.is_gone = &t->removed;
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

bool token_shares_module(const struct token *token, const struct token *other)
{
    return token->module == other->module;
}

void token_set_twin(struct token *token, bool has_twin)
{
    atomic_store(&token->login.names_slot, has_twin);
}

bool token_has_twin(const struct token *token)
{
    return atomic_load(&token->login.names_slot);
}

unsigned token_login_count(struct token *token)
{
    return login_get_count(&token->login);
}

size_t token_pin_max_len(const struct token *token)
{
    return token->pin_max_len;
}

unsigned token_private_mask(const struct token *token)
{
    return token->private_mask;
}

bool token_cert_private(const struct token *token)
{
    return token->cert_private;
}

unsigned token_signature_count(const struct token *token)
{
    return atomic_load(&token->n_signatures);
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

void token_give_back(struct token *token, struct session *session, CK_RV rv)
{
    if (rv == CKR_OK)
        sessions_return(&token->sessions, session);
    else if (sessions_is_gone(rv))
        sessions_forget(&token->sessions, session);
    else if (rv == CKR_OPERATION_ACTIVE && sessions_is_single(&token->sessions))
        sessions_discard(&token->sessions, session);
    else
        sessions_drop(&token->sessions, session);
}

void token_mark_objects(const struct token *token, struct object_list *list,
                        bool complete)
{
    for (size_t i = 0; i < list->n; i++)
        list->objects[i].is_left_out =
            !selection_has_object(&token->module->selection, token->matching,
                                  &list->objects[i], !complete);
}

gpg_error_t token_note_removal(struct token *token, gpg_error_t err)
{
    if (gpg_err_code(err) != GPG_ERR_CARD_REMOVED &&
        gpg_err_code(err) != GPG_ERR_CARD_NOT_PRESENT)
        return err;
    token_set_removed(token);
    return gpg_error(GPG_ERR_CARD_REMOVED);
}

gpg_error_t token_verify_pin(struct token *token,
                             const struct prompter *prompter)
{
    const struct pin_reason reason = {PIN_TO_UNLOCK, ""};
    gpg_error_t err = 0;

    if (atomic_load(&token->removed))
        return gpg_error(GPG_ERR_CARD_REMOVED);
    if (!login_is_required(&token->login))
        return gpg_error(GPG_ERR_NO_PIN);
    token_begin_use(token);
    if (login_get_state(&token->login) != LOGIN_IN)
        err = login_ensure(&token->login, prompter, &reason, NULL);
    token_end_use(token);
    return token_note_removal(token, err);
}
