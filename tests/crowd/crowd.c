/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The functions of the crowd: slots, tokens, sessions and logins. */
#include "crowd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIN "123456"
#define MAX_TOKENS 4096
#define MAX_SESSIONS 4096

struct session {
    CK_SLOT_ID slot;
    struct crowd_search search;
    unsigned key; /* that signs */
    bool signs;
    bool is_open;
};

struct crowd crowd;

/* Guards what follows; a session's own state belongs to who uses it. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool initialised;
static bool logged_in[MAX_TOKENS];
static unsigned n_open[MAX_TOKENS]; /* sessions */
static struct session sessions[MAX_SESSIONS];

/* --- The module ---------------------------------------------------------- */

static unsigned number_from(const char *name, unsigned value, unsigned max)
{
    const char *text = getenv(name);

    if (text != NULL)
        value = (unsigned)strtoul(text, NULL, 10);
    return value < max ? value : max;
}

/* The index of the word that NAME has among those of WORDS, 0 if none. */
static unsigned word_from(const char *name, const char *const words[3])
{
    const char *text = getenv(name);

    for (unsigned i = 0; text != NULL && i < 3; i++)
        if (words[i] != NULL && strcmp(text, words[i]) == 0)
            return i;
    return 0;
}

static void read_environment(void)
{
    static const char *const kinds[3] = {"mixed", "rsa", "ec"};
    static const char *const ids[3] = {"own", "none", "one"};
    static const char *const logins[3] = {"no", "keys", "all"};
    static const char *const silent[3] = {"no", "yes", NULL};

    crowd.tokens = number_from("CROWD_TOKENS", 1, MAX_TOKENS);
    crowd.keys = number_from("CROWD_KEYS", 10, 1U << 20);
    crowd.certs = number_from("CROWD_CERTS", 1, 100);
    crowd.kinds = word_from("CROWD_KINDS", kinds);
    crowd.ids = word_from("CROWD_IDS", ids);
    crowd.login = word_from("CROWD_LOGIN", logins);
    crowd.silent = word_from("CROWD_SILENT", silent) == 1;
}

static CK_RV initialize(CK_VOID_PTR args)
{
    CK_RV rv = CKR_OK;

    (void)args;
    (void)pthread_mutex_lock(&lock);
    if (initialised) {
        rv = CKR_CRYPTOKI_ALREADY_INITIALIZED;
    } else {
        read_environment();
        memset(sessions, 0, sizeof sessions);
        memset(logged_in, 0, sizeof logged_in);
        memset(n_open, 0, sizeof n_open);
        initialised = crowd_make_keys();
        rv = initialised ? CKR_OK : CKR_HOST_MEMORY;
    }
    (void)pthread_mutex_unlock(&lock);
    return rv;
}

static CK_RV finalize(CK_VOID_PTR reserved)
{
    (void)reserved;
    (void)pthread_mutex_lock(&lock);
    initialised = false;
    crowd_forget_keys();
    (void)pthread_mutex_unlock(&lock);
    return CKR_OK;
}

static void fill(unsigned char *field, size_t size, const char *text)
{
    const size_t len = strlen(text);

    memset(field, ' ', size);
    memcpy(field, text, len < size ? len : size);
}

static CK_RV get_info(CK_INFO *info)
{
    memset(info, 0, sizeof *info);
    info->cryptokiVersion = (CK_VERSION){2, 40};
    fill(info->manufacturerID, sizeof info->manufacturerID, "Crowd");
    fill(info->libraryDescription, sizeof info->libraryDescription, "Crowd");
    return CKR_OK;
}

/* --- Slots and tokens ---------------------------------------------------- */

static CK_RV get_slot_list(CK_BBOOL present, CK_SLOT_ID *list, CK_ULONG *n)
{
    const CK_ULONG room = *n;

    (void)present;
    *n = crowd.tokens;
    if (list == NULL)
        return CKR_OK;
    if (room < crowd.tokens)
        return CKR_BUFFER_TOO_SMALL;
    for (unsigned i = 0; i < crowd.tokens; i++)
        list[i] = i;
    return CKR_OK;
}

static CK_RV get_slot_info(CK_SLOT_ID slot, CK_SLOT_INFO *info)
{
    char text[64];

    if (slot >= crowd.tokens)
        return CKR_SLOT_ID_INVALID;
    memset(info, 0, sizeof *info);
    (void)snprintf(text, sizeof text, "Place %lu", (unsigned long)slot);
    fill(info->slotDescription, sizeof info->slotDescription, text);
    fill(info->manufacturerID, sizeof info->manufacturerID, "Crowd");
    info->flags = CKF_TOKEN_PRESENT;
    return CKR_OK;
}

static CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO *info)
{
    char text[64];

    if (slot >= crowd.tokens)
        return CKR_SLOT_ID_INVALID;
    memset(info, 0, sizeof *info);
    (void)snprintf(text, sizeof text, "token %lu", (unsigned long)slot);
    fill(info->label, sizeof info->label, text);
    fill(info->manufacturerID, sizeof info->manufacturerID, "Crowd");
    fill(info->model, sizeof info->model, "Crowd");
    (void)snprintf(text, sizeof text, "%08lu", (unsigned long)slot);
    fill(info->serialNumber, sizeof info->serialNumber, text);
    info->flags = CKF_TOKEN_INITIALIZED | CKF_USER_PIN_INITIALIZED | CKF_RNG;
    if (crowd.login != LOGIN_NO)
        info->flags |= CKF_LOGIN_REQUIRED;
    info->ulMinPinLen = 4;
    info->ulMaxPinLen = 32;
    info->ulMaxSessionCount = CK_EFFECTIVELY_INFINITE;
    info->ulMaxRwSessionCount = CK_EFFECTIVELY_INFINITE;
    return CKR_OK;
}

static CK_RV get_mechanism_list(CK_SLOT_ID slot, CK_MECHANISM_TYPE *list,
                                CK_ULONG *n)
{
    static const CK_MECHANISM_TYPE mechanisms[] = {CKM_RSA_PKCS, CKM_ECDSA};
    const CK_ULONG room = *n;

    if (slot >= crowd.tokens)
        return CKR_SLOT_ID_INVALID;
    *n = 2;
    if (list == NULL)
        return CKR_OK;
    if (room < 2)
        return CKR_BUFFER_TOO_SMALL;
    memcpy(list, mechanisms, sizeof mechanisms);
    return CKR_OK;
}

static CK_RV get_mechanism_info(CK_SLOT_ID slot, CK_MECHANISM_TYPE type,
                                CK_MECHANISM_INFO *info)
{
    if (slot >= crowd.tokens)
        return CKR_SLOT_ID_INVALID;
    if (type != CKM_RSA_PKCS && type != CKM_ECDSA)
        return CKR_MECHANISM_INVALID;
    *info = (CK_MECHANISM_INFO){256, 2048, CKF_SIGN};
    return CKR_OK;
}

static CK_RV wait_for_slot_event(CK_FLAGS flags, CK_SLOT_ID *slot,
                                 CK_VOID_PTR reserved)
{
    (void)flags;
    (void)slot;
    (void)reserved;
    return CKR_FUNCTION_NOT_SUPPORTED;
}

/* --- Sessions ------------------------------------------------------------ */

static struct session *get_session(CK_SESSION_HANDLE handle)
{
    if (handle == 0 || handle > MAX_SESSIONS || !sessions[handle - 1].is_open)
        return NULL;
    return &sessions[handle - 1];
}

static bool is_logged_in(CK_SLOT_ID slot)
{
    bool is_in = false;

    (void)pthread_mutex_lock(&lock);
    is_in = logged_in[slot];
    (void)pthread_mutex_unlock(&lock);
    return is_in;
}

static CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS flags, CK_VOID_PTR pointer,
                          CK_NOTIFY notify, CK_SESSION_HANDLE *ret)
{
    CK_RV rv = CKR_SESSION_COUNT;

    (void)flags;
    (void)pointer;
    (void)notify;
    if (slot >= crowd.tokens)
        return CKR_SLOT_ID_INVALID;
    (void)pthread_mutex_lock(&lock);
    for (CK_SESSION_HANDLE i = 0; i < MAX_SESSIONS && rv != CKR_OK; i++) {
        if (sessions[i].is_open)
            continue;
        sessions[i] = (struct session){.is_open = true, .slot = slot};
        n_open[slot]++;
        *ret = i + 1;
        rv = CKR_OK;
    }
    (void)pthread_mutex_unlock(&lock);
    return rv;
}

static CK_RV close_session(CK_SESSION_HANDLE handle)
{
    struct session *s = get_session(handle);

    if (s == NULL)
        return CKR_SESSION_HANDLE_INVALID;
    (void)pthread_mutex_lock(&lock);
    s->is_open = false;
    if (--n_open[s->slot] == 0)
        logged_in[s->slot] = false;
    (void)pthread_mutex_unlock(&lock);
    return CKR_OK;
}

static CK_RV close_all_sessions(CK_SLOT_ID slot)
{
    for (CK_SESSION_HANDLE i = 1; i <= MAX_SESSIONS; i++)
        if (get_session(i) != NULL && sessions[i - 1].slot == slot)
            (void)close_session(i);
    return CKR_OK;
}

static CK_RV get_session_info(CK_SESSION_HANDLE handle, CK_SESSION_INFO *info)
{
    const struct session *s = get_session(handle);

    if (s == NULL)
        return CKR_SESSION_HANDLE_INVALID;
    *info = (CK_SESSION_INFO){.slotID = s->slot,
                              .state = is_logged_in(s->slot)
                                           ? CKS_RO_USER_FUNCTIONS
                                           : CKS_RO_PUBLIC_SESSION,
                              .flags = CKF_SERIAL_SESSION};
    return CKR_OK;
}

static CK_RV login(CK_SESSION_HANDLE handle, CK_USER_TYPE user,
                   unsigned char *pin, CK_ULONG len)
{
    const struct session *s = get_session(handle);
    CK_RV rv = CKR_OK;

    if (s == NULL)
        return CKR_SESSION_HANDLE_INVALID;
    if (user != CKU_USER || len != strlen(PIN) || memcmp(pin, PIN, len) != 0)
        return CKR_PIN_INCORRECT;
    (void)pthread_mutex_lock(&lock);
    if (logged_in[s->slot])
        rv = CKR_USER_ALREADY_LOGGED_IN;
    logged_in[s->slot] = true;
    (void)pthread_mutex_unlock(&lock);
    return rv;
}

static CK_RV logout(CK_SESSION_HANDLE handle)
{
    const struct session *s = get_session(handle);

    if (s == NULL)
        return CKR_SESSION_HANDLE_INVALID;
    (void)pthread_mutex_lock(&lock);
    logged_in[s->slot] = false;
    (void)pthread_mutex_unlock(&lock);
    return CKR_OK;
}

/* --- Objects and signatures ---------------------------------------------- */

static CK_RV find_objects_init(CK_SESSION_HANDLE handle, CK_ATTRIBUTE *template,
                               CK_ULONG n)
{
    struct session *s = get_session(handle);

    return s == NULL ? CKR_SESSION_HANDLE_INVALID
                     : crowd_search_begin(&s->search, s->slot, template, n);
}

static CK_RV find_objects(CK_SESSION_HANDLE handle, CK_OBJECT_HANDLE *objects,
                          CK_ULONG max, CK_ULONG *n)
{
    struct session *s = get_session(handle);

    if (s == NULL)
        return CKR_SESSION_HANDLE_INVALID;
    if (!s->search.is_active)
        return CKR_OPERATION_NOT_INITIALIZED;
    *n = crowd_search_more(&s->search, is_logged_in(s->slot), objects, max);
    return CKR_OK;
}

static CK_RV find_objects_final(CK_SESSION_HANDLE handle)
{
    struct session *s = get_session(handle);

    if (s == NULL)
        return CKR_SESSION_HANDLE_INVALID;
    s->search.is_active = false;
    return CKR_OK;
}

static CK_RV get_attribute_value(CK_SESSION_HANDLE handle, CK_OBJECT_HANDLE o,
                                 CK_ATTRIBUTE *attributes, CK_ULONG n)
{
    const struct session *s = get_session(handle);

    return s == NULL ? CKR_SESSION_HANDLE_INVALID
                     : crowd_attributes(s->slot, is_logged_in(s->slot), o,
                                        attributes, n);
}

static CK_RV sign_init(CK_SESSION_HANDLE handle, CK_MECHANISM *mechanism,
                       CK_OBJECT_HANDLE object)
{
    struct session *s = get_session(handle);

    if (s == NULL)
        return CKR_SESSION_HANDLE_INVALID;
    if (s->signs)
        return CKR_OPERATION_ACTIVE;
    if (!crowd_private_key(object, &s->key) ||
        (crowd.login != LOGIN_NO && !is_logged_in(s->slot)))
        return CKR_KEY_HANDLE_INVALID;
    if (mechanism->mechanism !=
        (crowd_is_ec(s->key) ? CKM_ECDSA : CKM_RSA_PKCS))
        return CKR_MECHANISM_INVALID;
    s->signs = true;
    return CKR_OK;
}

static CK_RV sign(CK_SESSION_HANDLE handle, unsigned char *data, CK_ULONG len,
                  unsigned char *signature, CK_ULONG *signature_len)
{
    struct session *s = get_session(handle);
    const CK_ULONG room = *signature_len;
    bool is_ec = false;

    if (s == NULL)
        return CKR_SESSION_HANDLE_INVALID;
    if (!s->signs)
        return CKR_OPERATION_NOT_INITIALIZED;
    is_ec = crowd_is_ec(s->key);
    *signature_len = is_ec ? 2 * CROWD_FIELD_LEN : CROWD_RSA_LEN;
    if (signature == NULL)
        return CKR_OK;
    if (room < *signature_len)
        return CKR_BUFFER_TOO_SMALL;
    s->signs = false;
    return crowd_sign(crowd_number(s->slot, s->key), is_ec, data, len,
                      signature);
}

static CK_FUNCTION_LIST functions;

CK_RV C_GetFunctionList(CK_FUNCTION_LIST **list)
    __attribute__((visibility("default")));

CK_RV C_GetFunctionList(CK_FUNCTION_LIST **list)
{
    *list = &functions;
    return CKR_OK;
}

static CK_FUNCTION_LIST functions = {
    .version = {2, 40},
    .C_Initialize = initialize,
    .C_Finalize = finalize,
    .C_GetInfo = get_info,
    .C_GetFunctionList = C_GetFunctionList,
    .C_GetSlotList = get_slot_list,
    .C_GetSlotInfo = get_slot_info,
    .C_GetTokenInfo = get_token_info,
    .C_GetMechanismList = get_mechanism_list,
    .C_GetMechanismInfo = get_mechanism_info,
    .C_WaitForSlotEvent = wait_for_slot_event,
    .C_OpenSession = open_session,
    .C_CloseSession = close_session,
    .C_CloseAllSessions = close_all_sessions,
    .C_GetSessionInfo = get_session_info,
    .C_Login = login,
    .C_Logout = logout,
    .C_FindObjectsInit = find_objects_init,
    .C_FindObjects = find_objects,
    .C_FindObjectsFinal = find_objects_final,
    .C_GetAttributeValue = get_attribute_value,
    .C_SignInit = sign_init,
    .C_Sign = sign,
};
