/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Random numbers of a token. */
#include "base/log.h"
#include "pkcs11/call.h"
#include "pkcs11/rv.h"
#include "token/token_private.h"

static CK_RV generate(struct token *token, struct secret *random)
{
    struct session *session = NULL;
    CK_RV rv = sessions_borrow(&token->sessions, false, &session);

    if (rv != CKR_OK)
        return rv;
    rv = call_generate_random(token->module, session->handle, random->data,
                              random->len);
    token_give_back(token, session, rv);
    return rv;
}

gpg_error_t token_random(struct token *token, size_t len, struct secret *ret)
{
    AUTO_SECRET random = {0};
    CK_RV rv = CKR_RANDOM_NO_RNG;
    gpg_error_t err = secret_alloc(&random, len);

    if (err != 0)
        return err;
    if (atomic_load(&token->removed))
        return gpg_error(GPG_ERR_CARD_REMOVED);
    token_begin_use(token);
    if ((login_get_flags(&token->login) & CKF_RNG) != 0)
        rv = generate(token, &random);
    if (sessions_is_gone(rv))
        rv = generate(token, &random);
    token_end_look(token);
    if (rv != CKR_OK) {
        log_error("token '%s': no random numbers: %s", token->printable_label,
                  rv_name(rv));
        return token_note_removal(token, rv_error(rv));
    }
    secret_clear(ret);
    *ret = random;
    random = (struct secret){0};
    return 0;
}
