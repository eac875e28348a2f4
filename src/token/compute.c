/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The module's calls that sign, decrypt, unwrap or derive, in one session. */
#include "token/compute.h"

#include "base/log.h"
#include "pkcs11/call.h"
#include "pkcs11/rv.h"

/* A token's word that its answer is longer is believed up to here. */
#define MAX_OUTPUT ((size_t)64 * 1024)

CK_RV compute_begin(const struct compute *c, struct session *session,
                    CK_OBJECT_HANDLE key)
{
    CK_MECHANISM mechanism = {mech_type(c->mech), NULL, 0};

    if (c->way == WAY_SIGN_RECOVER)
        return call_sign_recover_init(c->token->module, session->handle,
                                      &mechanism, key);
    if (c->request->action == TOKEN_SIGN)
        return call_sign_init(c->token->module, session->handle, &mechanism,
                              key);
    return call_decrypt_init(c->token->module, session->handle, &mechanism,
                             key);
}

static CK_RV finish_into(const struct compute *c, struct session *session,
                         struct secret *out, CK_ULONG *len)
{
    /* Cryptoki takes its input without const but leaves it as it is. */
    CK_BYTE *input = (CK_BYTE *)(uintptr_t)c->input.data;
    CK_ULONG input_len = c->input.len;

    *len = out->len;
    if (c->way == WAY_SIGN_RECOVER)
        return call_sign_recover(c->token->module, session->handle, input,
                                 input_len, out->data, len);
    if (c->request->action == TOKEN_SIGN)
        return call_sign(c->token->module, session->handle, input, input_len,
                         out->data, len);
    return call_decrypt(c->token->module, session->handle, input, input_len,
                        out->data, len);
}

CK_RV compute_finish(const struct compute *c, struct session *session,
                     struct secret *ret)
{
    CK_ULONG len = 0;
    CK_RV rv = CKR_OK;

    if (secret_alloc(ret, c->request->max_output) != 0)
        return CKR_HOST_MEMORY;
    rv = finish_into(c, session, ret, &len);
    if (rv == CKR_BUFFER_TOO_SMALL && len > ret->len && len <= MAX_OUTPUT) {
        if (secret_alloc(ret, len) != 0)
            return CKR_HOST_MEMORY;
        rv = finish_into(c, session, ret, &len);
    }
    if (rv == CKR_OK && len > ret->len) {
        log_error("%s: the module claims a longer answer than it had room "
                  "for",
                  c->token->module->name);
        rv = CKR_DEVICE_ERROR;
    }
    if (rv == CKR_OK)
        secret_truncate(ret, len);
    return rv;
}

/* Read a secret and destroy the object it came in. */
static CK_RV take_secret(const struct compute *c, struct session *session,
                         CK_OBJECT_HANDLE object, struct secret *ret)
{
    struct module *m = c->token->module;
    CK_ATTRIBUTE value = {CKA_VALUE, NULL, c->request->max_output};
    CK_RV rv = CKR_OK;
    CK_RV destroyed = CKR_OK;

    if (secret_alloc(ret, c->request->max_output) != 0)
        rv = CKR_HOST_MEMORY;
    if (rv == CKR_OK) {
        value.pValue = ret->data;
        rv = call_get_attribute_value(m, session->handle, object, &value, 1);
    }
    if (rv == CKR_OK && value.ulValueLen > ret->len)
        rv = CKR_DEVICE_ERROR;
    if (rv == CKR_OK)
        secret_truncate(ret, value.ulValueLen);
    destroyed = call_destroy_object(m, session->handle, object);
    if (destroyed != CKR_OK)
        log_warning("%s: a secret could not be destroyed: %s", m->name,
                    rv_name(destroyed));
    return rv;
}

CK_RV compute_derive(const struct compute *c, struct session *session,
                     CK_OBJECT_HANDLE key, struct secret *ret)
{
    CK_ECDH1_DERIVE_PARAMS params = {
        .kdf = CKD_NULL,
        .ulPublicDataLen = c->request->input.len,
        .pPublicData = (CK_BYTE *)(uintptr_t)c->request->input.data};
    CK_MECHANISM mechanism = {mech_type(c->request->mech), &params,
                              sizeof params};
    CK_OBJECT_CLASS class = CKO_SECRET_KEY;
    CK_KEY_TYPE type = CKK_GENERIC_SECRET;
    CK_BBOOL yes = CK_TRUE;
    CK_BBOOL no = CK_FALSE;
    CK_ULONG len = c->request->derived_len;
    CK_ATTRIBUTE attrs[] = {
        {CKA_CLASS, &class, sizeof class},   {CKA_KEY_TYPE, &type, sizeof type},
        {CKA_TOKEN, &no, sizeof no},         {CKA_SENSITIVE, &no, sizeof no},
        {CKA_EXTRACTABLE, &yes, sizeof yes}, {CKA_VALUE_LEN, &len, sizeof len}};
    CK_OBJECT_HANDLE derived = CK_INVALID_HANDLE;
    CK_RV rv =
        call_derive_key(c->token->module, session->handle, &mechanism, key,
                        attrs, sizeof attrs / sizeof attrs[0], &derived);

    if (rv == CKR_OK)
        rv = take_secret(c, session, derived, ret);
    return rv;
}

CK_RV compute_unwrap(const struct compute *c, struct session *session,
                     CK_OBJECT_HANDLE key, struct secret *ret)
{
    CK_MECHANISM mechanism = {mech_type(c->mech), NULL, 0};
    CK_OBJECT_CLASS class = CKO_SECRET_KEY;
    CK_KEY_TYPE type = CKK_GENERIC_SECRET;
    CK_BBOOL yes = CK_TRUE;
    CK_BBOOL no = CK_FALSE;
    /* No CKA_VALUE_LEN: how long the plaintext is, only the token knows. */
    CK_ATTRIBUTE attrs[] = {
        {CKA_CLASS, &class, sizeof class},   {CKA_KEY_TYPE, &type, sizeof type},
        {CKA_TOKEN, &no, sizeof no},         {CKA_SENSITIVE, &no, sizeof no},
        {CKA_EXTRACTABLE, &yes, sizeof yes},
    };
    CK_OBJECT_HANDLE unwrapped = CK_INVALID_HANDLE;
    CK_RV rv =
        call_unwrap_key(c->token->module, session->handle, &mechanism, key,
                        (CK_BYTE *)(uintptr_t)c->input.data, c->input.len,
                        attrs, sizeof attrs / sizeof attrs[0], &unwrapped);

    if (rv == CKR_UNWRAPPING_KEY_HANDLE_INVALID)
        return CKR_KEY_HANDLE_INVALID;
    return rv == CKR_OK ? take_secret(c, session, unwrapped, ret) : rv;
}
