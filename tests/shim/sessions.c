/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The table of open sessions. */
#include "sessions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rules.h"
#include "shim.h"

#define MAX_SESSIONS 4096

static struct {
    CK_SESSION_HANDLE handle;
    CK_SLOT_ID slot;
    bool lost; /* its token went away; the module has closed it */
} sessions[MAX_SESSIONS];
static size_t n_sessions;

void sessions_add(CK_SESSION_HANDLE handle, CK_SLOT_ID slot)
{
    if (n_sessions == MAX_SESSIONS) {
        fputs("p11shim: too many sessions\n", stderr);
        abort();
    }
    sessions[n_sessions].handle = handle;
    sessions[n_sessions].slot = slot;
    sessions[n_sessions].lost = false;
    n_sessions++;
}

void sessions_remove(CK_SESSION_HANDLE handle)
{
    for (size_t i = 0; i < n_sessions; i++) {
        if (sessions[i].handle == handle) {
            sessions[i] = sessions[--n_sessions];
            return;
        }
    }
}

void sessions_remove_slot(CK_SLOT_ID slot)
{
    for (size_t i = n_sessions; i > 0; i--)
        if (sessions[i - 1].slot == slot)
            sessions[i - 1] = sessions[--n_sessions];
}

void sessions_remove_all(void)
{
    n_sessions = 0;
}

bool sessions_slot(CK_SESSION_HANDLE handle, CK_SLOT_ID *ret_slot)
{
    for (size_t i = 0; i < n_sessions; i++) {
        if (sessions[i].handle == handle) {
            *ret_slot = sessions[i].slot;
            return true;
        }
    }
    return false;
}

size_t sessions_count(CK_SLOT_ID slot)
{
    size_t n = 0;

    for (size_t i = 0; i < n_sessions; i++)
        if (sessions[i].slot == slot && !sessions[i].lost)
            n++;
    return n;
}

void sessions_lose_absent(void)
{
    for (size_t i = 0; i < n_sessions; i++) {
        if (sessions[i].lost || !slot_is_absent(sessions[i].slot))
            continue;
        shim_real->C_CloseAllSessions(slot_behind(sessions[i].slot));
        for (size_t j = i; j < n_sessions; j++)
            if (sessions[j].slot == sessions[i].slot)
                sessions[j].lost = true;
    }
}

/* Is there a rule of this kind that has not been obeyed?  It is now. */
static bool is_due(enum rule_kind kind)
{
    struct rule *rule = NULL;
    bool due = false;

    while ((rule = rules_next(kind, rule)) != NULL) {
        due = due || rule->n_calls == 0;
        rule->n_calls = 1;
    }
    return due;
}

void sessions_obey(void)
{
    if (is_due(RULE_LOG_OUT))
        for (size_t i = 0; i < n_sessions; i++)
            shim_real->C_Logout(sessions[i].handle);
    if (!is_due(RULE_SUSPEND))
        return;
    for (size_t i = 0; i < n_sessions; i++)
        shim_real->C_CloseAllSessions(slot_behind(sessions[i].slot));
    sessions_remove_all();
}

CK_RV sessions_check(CK_SESSION_HANDLE handle)
{
    for (size_t i = 0; i < n_sessions; i++)
        if (sessions[i].handle == handle)
            return sessions[i].lost && slot_is_absent(sessions[i].slot)
                       ? CKR_DEVICE_REMOVED
                       : CKR_OK;
    return CKR_OK;
}

bool label_is(const CK_TOKEN_INFO *info, const char *text)
{
    size_t len = strlen(text);

    if (len > sizeof info->label || memcmp(info->label, text, len) != 0)
        return false;
    for (; len < sizeof info->label; len++)
        if (info->label[len] != ' ')
            return false;
    return true;
}

CK_ULONG more_slots(void)
{
    const struct rule *rule = rules_next(RULE_MORE_SLOTS, NULL);

    return rule != NULL ? rule->value : 0;
}

CK_SLOT_ID slot_behind(CK_SLOT_ID slot)
{
    CK_SLOT_ID slots[128];
    CK_ULONG n = sizeof slots / sizeof *slots;
    CK_TOKEN_INFO info;

    if (slot < MORE_SLOTS || slot - MORE_SLOTS >= more_slots() ||
        shim_real->C_GetSlotList(CK_TRUE, slots, &n) != CKR_OK)
        return slot;
    for (CK_ULONG i = 0; i < n; i++)
        if (shim_real->C_GetTokenInfo(slots[i], &info) == CKR_OK &&
            (info.flags & CKF_TOKEN_INITIALIZED) != 0)
            return slots[i];
    return slot;
}

static void set_field(CK_BYTE *field, size_t size, const char *text,
                      CK_ULONG number)
{
    char full[64];
    size_t len = (size_t)snprintf(full, sizeof full, "%s%lu", text, number);

    memset(field, ' ', size);
    memcpy(field, full, len);
}

CK_RV slot_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO *info)
{
    CK_RV rv = shim_real->C_GetTokenInfo(slot_behind(slot), info);

    if (rv != CKR_OK || slot < MORE_SLOTS)
        return rv;
    set_field(info->label, sizeof info->label, "more ", slot - MORE_SLOTS);
    set_field(info->serialNumber, sizeof info->serialNumber, "",
              slot - MORE_SLOTS);
    return CKR_OK;
}

CK_RV slot_slot_info(CK_SLOT_ID slot, CK_SLOT_INFO *info)
{
    CK_RV rv = shim_real->C_GetSlotInfo(slot_behind(slot), info);

    if (rv == CKR_OK && slot >= MORE_SLOTS)
        set_field(info->slotDescription, sizeof info->slotDescription,
                  "More reader ", slot - MORE_SLOTS);
    return rv;
}

bool slot_is_absent(CK_SLOT_ID slot)
{
    const struct rule *rule = NULL;

    while ((rule = rules_next(RULE_ABSENT, rule)) != NULL) {
        CK_TOKEN_INFO info;

        if (rule->text[0] == '\0')
            return true;
        if (slot_token_info(slot, &info) == CKR_OK &&
            label_is(&info, rule->text))
            return true;
    }
    return false;
}
