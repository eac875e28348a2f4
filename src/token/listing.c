/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Listing a token's objects: for those who want to know them all, and for the
 * operation after a login, which finds its key among them. */
#include "base/log.h"
#include "pkcs11/call.h"
#include "pkcs11/rv.h"
#include "token/token_private.h"

/* Can SESSION see private objects?  Asked of the token itself: what we believe
 * of a login may have ceased to be true. */
static CK_RV check_complete(struct token *token, struct session *session,
                            bool *ret)
{
    CK_SESSION_INFO info = {0};
    CK_RV rv = CKR_OK;

    if (!login_is_required(&token->login)) {
        *ret = true;
        return CKR_OK;
    }
    rv = call_get_session_info(token->module, session->handle, &info);
    *ret = rv == CKR_OK && (info.state == CKS_RO_USER_FUNCTIONS ||
                            info.state == CKS_RW_USER_FUNCTIONS);
    if (rv == CKR_FUNCTION_NOT_SUPPORTED) {
        *ret = login_get_state(&token->login) == LOGIN_IN;
        rv = CKR_OK;
    }
    return rv;
}

/* What the attributes say and the token does not mean. */
static void correct(struct token *token, struct object_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        struct object *o = &list->objects[i];

        if (o->class == OBJECT_CERTIFICATE && token->cert_private)
            o->is_private = true;
        if (o->sign == USE_NO && o->sign_recover == USE_YES &&
            token->private_mask == 0 &&
            (o->key_type != KEY_TYPE_RSA || !token_recovers(token)))
            o->sign_recover = USE_NO;
    }
}

/* Is there an object on LIST that a login is needed for? */
static bool shows_private(const struct object_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->objects[i].is_private)
            return true;
    return false;
}

/* RET_COMPLETE: the private objects could be seen.  On a token that hides them
 * the one that is seen proves it; nothing is asked then. */
static CK_RV list_in_session(struct token *token, struct session *session,
                             struct object_list *ret, bool *ret_complete)
{
    const bool is_in = login_get_state(&token->login) == LOGIN_IN;
    struct find_habit habit = {0};
    bool proves = false;
    CK_RV rv = CKR_OK;

    (void)pthread_mutex_lock(&token->lock);
    habit = token->habit;
    proves = is_in && token->hides_private;
    (void)pthread_mutex_unlock(&token->lock);
    *ret_complete = true;
    if (!proves)
        rv = check_complete(token, session, ret_complete);
    if (rv == CKR_OK)
        rv = find_objects(token->module, session->handle,
                          *ret_complete || !token->cert_private, &habit,
                          &token->pool, ret);
    if (rv == CKR_OK && proves && !shows_private(ret))
        rv = check_complete(token, session, ret_complete);
    if (rv != CKR_OK) {
        object_list_clear(ret);
        return rv;
    }
    (void)pthread_mutex_lock(&token->lock);
    token->habit = habit;
    if (!*ret_complete)
        token->hides_private = !shows_private(ret);
    (void)pthread_mutex_unlock(&token->lock);
    correct(token, ret);
    return CKR_OK;
}

static CK_RV list_once(struct token *token, struct object_list *ret,
                       bool *ret_complete)
{
    struct session *session = NULL;
    CK_RV rv = sessions_borrow(&token->sessions, false, &session);

    if (rv != CKR_OK)
        return rv;
    rv = list_in_session(token, session, ret, ret_complete);
    token_give_back(token, session, rv);
    return rv;
}

static void wait_listed_locked(struct token *token)
{
    while (token->is_listing)
        (void)pthread_cond_wait(&token->listed, &token->lock);
}

void token_end_listing(struct token *token)
{
    (void)pthread_mutex_lock(&token->lock);
    token->is_listing = false;
    (void)pthread_cond_broadcast(&token->listed);
    (void)pthread_mutex_unlock(&token->lock);
}

/* Be the one who lists, and take the list that an operation made, if it has
 * seen all LOGINS. */
static bool begin_with_listing(struct token *token, unsigned logins,
                               struct object_list *ret)
{
    struct listing listing;

    (void)pthread_mutex_lock(&token->lock);
    wait_listed_locked(token);
    token->is_listing = true;
    listing = token->listing;
    token->listing = (struct listing){0};
    (void)pthread_mutex_unlock(&token->lock);
    if (listing.is_there && listing.login_count == logins) {
        *ret = listing.objects;
        return true;
    }
    object_list_clear(&listing.objects);
    return false;
}

static void note_listed(struct token *token, unsigned logins, bool complete)
{
    login_note_listing(&token->login, complete);
    (void)pthread_mutex_lock(&token->lock);
    token->listed_logins = logins;
    (void)pthread_mutex_unlock(&token->lock);
}

/* Ask the token, after LOGINS. */
static CK_RV list_anew(struct token *token, unsigned logins,
                       struct object_list *ret, bool *ret_complete)
{
    CK_RV rv = CKR_OK;

    /* What has changed since the last time but one. */
    pool_sweep(&token->pool);
    token_begin_use(token);
    rv = list_once(token, ret, ret_complete);
    if (sessions_is_gone(rv))
        rv = list_once(token, ret, ret_complete);
    if (rv == CKR_OK)
        note_listed(token, logins, *ret_complete);
    token_end_look(token);
    return rv;
}

gpg_error_t token_list_objects(struct token *token, bool anew,
                               struct object_list *ret, bool *ret_complete)
{
    const unsigned logins = login_get_count(&token->login);
    AUTO_OBJECT_LIST earlier = {0};
    CK_RV rv = CKR_OK;

    if (begin_with_listing(token, logins, &earlier) && !anew) {
        note_listed(token, logins, true);
        *ret = earlier;
        *ret_complete = true;
        earlier = (struct object_list){0};
    } else {
        if (anew)
            token_forget_keys(token);
        rv = list_anew(token, logins, ret, ret_complete);
    }
    token_end_listing(token);
    if (rv == CKR_OK)
        return 0;
    log_error("token '%s': its objects cannot be listed: %s",
              token->printable_label, rv_name(rv));
    return token_note_removal(token, rv_error(rv));
}

/* Will a list be wanted that has seen all LOGINS, and there is none? */
static bool is_list_old_locked(const struct token *token, unsigned logins)
{
    return token->listed_logins != logins &&
           !(token->listing.is_there && token->listing.login_count == logins);
}

bool token_begin_listing(struct token *token)
{
    const unsigned logins = login_get_count(&token->login);
    bool begins = false;

    (void)pthread_mutex_lock(&token->lock);
    if (is_list_old_locked(token, logins)) {
        /* Whoever is at it may fail: one try is enough for all. */
        begins = !token->is_listing;
        wait_listed_locked(token);
        if (begins)
            token->is_listing = true;
    }
    (void)pthread_mutex_unlock(&token->lock);
    return begins;
}

bool token_list_and_find(struct token *token, struct session *session,
                         const struct key_locator *key, struct known_key *ret,
                         CK_RV *ret_rv)
{
    const unsigned logins = login_get_count(&token->login);
    AUTO_OBJECT_LIST list = {0};
    struct object_list before = {0};
    bool complete = false;

    if (list_in_session(token, session, &list, &complete) != CKR_OK ||
        !complete)
        return false;
    *ret_rv = token_find_listed_key(token, &list, key, ret);
    (void)pthread_mutex_lock(&token->lock);
    before = token->listing.objects;
    token->listing = (struct listing){true, logins, list};
    (void)pthread_mutex_unlock(&token->lock);
    list = before;
    return true;
}
