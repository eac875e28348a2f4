/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The slots of a module that have a token. */
#include "pkcs11/slot_list.h"

#include "pkcs11/call.h"

/* A module that claims more slots is not believed. */
#define MAX_SLOTS 4096

/* Room for slots that get a token from one listing to the next. */
#define MORE_SLOTS 16

/* The slots, ROOM of them at most. */
static CK_RV list_slots(struct module *module, CK_ULONG room, CK_SLOT_ID **ret,
                        CK_ULONG *ret_n)
{
    AUTO_FREE CK_SLOT_ID *ids = NULL;
    CK_ULONG n = room;
    CK_RV rv = CKR_OK;

    ids = calloc(room != 0 ? room : 1, sizeof *ids);
    if (ids == NULL)
        return CKR_HOST_MEMORY;
    if (room != 0)
        rv = call_get_slot_list(module, ids, &n);
    if (rv != CKR_OK)
        return rv;
    if (n > room)
        return CKR_GENERAL_ERROR;
    *ret = TAKE(ids);
    *ret_n = n;
    return CKR_OK;
}

static CK_RV count_and_list(struct module *module, CK_SLOT_ID **ret,
                            CK_ULONG *ret_n)
{
    CK_ULONG room = 0;
    CK_RV rv = call_get_slot_list(module, NULL, &room);

    if (rv != CKR_OK)
        return rv;
    if (room > MAX_SLOTS)
        return CKR_GENERAL_ERROR;
    return list_slots(module, room, ret, ret_n);
}

CK_RV slot_list_get(struct module *module, bool anew, CK_SLOT_ID **ret,
                    CK_ULONG *ret_n)
{
    const CK_ULONG room = atomic_load(&module->slots_room);
    CK_RV rv = CKR_BUFFER_TOO_SMALL;

    if (!anew && room != 0)
        rv = list_slots(module, room, ret, ret_n);
    for (int i = 0; i < 3 && rv == CKR_BUFFER_TOO_SMALL; i++)
        rv = count_and_list(module, ret, ret_n);
    atomic_store(&module->slots_room, rv == CKR_OK ? *ret_n + MORE_SLOTS : 0);
    return rv;
}
