/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One wrapper for each Cryptoki function we use: it checks that the module
 * has the function, serialises where the module cannot lock, and traces.
 *
 * Nothing else calls into a module.  Arguments are those of PKCS#11 2.40,
 * section 5; their values are never logged.  One that blocks until something
 * happens (C_WaitForSlotEvent without CKF_DONT_BLOCK) keeps all others out of a
 * module that is serialised. */
#ifndef PKCS11_CALL_H
#define PKCS11_CALL_H

#include "pkcs11/module.h"

/* Log which calls into LIBRARY have not come back. */
void call_log_pending(struct library *library);

CK_RV call_initialize(struct module *m, CK_C_INITIALIZE_ARGS *args);
CK_RV call_finalize(struct module *m);
CK_RV call_get_info(struct module *m, CK_INFO *info);
CK_RV call_get_slot_list(struct module *m, CK_SLOT_ID *slots, CK_ULONG *n);
CK_RV call_get_slot_info(struct module *m, CK_SLOT_ID slot, CK_SLOT_INFO *info);
CK_RV call_get_token_info(struct module *m, CK_SLOT_ID slot,
                          CK_TOKEN_INFO *info);
CK_RV call_get_mechanism_list(struct module *m, CK_SLOT_ID slot,
                              CK_MECHANISM_TYPE *types, CK_ULONG *n);
CK_RV call_get_mechanism_info(struct module *m, CK_SLOT_ID slot,
                              CK_MECHANISM_TYPE type, CK_MECHANISM_INFO *info);
CK_RV call_wait_for_slot_event(struct module *m, CK_FLAGS flags,
                               CK_SLOT_ID *slot);
CK_RV call_open_session(struct module *m, CK_SLOT_ID slot, CK_FLAGS flags,
                        CK_SESSION_HANDLE *session);
CK_RV call_close_session(struct module *m, CK_SESSION_HANDLE session);
CK_RV call_get_session_info(struct module *m, CK_SESSION_HANDLE session,
                            CK_SESSION_INFO *info);
CK_RV call_login(struct module *m, CK_SESSION_HANDLE session, CK_USER_TYPE user,
                 CK_UTF8CHAR *pin, CK_ULONG len);
CK_RV call_logout(struct module *m, CK_SESSION_HANDLE session);
CK_RV call_set_pin(struct module *m, CK_SESSION_HANDLE session,
                   CK_UTF8CHAR *old_pin, CK_ULONG old_len, CK_UTF8CHAR *new_pin,
                   CK_ULONG new_len);
CK_RV call_find_objects_init(struct module *m, CK_SESSION_HANDLE session,
                             CK_ATTRIBUTE *attrs, CK_ULONG n);
CK_RV call_find_objects(struct module *m, CK_SESSION_HANDLE session,
                        CK_OBJECT_HANDLE *objects, CK_ULONG max, CK_ULONG *n);
CK_RV call_find_objects_final(struct module *m, CK_SESSION_HANDLE session);
CK_RV call_get_attribute_value(struct module *m, CK_SESSION_HANDLE session,
                               CK_OBJECT_HANDLE object, CK_ATTRIBUTE *attrs,
                               CK_ULONG n);
CK_RV call_destroy_object(struct module *m, CK_SESSION_HANDLE session,
                          CK_OBJECT_HANDLE object);
CK_RV call_sign_init(struct module *m, CK_SESSION_HANDLE session,
                     CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key);
CK_RV call_sign(struct module *m, CK_SESSION_HANDLE session, CK_BYTE *data,
                CK_ULONG data_len, CK_BYTE *sig, CK_ULONG *sig_len);
CK_RV call_sign_recover_init(struct module *m, CK_SESSION_HANDLE session,
                             CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key);
CK_RV call_sign_recover(struct module *m, CK_SESSION_HANDLE session,
                        CK_BYTE *data, CK_ULONG data_len, CK_BYTE *sig,
                        CK_ULONG *sig_len);
CK_RV call_decrypt_init(struct module *m, CK_SESSION_HANDLE session,
                        CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key);
CK_RV call_decrypt(struct module *m, CK_SESSION_HANDLE session, CK_BYTE *data,
                   CK_ULONG data_len, CK_BYTE *out, CK_ULONG *out_len);
CK_RV call_derive_key(struct module *m, CK_SESSION_HANDLE session,
                      CK_MECHANISM *mechanism, CK_OBJECT_HANDLE base,
                      CK_ATTRIBUTE *attrs, CK_ULONG n, CK_OBJECT_HANDLE *key);
CK_RV call_unwrap_key(struct module *m, CK_SESSION_HANDLE session,
                      CK_MECHANISM *mechanism, CK_OBJECT_HANDLE unwrapping,
                      CK_BYTE *wrapped, CK_ULONG wrapped_len,
                      CK_ATTRIBUTE *attrs, CK_ULONG n, CK_OBJECT_HANDLE *key);
CK_RV call_generate_random(struct module *m, CK_SESSION_HANDLE session,
                           CK_BYTE *data, CK_ULONG len);

#endif
