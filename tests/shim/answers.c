/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The functions whose answers rules can change. */
#include <string.h>
#include <time.h>

#include "rules.h"
#include "sessions.h"
#include "shim.h"

#define MAX_IDS 512
#define MAX_SLOTS 128
#define POLL_NS 5000000L

static void lock(void)
{
    pthread_mutex_lock(&shim_lock);
}

static void unlock(void)
{
    pthread_mutex_unlock(&shim_lock);
}

static bool has(enum rule_kind kind)
{
    bool found = false;

    lock();
    found = rules_has(kind);
    unlock();
    return found;
}

static bool is_absent(CK_SLOT_ID slot)
{
    bool absent = false;

    lock();
    absent = slot_is_absent(slot);
    unlock();
    return absent;
}

static CK_SLOT_ID behind(CK_SLOT_ID slot)
{
    CK_SLOT_ID real = 0;

    lock();
    real = slot_behind(slot);
    unlock();
    return real;
}

/* C_Finalize wakes those who wait for an event. */
static bool initialized;
/* Slots whose token was absent when events were last looked for. */
static CK_SLOT_ID gone[MAX_IDS];
static CK_ULONG n_gone;

/* Is pReserved what a rule wants, if there is one?  Then it is not the module's
 * any more. */
static bool take_reserved(CK_C_INITIALIZE_ARGS *init)
{
    const struct rule *rule = rules_next(RULE_INIT_ARGS, NULL);
    const char *reserved = init != NULL ? init->pReserved : NULL;

    if (rule == NULL)
        return true;
    if (init != NULL)
        init->pReserved = NULL;
    return reserved == NULL ? rule->text[0] == '\0'
                            : strcmp(reserved, rule->text) == 0;
}

CK_RV own_C_Initialize(void *args)
{
    CK_C_INITIALIZE_ARGS init = {.flags = 0};
    bool good = false;
    CK_RV rv = CKR_OK;

    if (args != NULL) {
        init = *(CK_C_INITIALIZE_ARGS *)args;
        args = &init;
    }
    if ((init.flags & CKF_OS_LOCKING_OK) != 0 && has(RULE_CANNOT_LOCK))
        return CKR_CANT_LOCK;
    lock();
    good = take_reserved(args);
    unlock();
    if (!good)
        return CKR_ARGUMENTS_BAD;
    rv = shim_real->C_Initialize(args);
    lock();
    if (rv == CKR_OK) {
        initialized = true;
        n_gone = 0;
    }
    unlock();
    return rv;
}

/* TEXT up to the character STOP, with blanks after it. */
static void fill(CK_UTF8CHAR *field, size_t size, const char *text, char stop)
{
    for (size_t i = 0; i < size; i++) {
        bool more = *text != '\0' && *text != stop;

        field[i] = more ? (CK_UTF8CHAR)*text : ' ';
        text += more ? 1 : 0;
    }
}

CK_RV own_C_GetInfo(CK_INFO *info)
{
    const struct rule *rule = NULL;
    CK_RV rv = shim_real->C_GetInfo(info);

    lock();
    rule = rules_next(RULE_INFO, NULL);
    if (rv == CKR_OK && rule != NULL) {
        fill(info->manufacturerID, sizeof info->manufacturerID, rule->text,
             ';');
        fill(info->libraryDescription, sizeof info->libraryDescription,
             strstr(rule->text, "; ") + 2, '\0');
    }
    unlock();
    return rv;
}

CK_RV own_C_Finalize(void *reserved)
{
    CK_RV rv = CKR_OK;
    bool before = false;

    /* Before the module is: who waits for events looks at its slots. */
    lock();
    before = initialized;
    initialized = false;
    unlock();
    rv = shim_real->C_Finalize(reserved);
    lock();
    if (rv == CKR_OK)
        sessions_remove_all();
    else
        initialized = before;
    unlock();
    return rv;
}

CK_RV own_C_GetFunctionList(CK_FUNCTION_LIST **ret_list)
{
    if (ret_list == NULL)
        return CKR_ARGUMENTS_BAD;
    *ret_list = &shim_functions;
    return CKR_OK;
}

/* Answer with the N numbers in IDS as PKCS#11 answers with lists. */
static CK_RV give_list(const CK_ULONG *ids, CK_ULONG n, CK_ULONG *list,
                       CK_ULONG *count)
{
    CK_ULONG room = *count;

    *count = n;
    if (list == NULL)
        return CKR_OK;
    if (room < n)
        return CKR_BUFFER_TOO_SMALL;
    memcpy(list, ids, n * sizeof *ids);
    return CKR_OK;
}

static void reverse(CK_SLOT_ID *slots, CK_ULONG n)
{
    for (CK_ULONG i = 0; i < n / 2; i++) {
        CK_SLOT_ID other = slots[n - 1 - i];

        slots[n - 1 - i] = slots[i];
        slots[i] = other;
    }
}

/* So many of "more-slots" are listed.  PKCS#11 2.40, section 5.5.1: the set of
 * slots is looked at when their number is asked for. */
static CK_ULONG listed_slots(bool is_query)
{
    static CK_ULONG n_queried;

    if (is_query)
        n_queried = more_slots();
    return rules_has(RULE_LATE_SLOTS) && n_queried < more_slots()
               ? n_queried
               : more_slots();
}

CK_RV own_C_GetSlotList(CK_BBOOL token_present, CK_SLOT_ID *list,
                        CK_ULONG *count)
{
    CK_SLOT_ID slots[MAX_SLOTS];
    CK_ULONG n = MAX_SLOTS;
    CK_ULONG n_left = 0;
    CK_ULONG n_more = 0;
    CK_RV rv = CKR_OK;

    if (count == NULL || (!has(RULE_ABSENT) && !has(RULE_REVERSE_SLOTS) &&
                          !has(RULE_MORE_SLOTS) && !has(RULE_LATE_SLOTS)))
        return shim_real->C_GetSlotList(token_present, list, count);
    rv = shim_real->C_GetSlotList(token_present, slots, &n);
    if (rv != CKR_OK)
        return rv;
    lock();
    n_more = listed_slots(list == NULL);
    for (CK_ULONG i = 0; i < n_more && n < MAX_SLOTS; i++)
        slots[n++] = MORE_SLOTS + i;
    if (rules_has(RULE_REVERSE_SLOTS))
        reverse(slots, n);
    for (CK_ULONG i = 0; i < n; i++)
        if (!token_present || !slot_is_absent(slots[i]))
            slots[n_left++] = slots[i];
    unlock();
    return give_list(slots, n_left, list, count);
}

static CK_FLAGS change_flags(enum rule_kind kind, CK_FLAGS flags)
{
    const struct rule *rule = NULL;

    while ((rule = rules_next(kind, rule)) != NULL)
        flags = (flags | rule->value) & ~rule->clear;
    return flags;
}

CK_RV own_C_GetSlotInfo(CK_SLOT_ID slot, CK_SLOT_INFO *info)
{
    CK_RV rv = CKR_OK;

    lock();
    rv = slot_slot_info(slot, info);
    if (rv != CKR_OK) {
        unlock();
        return rv;
    }
    info->flags = change_flags(RULE_SLOT_FLAGS, info->flags);
    if (slot_is_absent(slot))
        info->flags &= ~CKF_TOKEN_PRESENT;
    unlock();
    return CKR_OK;
}

static void put_text(unsigned char *field, size_t size, const char *text)
{
    memset(field, ' ', size);
    memcpy(field, text, strnlen(text, size));
}

/* The caller holds shim_lock. */
static void change_texts(CK_TOKEN_INFO *info)
{
    const CK_TOKEN_INFO real = *info;
    const struct rule *rule = NULL;

    while ((rule = rules_next(RULE_TOKEN_TEXT, rule)) != NULL) {
        if (strcmp(rule->text, "*") != 0 && !label_is(&real, rule->text))
            continue;
        if (strcmp(rule->field, "manufacturer") == 0)
            put_text(info->manufacturerID, sizeof info->manufacturerID,
                     rule->new_text);
        else if (strcmp(rule->field, "model") == 0)
            put_text(info->model, sizeof info->model, rule->new_text);
        else if (strcmp(rule->field, "serial") == 0)
            put_text(info->serialNumber, sizeof info->serialNumber,
                     rule->new_text);
        else
            put_text(info->label, sizeof info->label, rule->new_text);
    }
}

CK_RV own_C_GetTokenInfo(CK_SLOT_ID slot, CK_TOKEN_INFO *info)
{
    const struct rule *limit = NULL;
    CK_RV rv = CKR_OK;

    if (is_absent(slot))
        return CKR_TOKEN_NOT_PRESENT;
    lock();
    rv = slot_token_info(slot, info);
    if (rv != CKR_OK) {
        unlock();
        return rv;
    }
    if (rules_has(RULE_PINPAD))
        info->flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
    if (rules_has(RULE_WRITE_PROTECTED))
        info->flags |= CKF_WRITE_PROTECTED;
    info->flags = change_flags(RULE_TOKEN_FLAGS, info->flags);
    change_texts(info);
    limit = rules_next(RULE_MAX_SESSIONS, NULL);
    if (limit != NULL) {
        info->ulMaxSessionCount = limit->value;
        info->ulMaxRwSessionCount = limit->value;
        info->ulSessionCount = sessions_count(slot);
    }
    unlock();
    return CKR_OK;
}

CK_RV own_C_GetMechanismList(CK_SLOT_ID slot, CK_MECHANISM_TYPE *list,
                             CK_ULONG *count)
{
    CK_MECHANISM_TYPE all[128];
    CK_ULONG n = sizeof all / sizeof *all;
    CK_ULONG n_left = 0;
    CK_RV rv = CKR_OK;

    if (is_absent(slot))
        return CKR_TOKEN_NOT_PRESENT;
    slot = behind(slot);
    if (count == NULL || !has(RULE_MECHANISMS))
        return shim_real->C_GetMechanismList(slot, list, count);
    rv = shim_real->C_GetMechanismList(slot, all, &n);
    if (rv != CKR_OK)
        return rv;
    lock();
    for (CK_ULONG i = 0; i < n; i++)
        if (!rules_hide_mechanism(all[i]))
            all[n_left++] = all[i];
    unlock();
    return give_list(all, n_left, list, count);
}

CK_RV own_C_GetMechanismInfo(CK_SLOT_ID slot, CK_MECHANISM_TYPE mechanism,
                             CK_MECHANISM_INFO *info)
{
    bool hidden = false;
    CK_RV rv = CKR_OK;

    if (is_absent(slot))
        return CKR_TOKEN_NOT_PRESENT;
    lock();
    hidden = rules_hide_mechanism(mechanism);
    unlock();
    if (hidden)
        return CKR_MECHANISM_INVALID;
    rv = shim_real->C_GetMechanismInfo(behind(slot), mechanism, info);
    if (rv != CKR_OK)
        return rv;
    lock();
    info->flags = change_flags(RULE_MECHANISM_FLAGS, info->flags);
    unlock();
    return CKR_OK;
}

CK_RV own_C_OpenSession(CK_SLOT_ID slot, CK_FLAGS flags, void *application,
                        CK_NOTIFY notify, CK_SESSION_HANDLE *ret_session)
{
    const struct rule *limit = NULL;
    CK_RV rv = CKR_OK;

    /* Locked as a whole, or two callers could both get the last one. */
    lock();
    limit = rules_next(RULE_MAX_SESSIONS, NULL);
    if (slot_is_absent(slot))
        rv = CKR_TOKEN_NOT_PRESENT;
    else if (limit != NULL && sessions_count(slot) >= limit->value)
        rv = CKR_SESSION_COUNT;
    else if ((flags & CKF_RW_SESSION) != 0 && rules_has(RULE_WRITE_PROTECTED))
        rv = CKR_TOKEN_WRITE_PROTECTED;
    else
        rv = shim_real->C_OpenSession(slot_behind(slot), flags, application,
                                      notify, ret_session);
    if (rv == CKR_OK)
        sessions_add(*ret_session, slot);
    unlock();
    return rv;
}

CK_RV own_C_CloseSession(CK_SESSION_HANDLE session)
{
    CK_RV rv = CKR_OK;

    lock();
    rv = sessions_check(session);
    if (rv == CKR_OK)
        rv = shim_real->C_CloseSession(session);
    sessions_remove(session);
    unlock();
    return rv;
}

CK_RV own_C_CloseAllSessions(CK_SLOT_ID slot)
{
    CK_RV rv = CKR_OK;

    lock();
    rv = slot_is_absent(slot)
             ? CKR_TOKEN_NOT_PRESENT
             : shim_real->C_CloseAllSessions(slot_behind(slot));
    sessions_remove_slot(slot);
    unlock();
    return rv;
}

/* A PIN that is typed on the PIN pad: what the rule of KIND says, for no PIN.
 */
struct typed {
    char text[256];
    CK_BYTE *pin;
    CK_ULONG len;
};

static void type_on_pinpad(enum rule_kind kind, CK_BYTE *pin, CK_ULONG len,
                           struct typed *ret)
{
    const struct rule *rule = rules_next(kind, NULL);

    ret->pin = pin;
    ret->len = len;
    if (pin != NULL || rule == NULL)
        return;
    ret->len = strnlen(rule->text, sizeof ret->text);
    memcpy(ret->text, rule->text, ret->len);
    ret->pin = (CK_BYTE *)ret->text;
}

CK_RV own_C_Login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_BYTE *pin,
                  CK_ULONG pin_len)
{
    struct typed typed;
    CK_RV rv = CKR_OK;

    lock();
    rv = sessions_check(session);
    type_on_pinpad(RULE_PINPAD, pin, pin_len, &typed);
    unlock();
    return rv != CKR_OK
               ? rv
               : shim_real->C_Login(session, user, typed.pin, typed.len);
}

CK_RV own_C_SetPIN(CK_SESSION_HANDLE session, CK_BYTE *old_pin,
                   CK_ULONG old_len, CK_BYTE *new_pin, CK_ULONG new_len)
{
    struct typed old_typed;
    struct typed new_typed;
    CK_RV rv = CKR_OK;

    lock();
    rv = sessions_check(session);
    type_on_pinpad(RULE_PINPAD, old_pin, old_len, &old_typed);
    type_on_pinpad(RULE_PINPAD_NEW, new_pin, new_len, &new_typed);
    unlock();
    return rv != CKR_OK
               ? rv
               : shim_real->C_SetPIN(session, old_typed.pin, old_typed.len,
                                     new_typed.pin, new_typed.len);
}

/* The first slot whose token has come or gone since the last time. */
static bool next_event(CK_SLOT_ID *ret_slot)
{
    CK_SLOT_ID slots[128];
    CK_ULONG n = sizeof slots / sizeof *slots;

    if (shim_real->C_GetSlotList(CK_FALSE, slots, &n) != CKR_OK)
        return false;
    for (CK_ULONG i = 0; i < n; i++) {
        CK_ULONG known = 0;

        while (known < n_gone && gone[known] != slots[i])
            known++;
        if (slot_is_absent(slots[i]) == (known < n_gone))
            continue;
        if (known < n_gone)
            gone[known] = gone[--n_gone];
        else if (n_gone < MAX_IDS)
            gone[n_gone++] = slots[i];
        *ret_slot = slots[i];
        return true;
    }
    return false;
}

CK_RV own_C_WaitForSlotEvent(CK_FLAGS flags, CK_SLOT_ID *ret_slot,
                             void *reserved)
{
    const struct timespec pause = {0, POLL_NS};

    if (!has(RULE_SLOT_EVENTS))
        return shim_real->C_WaitForSlotEvent(flags, ret_slot, reserved);
    for (;;) {
        bool found = false;
        bool stop = false;

        lock();
        shim_refresh_locked();
        stop = !initialized;
        found = !stop && next_event(ret_slot);
        unlock();
        if (stop)
            return CKR_CRYPTOKI_NOT_INITIALIZED;
        if (found)
            return CKR_OK;
        if ((flags & CKF_DONT_BLOCK) != 0)
            return CKR_NO_EVENT;
        nanosleep(&pause, NULL);
    }
}
