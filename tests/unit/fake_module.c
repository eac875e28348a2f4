/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The fake module's token: its sessions, its PIN, and the record of calls. */
#include "fake_module.h"

#include "base/secret.h"
#include "unit.h"

struct fake fake;

static const char *const names[FAKE_FUNCTIONS] = {
    [FAKE_GET_TOKEN_INFO] = "C_GetTokenInfo",
    [FAKE_OPEN_SESSION] = "C_OpenSession",
    [FAKE_CLOSE_SESSION] = "C_CloseSession",
    [FAKE_GET_SESSION_INFO] = "C_GetSessionInfo",
    [FAKE_LOGIN] = "C_Login",
    [FAKE_LOGOUT] = "C_Logout",
    [FAKE_SET_PIN] = "C_SetPIN",
    [FAKE_RANDOM] = "C_GenerateRandom",
    [FAKE_FIND_INIT] = "C_FindObjectsInit",
    [FAKE_FIND] = "C_FindObjects",
    [FAKE_FIND_FINAL] = "C_FindObjectsFinal",
    [FAKE_GET_ATTRIBUTE] = "C_GetAttributeValue",
    [FAKE_DESTROY] = "C_DestroyObject",
    [FAKE_SIGN_INIT] = "C_SignInit",
    [FAKE_SIGN] = "C_Sign",
    [FAKE_DECRYPT_INIT] = "C_DecryptInit",
    [FAKE_DECRYPT] = "C_Decrypt",
    [FAKE_DERIVE] = "C_DeriveKey",
};

static void write_down(const char *what)
{
    size_t len = strlen(fake.trail);
    int n = snprintf(fake.trail + len, sizeof fake.trail - len, "%s%s",
                     len != 0 ? " " : "", what);

    if (n < 0 || (size_t)n >= sizeof fake.trail - len)
        abort();
}

void fake_note(const char *what)
{
    (void)pthread_mutex_lock(&fake.lock);
    write_down(what);
    (void)pthread_mutex_unlock(&fake.lock);
}

CK_RV fake_begin(enum fake_function function)
{
    struct fake_script *script = &fake.scripts[function];
    CK_RV rv = CKR_OK;

    (void)pthread_mutex_lock(&fake.lock);
    write_down(names[function]);
    fake.calls[function]++;
    if (script->n > 0) {
        rv = script->answers[0];
        script->n--;
        memmove(&script->answers[0], &script->answers[1],
                script->n * sizeof script->answers[0]);
    }
    return rv;
}

CK_RV fake_end(CK_RV rv)
{
    (void)pthread_mutex_unlock(&fake.lock);
    return rv;
}

void fake_answer(enum fake_function function, CK_RV rv)
{
    struct fake_script *script = &fake.scripts[function];

    assert_true(script->n < N_ELEMENTS(script->answers));
    script->answers[script->n++] = rv;
}

void fake_forget_calls(void)
{
    memset(fake.calls, 0, sizeof fake.calls);
    memset(fake.logins, 0, sizeof fake.logins);
    fake.n_logins = 0;
    fake.trail[0] = '\0';
}

struct fake_session *fake_session(CK_SESSION_HANDLE handle)
{
    for (size_t i = 0; i < FAKE_SESSIONS; i++)
        if (handle != 0 && fake.sessions[i].handle == handle)
            return &fake.sessions[i];
    return NULL;
}

size_t fake_n_sessions(void)
{
    size_t n = 0;

    for (size_t i = 0; i < FAKE_SESSIONS; i++)
        n += fake.sessions[i].handle != 0;
    return n;
}

void fake_lose_sessions(void)
{
    memset(fake.sessions, 0, sizeof fake.sessions);
    fake.logged_in = false;
}

static CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO *info)
{
    CK_RV rv = fake_begin(FAKE_GET_TOKEN_INFO);

    if (rv == CKR_OK && slot != FAKE_SLOT)
        rv = CKR_SLOT_ID_INVALID;
    if (rv == CKR_OK)
        *info = fake.info;
    return fake_end(rv);
}

static CK_RV open_locked(CK_FLAGS flags, CK_SESSION_HANDLE *ret)
{
    const size_t max =
        fake.max_sessions != 0 ? fake.max_sessions : FAKE_SESSIONS;

    if (fake_n_sessions() >= max)
        return CKR_SESSION_COUNT;
    for (size_t i = 0; i < FAKE_SESSIONS; i++) {
        if (fake.sessions[i].handle != 0)
            continue;
        fake.sessions[i] =
            (struct fake_session){.handle = ++fake.last_session,
                                  .read_write = (flags & CKF_RW_SESSION) != 0};
        *ret = fake.sessions[i].handle;
        break;
    }
    return CKR_OK;
}

static CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS flags, void *application,
                          CK_NOTIFY notify, CK_SESSION_HANDLE *session)
{
    CK_RV rv = fake_begin(FAKE_OPEN_SESSION);

    (void)application;
    (void)notify;
    if (rv == CKR_OK && slot != FAKE_SLOT)
        rv = CKR_SLOT_ID_INVALID;
    if (rv == CKR_OK && (flags & CKF_SERIAL_SESSION) == 0)
        rv = CKR_SESSION_PARALLEL_NOT_SUPPORTED;
    return fake_end(rv == CKR_OK ? open_locked(flags, session) : rv);
}

static CK_RV close_session(CK_SESSION_HANDLE handle)
{
    CK_RV rv = fake_begin(FAKE_CLOSE_SESSION);
    struct fake_session *session = fake_session(handle);

    if (rv == CKR_OK && session == NULL)
        rv = CKR_SESSION_HANDLE_INVALID;
    if (rv == CKR_OK) {
        *session = (struct fake_session){0};
        if (fake_n_sessions() == 0)
            fake.logged_in = false;
    }
    return fake_end(rv);
}

static CK_RV get_session_info(CK_SESSION_HANDLE handle, CK_SESSION_INFO *info)
{
    CK_RV rv = fake_begin(FAKE_GET_SESSION_INFO);
    const struct fake_session *session = fake_session(handle);

    if (rv == CKR_OK && session == NULL)
        rv = CKR_SESSION_HANDLE_INVALID;
    if (rv == CKR_OK) {
        *info = (CK_SESSION_INFO){.slotID = FAKE_SLOT};
        if (fake.logged_in)
            info->state = session->read_write ? CKS_RW_USER_FUNCTIONS
                                              : CKS_RO_USER_FUNCTIONS;
        else
            info->state = session->read_write ? CKS_RW_PUBLIC_SESSION
                                              : CKS_RO_PUBLIC_SESSION;
    }
    return fake_end(rv);
}

/* Three tries, and the flags that tell of them. */
static CK_RV check_pin(const CK_UTF8CHAR *pin, CK_ULONG len)
{
    const CK_FLAGS flags =
        CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED;
    const bool by_pinpad = pin == NULL;

    if ((fake.info.flags & CKF_USER_PIN_LOCKED) != 0)
        return CKR_PIN_LOCKED;
    if (by_pinpad && (fake.info.flags & CKF_PROTECTED_AUTHENTICATION_PATH) == 0)
        return CKR_ARGUMENTS_BAD;
    fake.info.flags &= ~flags;
    if (by_pinpad ||
        (len == strlen(fake.pin) && memcmp(pin, fake.pin, len) == 0)) {
        fake.tries_left = 3;
        return CKR_OK;
    }
    fake.tries_left--;
    fake.info.flags |= CKF_USER_PIN_COUNT_LOW;
    if (fake.tries_left == 1)
        fake.info.flags |= CKF_USER_PIN_FINAL_TRY;
    if (fake.tries_left == 0)
        fake.info.flags |= CKF_USER_PIN_LOCKED;
    return CKR_PIN_INCORRECT;
}

static void record_login(CK_USER_TYPE user, const CK_UTF8CHAR *pin,
                         CK_ULONG len)
{
    struct fake_login *record = &fake.logins[fake.n_logins];

    if (fake.n_logins == FAKE_LOGINS || len >= sizeof record->pin)
        abort();
    *record = (struct fake_login){.user = user, .by_pinpad = pin == NULL};
    if (pin != NULL)
        memcpy(record->pin, pin, len);
    fake.n_logins++;
}

static CK_RV login_locked(CK_SESSION_HANDLE handle, CK_USER_TYPE user,
                          const CK_UTF8CHAR *pin, CK_ULONG len)
{
    struct fake_session *session = fake_session(handle);
    CK_RV rv = CKR_OK;

    if (session == NULL)
        return CKR_SESSION_HANDLE_INVALID;
    if (user == CKU_USER && fake.logged_in)
        return CKR_USER_ALREADY_LOGGED_IN;
    if (user == CKU_CONTEXT_SPECIFIC && session->key == 0)
        return CKR_OPERATION_NOT_INITIALIZED;
    rv = check_pin(pin, len);
    if (rv == CKR_OK && user == CKU_USER)
        fake.logged_in = true;
    else if (rv == CKR_OK)
        session->wants_key_login = false;
    return rv;
}

static CK_RV login(CK_SESSION_HANDLE handle, CK_USER_TYPE user,
                   CK_UTF8CHAR *pin, CK_ULONG len)
{
    CK_RV rv = fake_begin(FAKE_LOGIN);

    record_login(user, pin, len);
    return fake_end(rv == CKR_OK ? login_locked(handle, user, pin, len) : rv);
}

static CK_RV logout(CK_SESSION_HANDLE handle)
{
    CK_RV rv = fake_begin(FAKE_LOGOUT);

    if (rv == CKR_OK && fake_session(handle) == NULL)
        rv = CKR_SESSION_HANDLE_INVALID;
    if (rv == CKR_OK && !fake.logged_in)
        rv = CKR_USER_NOT_LOGGED_IN;
    if (rv == CKR_OK)
        fake.logged_in = false;
    return fake_end(rv);
}

static CK_RV set_pin_locked(CK_SESSION_HANDLE handle, const CK_UTF8CHAR *pin,
                            CK_ULONG len, const CK_UTF8CHAR *new_pin,
                            CK_ULONG new_len)
{
    const struct fake_session *session = fake_session(handle);
    CK_RV rv = CKR_OK;

    if (session == NULL)
        return CKR_SESSION_HANDLE_INVALID;
    if (!session->read_write)
        return CKR_SESSION_READ_ONLY;
    rv = check_pin(pin, len);
    if (rv == CKR_OK && new_pin != NULL) {
        memset(fake.pin, 0, sizeof fake.pin);
        memcpy(fake.pin, new_pin, new_len);
    }
    if (fake.set_pin_logs_out)
        fake.logged_in = false;
    return rv;
}

static CK_RV set_pin(CK_SESSION_HANDLE handle, CK_UTF8CHAR *pin, CK_ULONG len,
                     CK_UTF8CHAR *new_pin, CK_ULONG new_len)
{
    CK_RV rv = fake_begin(FAKE_SET_PIN);
    struct fake_login *record = &fake.logins[fake.n_logins];

    record_login(CKU_USER, pin, len);
    if (new_len >= sizeof record->new_pin)
        abort();
    if (new_pin != NULL)
        memcpy(record->new_pin, new_pin, new_len);
    return fake_end(
        rv == CKR_OK ? set_pin_locked(handle, pin, len, new_pin, new_len) : rv);
}

static CK_RV generate_random(CK_SESSION_HANDLE handle, CK_BYTE *data,
                             CK_ULONG len)
{
    CK_RV rv = fake_begin(FAKE_RANDOM);

    if (rv == CKR_OK && fake_session(handle) == NULL)
        rv = CKR_SESSION_HANDLE_INVALID;
    if (rv == CKR_OK)
        memset(data, 4, len);
    return fake_end(rv);
}

static void fill_field(unsigned char *field, size_t size, const char *text)
{
    memset(field, ' ', size);
    memcpy(field, text, strlen(text));
}

int fake_set_up_group(void **state)
{
    (void)state;
    return secret_setup() == 0 ? 0 : -1;
}

static char module_name[] = "fake";

int fake_set_up(void **state)
{
    (void)state;
    fake = (struct fake){.pin = FAKE_PIN, .tries_left = 3, .first = 100};
    (void)pthread_mutex_init(&fake.lock, NULL);
    fake.functions.C_GetTokenInfo = get_token_info;
    fake.functions.C_OpenSession = open_session;
    fake.functions.C_CloseSession = close_session;
    fake.functions.C_GetSessionInfo = get_session_info;
    fake.functions.C_Login = login;
    fake.functions.C_Logout = logout;
    fake.functions.C_SetPIN = set_pin;
    fake.functions.C_GenerateRandom = generate_random;
    fake_install_operations(&fake.functions);
    fake.module.name = module_name;
    fake.module.library = &fake.library;
    fake.library.functions = &fake.functions;
    library_init(&fake.library);
    fill_field(fake.info.label, sizeof fake.info.label, "Fake token");
    fill_field(fake.info.manufacturerID, sizeof fake.info.manufacturerID,
               "Nobody");
    fill_field(fake.info.model, sizeof fake.info.model, "Unit");
    fill_field(fake.info.serialNumber, sizeof fake.info.serialNumber, "42");
    fake.info.flags =
        CKF_TOKEN_INITIALIZED | CKF_USER_PIN_INITIALIZED | CKF_LOGIN_REQUIRED;
    fake.info.ulMinPinLen = 4;
    fake.info.ulMaxPinLen = 8;
    fake_reset_waits();
    return 0;
}

int fake_tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < fake.n_objects; i++)
        fake_clear_object(&fake.objects[i]);
    bytes_clear(&fake.input);
    library_done(&fake.library);
    (void)pthread_mutex_destroy(&fake.lock);
    return 0;
}
