/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The module's calls of one operation in their order, by the mechanism and the
 * function that the token takes for the key. */
#include "token/compute.h"
#include "token/operation_private.h"

/* Answers to a login for one use that mean: this key does not really want it
 * (some modules store the attribute and do not act on it). */
static bool needs_no_key_login(CK_RV rv)
{
    return rv == CKR_USER_ALREADY_LOGGED_IN ||
           rv == CKR_OPERATION_NOT_INITIALIZED || rv == CKR_USER_TYPE_INVALID ||
           rv == CKR_FUNCTION_NOT_SUPPORTED;
}

/* Answers to it that mean: the PIN was not looked at, since the token's own
 * login or the session is lost.  The PIN does for that login then. */
static bool is_for_want_of_login(CK_RV rv)
{
    return rv == CKR_USER_NOT_LOGGED_IN || sessions_is_gone(rv);
}

/* The calls themselves.  PIN: for a key that wants it at each use, NULL for
 * others. */
static CK_RV run(const struct operation *op, const struct compute *c,
                 struct session *session, const struct known_key *key,
                 const struct secret *pin, struct secret *ret)
{
    CK_RV rv = CKR_OK;

    if (op->request->action == TOKEN_DERIVE)
        return compute_derive(c, session, key->handle, ret);
    if (c->way == WAY_UNWRAP)
        return compute_unwrap(c, session, key->handle, ret);
    /* Before the operation begins: nothing may come between the others. */
    if (pin != NULL)
        rv = login_check_session(&op->token->login, session);
    if (rv == CKR_OK)
        rv = compute_begin(c, session, key->handle);
    if (rv == CKR_OK && pin != NULL) {
        rv = login_for_key(&op->token->login, session, pin);
        *op->pin_sent = !is_for_want_of_login(rv);
        if (needs_no_key_login(rv))
            rv = CKR_OK;
        /* The session is not used again, unless there is only one: then its
         * operation must not stay active. */
        if (rv != CKR_OK && sessions_is_single(&op->token->sessions))
            (void)compute_finish(c, session, ret);
    }
    return rv == CKR_OK ? compute_finish(c, session, ret) : rv;
}

/* In a session; LISTS: all objects are to be listed, and it may be among them.
 */
static CK_RV find_in_session(const struct operation *op, bool lists,
                             struct known_key *ret)
{
    struct session *session = NULL;
    CK_RV rv = CKR_OK;

    /* Whoever was waited for may have found it. */
    if (!lists && token_recall_key(op->token, op->key, ret))
        return CKR_OK;
    rv = sessions_borrow(&op->token->sessions, false, &session);
    if (rv != CKR_OK)
        return rv;
    if (!lists || !token_list_and_find(op->token, session, op->key, ret, &rv))
        rv = token_find_key(op->token, session, op->key, ret);
    token_give_back(op->token, session, rv);
    return rv;
}

CK_RV operation_find(const struct operation *op, struct known_key *ret)
{
    bool lists = false;
    CK_RV rv = CKR_OK;

    if (token_recall_key(op->token, op->key, ret))
        return CKR_OK;
    /* It waits, and so comes before a session: the one it waits for needs one.
     */
    lists = token_begin_listing(op->token);
    rv = find_in_session(op, lists, ret);
    if (lists)
        token_end_listing(op->token);
    return rv;
}

/* Run it one way in a session.  ECDH makes an object: a token that wants a
 * read-write session for that gets one. */
static CK_RV run_in_session(const struct operation *op, const struct compute *c,
                            const struct known_key *key,
                            const struct secret *pin, struct secret *ret)
{
    bool read_write = false;
    CK_RV rv = CKR_OK;

    do {
        struct session *session = NULL;

        read_write = rv == CKR_SESSION_READ_ONLY;
        rv = sessions_borrow(&op->token->sessions, read_write, &session);
        if (rv != CKR_OK)
            return rv;
        rv = run(op, c, session, key, pin, ret);
        token_give_back(op->token, session, rv);
    } while (rv == CKR_SESSION_READ_ONLY && !read_write &&
             (pin == NULL || !*op->pin_sent));
    return rv;
}

/* Run it with the mechanism that the algorithm prefers or, if the token refuses
 * that for this key, with the other.  What counts is what the token does: its
 * list of mechanisms may have too many or too few, and says nothing of a key's
 * own CKA_ALLOWED_MECHANISMS.  A refusal is remembered, so that it costs one
 * call once; nothing is asked before. */
static CK_RV run_some_mech(const struct operation *op,
                           const struct known_key *key,
                           const struct secret *pin, struct secret *ret,
                           enum mech *ret_mech)
{
    const struct token_request *request = op->request;
    const enum key_way way = known_key_way(key, request);
    const struct compute first = {op->token, request, way, request->mech,
                                  request->input};
    const struct compute second = {op->token, request, way, request->other_mech,
                                   request->other_input};
    const bool has_second = second.mech != MECH_NONE;
    CK_RV rv = CKR_MECHANISM_INVALID;

    *ret_mech = first.mech;
    if (!has_second || !known_key_lacks(key, request))
        rv = run_in_session(op, &first, key, pin, ret);
    if (rv != CKR_MECHANISM_INVALID || !has_second)
        return rv;
    token_note_lack(op->token, key, request, true);
    /* A login for one use was used up: the other way needs a PIN of its own. */
    if (*op->pin_sent && !known_key_lacks(key, request))
        return rv;
    *ret_mech = second.mech;
    rv = run_in_session(op, &second, key, pin, ret);
    if (rv == CKR_MECHANISM_INVALID)
        token_note_lack(op->token, key, request, false);
    return rv;
}

bool operation_is_other_way(CK_RV rv)
{
    return rv == CKR_KEY_FUNCTION_NOT_PERMITTED ||
           rv == CKR_FUNCTION_NOT_SUPPORTED;
}

CK_RV operation_run(const struct operation *op, const struct known_key *key,
                    const struct secret *pin, struct secret *ret,
                    enum mech *ret_mech)
{
    struct known_key other = *key;
    CK_RV rv = run_some_mech(op, key, pin, ret, ret_mech);

    if (!operation_is_other_way(rv) ||
        !token_drop_way(op->token, &other, op->request))
        return rv;
    /* A login for one use was used up: the other way needs a PIN of its own. */
    if (*op->pin_sent)
        return rv;
    return run_some_mech(op, &other, pin, ret, ret_mech);
}
