/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What a token says of itself, as read last, and whether it is the same token
 * that says it. */
#include "base/log.h"
#include "base/str.h"
#include "pkcs11/call.h"
#include "token/login.h"

CK_TOKEN_INFO login_get_info(struct login *login)
{
    CK_TOKEN_INFO info;

    (void)pthread_mutex_lock(&login->lock);
    info = login->info;
    (void)pthread_mutex_unlock(&login->lock);
    return info;
}

CK_FLAGS login_get_flags(struct login *login)
{
    return login_get_info(login).flags;
}

void login_note_info(struct login *login, const CK_TOKEN_INFO *info)
{
    (void)pthread_mutex_lock(&login->lock);
    if (!login->busy)
        login->info = *info;
    (void)pthread_mutex_unlock(&login->lock);
}

static bool is_same_field(const unsigned char *a, const unsigned char *b,
                          size_t size)
{
    AUTO_FREE char *text_a = str_from_field(a, size);
    AUTO_FREE char *text_b = str_from_field(b, size);

    return text_a != NULL && text_b != NULL && str_equal(text_a, text_b);
}

/* By what they say of themselves, as a look at the slots tells them apart. */
static bool is_same_token(const CK_TOKEN_INFO *a, const CK_TOKEN_INFO *b)
{
    return is_same_field(a->label, b->label, sizeof a->label) &&
           is_same_field(a->serialNumber, b->serialNumber,
                         sizeof a->serialNumber) &&
           is_same_field(a->model, b->model, sizeof a->model) &&
           is_same_field(a->manufacturerID, b->manufacturerID,
                         sizeof a->manufacturerID);
}

CK_RV login_refresh_info(struct login *login)
{
    const CK_TOKEN_INFO before = login_get_info(login);
    const unsigned long newest = sessions_newest(login->sessions);
    CK_TOKEN_INFO info = {0};
    CK_RV rv = call_get_token_info(login->sessions->module,
                                   login->sessions->slot, &info);

    if (rv != CKR_OK)
        return rv;
    if (!is_same_token(&info, &before)) {
        log_error("token '%s': there is another token in its slot",
                  login->token_label);
        return CKR_DEVICE_REMOVED;
    }
    sessions_note_known(login->sessions, newest);
    (void)pthread_mutex_lock(&login->lock);
    login->info = info;
    (void)pthread_mutex_unlock(&login->lock);
    return CKR_OK;
}

CK_RV login_check_session(struct login *login, const struct session *session)
{
    if (login->is_gone != NULL && atomic_load(login->is_gone))
        return CKR_DEVICE_REMOVED;
    return sessions_is_known(login->sessions, session)
               ? CKR_OK
               : login_refresh_info(login);
}
