/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One wrapper for each Cryptoki function we use: it checks that the module
 * has the function, serialises where the module cannot lock, and traces. */
#include "pkcs11/call.h"

#include "base/log.h"
#include "base/str.h"
#include "pkcs11/rv.h"

/* A call that is under way; a thread makes one at a time. */
struct call {
    const char *module;
    const char *function;
    struct call *next;
};

static _Thread_local struct call current;

static void begin(const struct module *m, const char *function)
{
    struct library *library = m->library;

    if (library->serialised)
        (void)pthread_mutex_lock(&library->call_lock);
    current.module = m->name;
    current.function = function;
    (void)pthread_mutex_lock(&library->lock);
    current.next = library->calls;
    library->calls = &current;
    (void)pthread_mutex_unlock(&library->lock);
}

static CK_RV finish(const struct module *m, const char *function, CK_RV rv)
{
    struct library *library = m->library;
    struct call **at = &library->calls;

    (void)pthread_mutex_lock(&library->lock);
    while (*at != &current)
        at = &(*at)->next;
    *at = current.next;
    (void)pthread_mutex_unlock(&library->lock);
    if (library->serialised)
        (void)pthread_mutex_unlock(&library->call_lock);
    if (log_is_debug())
        log_debug("%s: %s = %s", m->name, function, rv_name(rv));
    return rv;
}

/* The comma makes the lock come before the arguments of finish(), which are
 * the call itself. */
#define CALL(m, function, ...)                        \
    (begin(m, #function),                             \
     finish(m, #function,                             \
            (m)->library->functions->function == NULL \
                ? CKR_FUNCTION_NOT_SUPPORTED          \
                : (m)->library->functions->function(__VA_ARGS__)))

void call_log_pending(struct library *library)
{
    (void)pthread_mutex_lock(&library->lock);
    /* To wait is the purpose of one of them. */
    for (const struct call *c = library->calls; c != NULL; c = c->next)
        if (!str_equal(c->function, "C_WaitForSlotEvent"))
            log_error("provider '%s' does not come back from %s", c->module,
                      c->function);
    (void)pthread_mutex_unlock(&library->lock);
}

CK_RV call_initialize(struct module *m, CK_C_INITIALIZE_ARGS *args)
{
    return CALL(m, C_Initialize, args);
}

CK_RV call_finalize(struct module *m)
{
    return CALL(m, C_Finalize, NULL);
}

CK_RV call_get_info(struct module *m, CK_INFO *info)
{
    return CALL(m, C_GetInfo, info);
}

CK_RV call_get_slot_list(struct module *m, CK_SLOT_ID *slots, CK_ULONG *n)
{
    return CALL(m, C_GetSlotList, CK_TRUE, slots, n);
}

CK_RV call_get_slot_info(struct module *m, CK_SLOT_ID slot, CK_SLOT_INFO *info)
{
    return CALL(m, C_GetSlotInfo, slot, info);
}

CK_RV call_get_token_info(struct module *m, CK_SLOT_ID slot,
                          CK_TOKEN_INFO *info)
{
    return CALL(m, C_GetTokenInfo, slot, info);
}

CK_RV call_get_mechanism_list(struct module *m, CK_SLOT_ID slot,
                              CK_MECHANISM_TYPE *types, CK_ULONG *n)
{
    return CALL(m, C_GetMechanismList, slot, types, n);
}

CK_RV call_get_mechanism_info(struct module *m, CK_SLOT_ID slot,
                              CK_MECHANISM_TYPE type, CK_MECHANISM_INFO *info)
{
    return CALL(m, C_GetMechanismInfo, slot, type, info);
}

CK_RV call_wait_for_slot_event(struct module *m, CK_FLAGS flags,
                               CK_SLOT_ID *slot)
{
    return CALL(m, C_WaitForSlotEvent, flags, slot, NULL);
}

CK_RV call_open_session(struct module *m, CK_SLOT_ID slot, CK_FLAGS flags,
                        CK_SESSION_HANDLE *session)
{
    return CALL(m, C_OpenSession, slot, flags, NULL, NULL, session);
}

CK_RV call_close_session(struct module *m, CK_SESSION_HANDLE session)
{
    return CALL(m, C_CloseSession, session);
}

CK_RV call_get_session_info(struct module *m, CK_SESSION_HANDLE session,
                            CK_SESSION_INFO *info)
{
    return CALL(m, C_GetSessionInfo, session, info);
}

CK_RV call_login(struct module *m, CK_SESSION_HANDLE session, CK_USER_TYPE user,
                 CK_UTF8CHAR *pin, CK_ULONG len)
{
    return CALL(m, C_Login, session, user, pin, len);
}

CK_RV call_logout(struct module *m, CK_SESSION_HANDLE session)
{
    return CALL(m, C_Logout, session);
}

CK_RV call_set_pin(struct module *m, CK_SESSION_HANDLE session,
                   CK_UTF8CHAR *old_pin, CK_ULONG old_len, CK_UTF8CHAR *new_pin,
                   CK_ULONG new_len)
{
    return CALL(m, C_SetPIN, session, old_pin, old_len, new_pin, new_len);
}

CK_RV call_find_objects_init(struct module *m, CK_SESSION_HANDLE session,
                             CK_ATTRIBUTE *attrs, CK_ULONG n)
{
    return CALL(m, C_FindObjectsInit, session, attrs, n);
}

CK_RV call_find_objects(struct module *m, CK_SESSION_HANDLE session,
                        CK_OBJECT_HANDLE *objects, CK_ULONG max, CK_ULONG *n)
{
    return CALL(m, C_FindObjects, session, objects, max, n);
}

CK_RV call_find_objects_final(struct module *m, CK_SESSION_HANDLE session)
{
    return CALL(m, C_FindObjectsFinal, session);
}

CK_RV call_get_attribute_value(struct module *m, CK_SESSION_HANDLE session,
                               CK_OBJECT_HANDLE object, CK_ATTRIBUTE *attrs,
                               CK_ULONG n)
{
    return CALL(m, C_GetAttributeValue, session, object, attrs, n);
}

CK_RV call_destroy_object(struct module *m, CK_SESSION_HANDLE session,
                          CK_OBJECT_HANDLE object)
{
    return CALL(m, C_DestroyObject, session, object);
}

CK_RV call_sign_init(struct module *m, CK_SESSION_HANDLE session,
                     CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
    return CALL(m, C_SignInit, session, mechanism, key);
}

CK_RV call_sign(struct module *m, CK_SESSION_HANDLE session, CK_BYTE *data,
                CK_ULONG data_len, CK_BYTE *sig, CK_ULONG *sig_len)
{
    return CALL(m, C_Sign, session, data, data_len, sig, sig_len);
}

CK_RV call_sign_recover_init(struct module *m, CK_SESSION_HANDLE session,
                             CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
    return CALL(m, C_SignRecoverInit, session, mechanism, key);
}

CK_RV call_sign_recover(struct module *m, CK_SESSION_HANDLE session,
                        CK_BYTE *data, CK_ULONG data_len, CK_BYTE *sig,
                        CK_ULONG *sig_len)
{
    return CALL(m, C_SignRecover, session, data, data_len, sig, sig_len);
}

CK_RV call_decrypt_init(struct module *m, CK_SESSION_HANDLE session,
                        CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
    return CALL(m, C_DecryptInit, session, mechanism, key);
}

CK_RV call_decrypt(struct module *m, CK_SESSION_HANDLE session, CK_BYTE *data,
                   CK_ULONG data_len, CK_BYTE *out, CK_ULONG *out_len)
{
    return CALL(m, C_Decrypt, session, data, data_len, out, out_len);
}

CK_RV call_derive_key(struct module *m, CK_SESSION_HANDLE session,
                      CK_MECHANISM *mechanism, CK_OBJECT_HANDLE base,
                      CK_ATTRIBUTE *attrs, CK_ULONG n, CK_OBJECT_HANDLE *key)
{
    return CALL(m, C_DeriveKey, session, mechanism, base, attrs, n, key);
}

CK_RV call_unwrap_key(struct module *m, CK_SESSION_HANDLE session,
                      CK_MECHANISM *mechanism, CK_OBJECT_HANDLE unwrapping,
                      CK_BYTE *wrapped, CK_ULONG wrapped_len,
                      CK_ATTRIBUTE *attrs, CK_ULONG n, CK_OBJECT_HANDLE *key)
{
    return CALL(m, C_UnwrapKey, session, mechanism, unwrapping, wrapped,
                wrapped_len, attrs, n, key);
}

CK_RV call_generate_random(struct module *m, CK_SESSION_HANDLE session,
                           CK_BYTE *data, CK_ULONG len)
{
    return CALL(m, C_GenerateRandom, session, data, len);
}
