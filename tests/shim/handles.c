/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Two private keys that have exchanged their handles, as happens when objects
 * go, others come, and a module uses its numbers again. */
#include <string.h>

#include "rules.h"
#include "sessions.h"
#include "shim.h"

/* The module's handle of the private key with this CKA_ID, or 0.  In a session
 * of its own: there may be a search under way in the caller's. */
static CK_OBJECT_HANDLE find(CK_SLOT_ID slot, const unsigned char *id,
                             size_t len)
{
    CK_OBJECT_CLASS class = CKO_PRIVATE_KEY;
    CK_BYTE copy[MAX_LINE];
    CK_ATTRIBUTE by[] = {{CKA_CLASS, &class, sizeof class},
                         {CKA_ID, copy, len}};
    CK_SESSION_HANDLE own = 0;
    CK_OBJECT_HANDLE found = 0;
    CK_ULONG n = 0;

    memcpy(copy, id, len);
    if (shim_real->C_OpenSession(slot, CKF_SERIAL_SESSION, NULL, NULL, &own) !=
        CKR_OK)
        return 0;
    if (shim_real->C_FindObjectsInit(own, by, 2) == CKR_OK) {
        shim_real->C_FindObjects(own, &found, 1, &n);
        shim_real->C_FindObjectsFinal(own);
    }
    shim_real->C_CloseSession(own);
    return n == 1 ? found : 0;
}

CK_OBJECT_HANDLE shim_exchange(CK_SESSION_HANDLE session,
                               CK_OBJECT_HANDLE handle)
{
    const struct rule *rule = rules_next(RULE_EXCHANGE, NULL);
    CK_SLOT_ID slot = 0;
    CK_OBJECT_HANDLE a = 0;
    CK_OBJECT_HANDLE b = 0;

    if (rule == NULL || !sessions_slot(session, &slot))
        return handle;
    a = find(slot, rule->bytes, rule->n_bytes / 2);
    b = find(slot, rule->bytes + rule->n_bytes / 2, rule->n_bytes / 2);
    if (a == 0 || b == 0)
        return handle;
    return handle == a ? b : handle == b ? a : handle;
}

CK_RV own_C_FindObjects(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE *objects,
                        CK_ULONG max, CK_ULONG *n)
{
    CK_RV rv = CKR_OK;

    pthread_mutex_lock(&shim_lock);
    rv = sessions_check(session);
    if (rv == CKR_OK)
        rv = shim_real->C_FindObjects(session, objects, max, n);
    if (rv == CKR_OK)
        for (CK_ULONG i = 0; i < *n; i++)
            objects[i] = shim_exchange(session, objects[i]);
    pthread_mutex_unlock(&shim_lock);
    return rv;
}

CK_RV own_C_DeriveKey(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism,
                      CK_OBJECT_HANDLE base, CK_ATTRIBUTE *template, CK_ULONG n,
                      CK_OBJECT_HANDLE *ret_key)
{
    CK_RV rv = shim_check_mechanism(session, mechanism);

    if (rv != CKR_OK)
        return rv;
    pthread_mutex_lock(&shim_lock);
    base = shim_exchange(session, base);
    pthread_mutex_unlock(&shim_lock);
    return shim_real->C_DeriveKey(session, mechanism, base, template, n,
                                  ret_key);
}
