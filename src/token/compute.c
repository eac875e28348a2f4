/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The module's calls that sign, decrypt or derive, in one session. */
#include "token/compute.h"

#include "base/log.h"
#include "pkcs11/call.h"
#include "pkcs11/rv.h"
#include "token/token_private.h"

/* A token's word that its answer is longer is believed up to here. */
#define MAX_OUTPUT ((size_t)64 * 1024)

CK_RV compute_begin(const struct compute *c, struct session *session,
                    CK_OBJECT_HANDLE key)
{
    CK_MECHANISM mechanism = {mech_type(c->mech), NULL, 0};

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

/* Read the derived secret and destroy the object it came in. */
static CK_RV take_derived(const struct compute *c, struct session *session,
                          CK_OBJECT_HANDLE derived, struct secret *ret)
{
    struct module *m = c->token->module;
    CK_ATTRIBUTE value = {CKA_VALUE, NULL, c->request->max_output};
    CK_RV rv = CKR_OK;
    CK_RV destroyed = CKR_OK;

    if (secret_alloc(ret, c->request->max_output) != 0)
        rv = CKR_HOST_MEMORY;
    if (rv == CKR_OK) {
        value.pValue = ret->data;
        rv = call_get_attribute_value(m, session->handle, derived, &value, 1);
    }
    if (rv == CKR_OK && value.ulValueLen > ret->len)
        rv = CKR_DEVICE_ERROR;
    if (rv == CKR_OK)
        secret_truncate(ret, value.ulValueLen);
    destroyed = call_destroy_object(m, session->handle, derived);
    if (destroyed != CKR_OK)
        log_warning("%s: a derived secret could not be destroyed: %s", m->name,
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
        rv = take_derived(c, session, derived, ret);
    return rv;
}
