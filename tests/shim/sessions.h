/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Which sessions are open with which slot, and which tokens are there.
 *
 * All functions need the caller to hold shim_lock. */
#ifndef SHIM_SESSIONS_H
#define SHIM_SESSIONS_H

#include <p11-kit/pkcs11.h>
#include <stdbool.h>
#include <stddef.h>

void sessions_add(CK_SESSION_HANDLE handle, CK_SLOT_ID slot);
void sessions_remove(CK_SESSION_HANDLE handle);
void sessions_remove_slot(CK_SLOT_ID slot);
void sessions_remove_all(void);
/* The slot of an open session; false if it is not open. */
bool sessions_slot(CK_SESSION_HANDLE handle, CK_SLOT_ID *ret_slot);
size_t sessions_count(CK_SLOT_ID slot);

/* Close the sessions with tokens that are absent now. */
void sessions_lose_absent(void);

/* Do what rules say that happens once and has not happened yet. */
void sessions_obey(void);

/* CKR_DEVICE_REMOVED for a session whose token is absent, else CKR_OK. */
CK_RV sessions_check(CK_SESSION_HANDLE handle);

/* Is TEXT the label in INFO? */
bool label_is(const CK_TOKEN_INFO *info, const char *text);
/* The module's slot that SLOT, perhaps one of a rule's, stands for. */
CK_SLOT_ID slot_behind(CK_SLOT_ID slot);

/* The slots of a rule: the first number, and how many there are. */
#define MORE_SLOTS 0x80000000UL
CK_ULONG more_slots(void);

/* C_GetTokenInfo and C_GetSlotInfo, whatever flags rules set and clear. */
CK_RV slot_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO *info);
CK_RV slot_slot_info(CK_SLOT_ID slot, CK_SLOT_INFO *info);

/* Does a rule say that the token in SLOT is absent? */
bool slot_is_absent(CK_SLOT_ID slot);

#endif
