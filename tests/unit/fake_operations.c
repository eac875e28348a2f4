/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The fake module's objects, and what can be done with them. */
#include "fake_module.h"
#include "unit.h"

static CK_ATTRIBUTE *find_attribute(struct fake_object *object,
                                    CK_ATTRIBUTE_TYPE type)
{
    for (size_t i = 0; i < object->n; i++)
        if (object->attributes[i].type == type)
            return &object->attributes[i];
    return NULL;
}

void fake_set(struct fake_object *object, CK_ATTRIBUTE_TYPE type,
              const void *value, size_t len)
{
    CK_ATTRIBUTE *attribute = find_attribute(object, type);

    if (attribute == NULL) {
        if (object->n == FAKE_ATTRIBUTES)
            abort();
        attribute = &object->attributes[object->n++];
        *attribute = (CK_ATTRIBUTE){.type = type};
    }
    free(attribute->pValue);
    attribute->pValue = malloc(len != 0 ? len : 1);
    if (attribute->pValue == NULL)
        abort();
    if (len != 0)
        memcpy(attribute->pValue, value, len);
    attribute->ulValueLen = len;
}

void fake_set_flag(struct fake_object *object, CK_ATTRIBUTE_TYPE type,
                   bool value)
{
    const CK_BBOOL flag = value ? CK_TRUE : CK_FALSE;

    fake_set(object, type, &flag, sizeof flag);
}

struct fake_object *fake_add_object(CK_OBJECT_CLASS class)
{
    struct fake_object *object = &fake.objects[fake.n_objects];

    if (fake.n_objects == FAKE_OBJECTS)
        abort();
    fake.n_objects++;
    *object = (struct fake_object){.is_private = class == CKO_PRIVATE_KEY};
    fake_set(object, CKA_CLASS, &class, sizeof class);
    return object;
}

void fake_clear_object(struct fake_object *object)
{
    for (size_t i = 0; i < object->n; i++)
        free(object->attributes[i].pValue);
    *object = (struct fake_object){0};
}

static bool is_visible(const struct fake_object *object)
{
    return !object->is_gone && (!object->is_private || fake.logged_in ||
                                (fake.info.flags & CKF_LOGIN_REQUIRED) == 0);
}

static struct fake_object *get_object(CK_OBJECT_HANDLE handle)
{
    if (handle < fake.first || handle >= fake.first + fake.n_objects ||
        !is_visible(&fake.objects[handle - fake.first]))
        return NULL;
    return &fake.objects[handle - fake.first];
}

static bool matches(struct fake_object *object, const CK_ATTRIBUTE *template,
                    CK_ULONG n)
{
    for (CK_ULONG i = 0; i < n; i++) {
        const CK_ATTRIBUTE *has = find_attribute(object, template[i].type);

        if (has == NULL || has->ulValueLen != template[i].ulValueLen ||
            memcmp(has->pValue, template[i].pValue, has->ulValueLen) != 0)
            return false;
    }
    return true;
}

static CK_RV find_init(CK_SESSION_HANDLE handle, CK_ATTRIBUTE *template,
                       CK_ULONG n)
{
    CK_RV rv = fake_begin(FAKE_FIND_INIT);
    struct fake_session *session = fake_session(handle);

    if (rv == CKR_OK && session == NULL)
        rv = CKR_SESSION_HANDLE_INVALID;
    if (rv == CKR_OK) {
        session->n_found = 0;
        for (size_t i = 0; i < fake.n_objects; i++)
            if (is_visible(&fake.objects[i]) &&
                matches(&fake.objects[i], template, n))
                session->found[session->n_found++] = fake.first + i;
    }
    return fake_end(rv);
}

static CK_RV find(CK_SESSION_HANDLE handle, CK_OBJECT_HANDLE *objects,
                  CK_ULONG max, CK_ULONG *n)
{
    CK_RV rv = fake_begin(FAKE_FIND);
    struct fake_session *session = fake_session(handle);

    if (rv == CKR_OK && session == NULL)
        rv = CKR_SESSION_HANDLE_INVALID;
    if (rv == CKR_OK) {
        *n = 0;
        while (*n < max && session->n_found > 0)
            objects[(*n)++] = session->found[--session->n_found];
    }
    return fake_end(rv);
}

static CK_RV find_final(CK_SESSION_HANDLE handle)
{
    CK_RV rv = fake_begin(FAKE_FIND_FINAL);

    if (rv == CKR_OK && fake_session(handle) == NULL)
        rv = CKR_SESSION_HANDLE_INVALID;
    return fake_end(rv);
}

/* PKCS#11 2.40, section 5.7.5. */
static CK_RV get_one(struct fake_object *object, CK_ATTRIBUTE *wanted)
{
    const CK_ATTRIBUTE *has = find_attribute(object, wanted->type);
    CK_RV rv = CKR_OK;

    if (has == NULL)
        rv = CKR_ATTRIBUTE_TYPE_INVALID;
    else if (wanted->pValue != NULL && wanted->ulValueLen < has->ulValueLen)
        rv = CKR_BUFFER_TOO_SMALL;
    if (rv != CKR_OK) {
        wanted->ulValueLen = CK_UNAVAILABLE_INFORMATION;
        return rv;
    }
    if (wanted->pValue != NULL)
        memcpy(wanted->pValue, has->pValue, has->ulValueLen);
    wanted->ulValueLen = has->ulValueLen;
    return CKR_OK;
}

static CK_RV get_attribute(CK_SESSION_HANDLE handle, CK_OBJECT_HANDLE of,
                           CK_ATTRIBUTE *template, CK_ULONG n)
{
    CK_RV rv = fake_begin(FAKE_GET_ATTRIBUTE);
    struct fake_object *object = get_object(of);

    if (rv == CKR_OK && fake_session(handle) == NULL)
        rv = CKR_SESSION_HANDLE_INVALID;
    if (rv == CKR_OK && object == NULL)
        rv = CKR_OBJECT_HANDLE_INVALID;
    if (rv != CKR_OK)
        return fake_end(rv);
    for (CK_ULONG i = 0; i < n; i++) {
        CK_RV one = get_one(object, &template[i]);

        rv = one != CKR_OK ? one : rv;
    }
    return fake_end(rv);
}

static CK_RV destroy(CK_SESSION_HANDLE handle, CK_OBJECT_HANDLE of)
{
    CK_RV rv = fake_begin(FAKE_DESTROY);
    struct fake_object *object = get_object(of);

    if (rv == CKR_OK && fake_session(handle) == NULL)
        rv = CKR_SESSION_HANDLE_INVALID;
    if (rv == CKR_OK && object == NULL)
        rv = CKR_OBJECT_HANDLE_INVALID;
    if (rv == CKR_OK)
        object->is_gone = true;
    return fake_end(rv);
}

/* The key of an operation that is to begin. */
static CK_RV check_key(CK_SESSION_HANDLE handle, CK_OBJECT_HANDLE key)
{
    const struct fake_session *session = fake_session(handle);

    if (session == NULL)
        return CKR_SESSION_HANDLE_INVALID;
    if (session->key != 0)
        return CKR_OPERATION_ACTIVE;
    if (!fake.logged_in && (fake.info.flags & CKF_LOGIN_REQUIRED) != 0)
        return CKR_USER_NOT_LOGGED_IN;
    return get_object(key) != NULL ? CKR_OK : CKR_KEY_HANDLE_INVALID;
}

static CK_RV begin_operation(CK_SESSION_HANDLE handle,
                             const CK_MECHANISM *mechanism,
                             CK_OBJECT_HANDLE key)
{
    struct fake_session *session = fake_session(handle);
    CK_RV rv = check_key(handle, key);

    if (rv == CKR_OK) {
        const CK_ATTRIBUTE *always =
            find_attribute(get_object(key), CKA_ALWAYS_AUTHENTICATE);

        session->key = key;
        session->wants_key_login = !fake.ignores_always && always != NULL &&
                                   *(CK_BBOOL *)always->pValue == CK_TRUE;
        fake.mechanism = mechanism->mechanism;
    }
    return rv;
}

static void record_input(const void *data, CK_ULONG len)
{
    if (bytes_set(&fake.input, span_make(data, len)) != 0)
        abort();
}

static CK_RV finish_operation(CK_SESSION_HANDLE handle, const CK_BYTE *data,
                              CK_ULONG data_len, CK_BYTE *out, CK_ULONG *len)
{
    struct fake_session *session = fake_session(handle);
    const CK_ULONG room = *len;

    if (session == NULL)
        return CKR_SESSION_HANDLE_INVALID;
    if (session->key == 0)
        return CKR_OPERATION_NOT_INITIALIZED;
    *len = fake.answer.len;
    /* The operation stays active (PKCS#11 2.40, section 5.2). */
    if (out == NULL || room < fake.answer.len)
        return out == NULL ? CKR_OK : CKR_BUFFER_TOO_SMALL;
    session->key = 0;
    if (session->wants_key_login)
        return CKR_USER_NOT_LOGGED_IN;
    record_input(data, data_len);
    memcpy(out, fake.answer.data, fake.answer.len);
    if (fake.claimed != 0)
        *len = fake.claimed;
    return CKR_OK;
}

static CK_RV sign_init(CK_SESSION_HANDLE handle, CK_MECHANISM *mechanism,
                       CK_OBJECT_HANDLE key)
{
    CK_RV rv = fake_begin(FAKE_SIGN_INIT);

    return fake_end(rv == CKR_OK ? begin_operation(handle, mechanism, key)
                                 : rv);
}

static CK_RV decrypt_init(CK_SESSION_HANDLE handle, CK_MECHANISM *mechanism,
                          CK_OBJECT_HANDLE key)
{
    CK_RV rv = fake_begin(FAKE_DECRYPT_INIT);

    return fake_end(rv == CKR_OK ? begin_operation(handle, mechanism, key)
                                 : rv);
}

static CK_RV sign(CK_SESSION_HANDLE handle, CK_BYTE *data, CK_ULONG data_len,
                  CK_BYTE *out, CK_ULONG *len)
{
    CK_RV rv = fake_begin(FAKE_SIGN);

    return fake_end(
        rv == CKR_OK ? finish_operation(handle, data, data_len, out, len) : rv);
}

static CK_RV decrypt(CK_SESSION_HANDLE handle, CK_BYTE *data, CK_ULONG data_len,
                     CK_BYTE *out, CK_ULONG *len)
{
    CK_RV rv = fake_begin(FAKE_DECRYPT);

    return fake_end(
        rv == CKR_OK ? finish_operation(handle, data, data_len, out, len) : rv);
}

/* The only form that every module takes: no key derivation, no shared data,
 * a secret that may be read and lives as long as its session. */
static CK_RV check_derivation(const CK_MECHANISM *mechanism,
                              CK_ATTRIBUTE *template, CK_ULONG n)
{
    const CK_ECDH1_DERIVE_PARAMS *params = mechanism->pParameter;
    const CK_BBOOL no = CK_FALSE;
    const CK_BBOOL yes = CK_TRUE;
    CK_ATTRIBUTE rules[] = {
        {CKA_TOKEN, (void *)(uintptr_t)&no, sizeof no},
        {CKA_SENSITIVE, (void *)(uintptr_t)&no, sizeof no},
        {CKA_EXTRACTABLE, (void *)(uintptr_t)&yes, sizeof yes}};
    struct fake_object as_object = {.n = n};

    if (n > FAKE_ATTRIBUTES)
        abort();
    memcpy(as_object.attributes, template, n * sizeof *template);
    if (mechanism->ulParameterLen != sizeof *params ||
        params->kdf != CKD_NULL || params->ulSharedDataLen != 0)
        return CKR_MECHANISM_PARAM_INVALID;
    if (!matches(&as_object, rules, N_ELEMENTS(rules)))
        return CKR_TEMPLATE_INCONSISTENT;
    record_input(params->pPublicData, params->ulPublicDataLen);
    fake.mechanism = mechanism->mechanism;
    return CKR_OK;
}

static CK_RV derive(CK_SESSION_HANDLE handle, CK_MECHANISM *mechanism,
                    CK_OBJECT_HANDLE base, CK_ATTRIBUTE *template, CK_ULONG n,
                    CK_OBJECT_HANDLE *ret)
{
    CK_RV rv = fake_begin(FAKE_DERIVE);

    if (rv == CKR_OK)
        rv = check_key(handle, base);
    if (rv == CKR_OK && fake.derive_wants_rw &&
        !fake_session(handle)->read_write)
        rv = CKR_SESSION_READ_ONLY;
    if (rv == CKR_OK)
        rv = check_derivation(mechanism, template, n);
    if (rv == CKR_OK) {
        struct fake_object *secret = fake_add_object(CKO_SECRET_KEY);

        fake_set(secret, CKA_VALUE, fake.answer.data, fake.answer.len);
        *ret = fake.first + fake.n_objects - 1;
    }
    return fake_end(rv);
}

void fake_install_operations(CK_FUNCTION_LIST *functions)
{
    functions->C_FindObjectsInit = find_init;
    functions->C_FindObjects = find;
    functions->C_FindObjectsFinal = find_final;
    functions->C_GetAttributeValue = get_attribute;
    functions->C_DestroyObject = destroy;
    functions->C_SignInit = sign_init;
    functions->C_Sign = sign;
    functions->C_DecryptInit = decrypt_init;
    functions->C_Decrypt = decrypt;
    functions->C_DeriveKey = derive;
}
