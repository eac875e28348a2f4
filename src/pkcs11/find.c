/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Finding objects in a session and reading them. */
#include "pkcs11/find.h"

#include "base/log.h"
#include "pkcs11/attrs.h"
#include "pkcs11/call.h"
#include "pkcs11/rv.h"

#define BATCH 64

/* The search itself, between C_FindObjectsInit and C_FindObjectsFinal. */
static CK_RV collect(struct module *m, CK_SESSION_HANDLE session,
                     CK_OBJECT_HANDLE **handles, size_t *n)
{
    CK_ULONG found = 0;

    do {
        CK_OBJECT_HANDLE *more =
            realloc(*handles, (*n + BATCH) * sizeof **handles);
        CK_RV rv = CKR_OK;

        if (more == NULL)
            return CKR_HOST_MEMORY;
        *handles = more;
        found = 0;
        rv = call_find_objects(m, session, more + *n, BATCH, &found);
        if (rv != CKR_OK)
            return rv;
        if (found > BATCH)
            return CKR_GENERAL_ERROR;
        *n += found;
        if (*n > FIND_MAX_OBJECTS) {
            log_warning("%s: more than %zu objects: the rest is left out",
                        m->name, FIND_MAX_OBJECTS);
            return CKR_OK;
        }
    } while (found > 0);
    return CKR_OK;
}

CK_RV find_handles(struct module *m, CK_SESSION_HANDLE session,
                   CK_ATTRIBUTE *attrs, size_t n, CK_OBJECT_HANDLE **ret,
                   size_t *ret_n)
{
    AUTO_FREE CK_OBJECT_HANDLE *handles = NULL;
    size_t n_handles = 0;
    CK_RV final = CKR_OK;
    CK_RV rv = call_find_objects_init(m, session, attrs, n);

    if (rv != CKR_OK)
        return rv;
    rv = collect(m, session, &handles, &n_handles);
    final = call_find_objects_final(m, session);
    if (rv == CKR_OK)
        rv = final;
    if (rv != CKR_OK)
        return rv;
    *ret = TAKE(handles);
    *ret_n = n_handles;
    return CKR_OK;
}

static enum object_key_type key_type(const struct attr *attr)
{
    CK_ULONG type = 0;

    if (!attr_number(attr, &type))
        return KEY_TYPE_OTHER;
    switch (type) {
    case CKK_RSA:
        return KEY_TYPE_RSA;
    case CKK_EC:
        return KEY_TYPE_EC;
    case CKK_EC_EDWARDS:
        return KEY_TYPE_EDWARDS;
    case CKK_EC_MONTGOMERY:
        return KEY_TYPE_MONTGOMERY;
    default:
        return KEY_TYPE_OTHER;
    }
}

/* One use that two attributes can allow: yes if either says so, no only if
 * one says no and the other does not say yes. */
static enum object_use either(enum tristate a, enum tristate b)
{
    if (a == YES || b == YES)
        return USE_YES;
    return a == NO || b == NO ? USE_NO : USE_UNKNOWN;
}

static CK_RV read_key(struct module *m, CK_SESSION_HANDLE session,
                      CK_OBJECT_HANDLE handle, bool is_private,
                      struct object *ret)
{
    struct attr a[] = {
        {.type = CKA_KEY_TYPE},
        {.type = CKA_ID},
        {.type = CKA_LABEL},
        {.type = CKA_MODULUS},
        {.type = CKA_PUBLIC_EXPONENT},
        {.type = CKA_EC_PARAMS},
        {.type = CKA_EC_POINT},
        {.type = CKA_PUBLIC_KEY_INFO},
        {.type = is_private ? CKA_SIGN : CKA_VERIFY},
        {.type = is_private ? CKA_DECRYPT : CKA_ENCRYPT},
        {.type = is_private ? CKA_UNWRAP : CKA_WRAP},
        {.type = CKA_DERIVE},
        {.type = CKA_START_DATE},
        {.type = CKA_PRIVATE},
        {.type = is_private ? CKA_SIGN_RECOVER : CKA_VERIFY_RECOVER},
        {.type = CKA_ALWAYS_AUTHENTICATE},
    };
    /* Only a private key has the last one. */
    size_t n = sizeof a / sizeof a[0] - (is_private ? 0 : 1);
    CK_RV rv = attrs_read(m, session, handle, a, n);

    if (rv == CKR_OK) {
        ret->key_type = key_type(&a[0]);
        ret->id = bytes_take(&a[1].value);
        ret->label = bytes_take(&a[2].value);
        ret->modulus = bytes_take(&a[3].value);
        ret->exponent = bytes_take(&a[4].value);
        ret->ec_params = bytes_take(&a[5].value);
        ret->ec_point = bytes_take(&a[6].value);
        ret->spki = bytes_take(&a[7].value);
        ret->sign = either(attr_boolean(&a[8]), UNKNOWN);
        ret->decrypt = either(attr_boolean(&a[9]), attr_boolean(&a[10]));
        ret->derive = either(attr_boolean(&a[11]), UNKNOWN);
        ret->start_date = bytes_take(&a[12].value);
        /* Nearly all tokens hide private keys. */
        ret->is_private = is_private ? attr_boolean(&a[13]) != NO
                                     : attr_boolean(&a[13]) == YES;
        ret->sign_recover = either(attr_boolean(&a[14]), UNKNOWN);
        ret->always_authenticate = is_private && attr_boolean(&a[15]) == YES;
    }
    attrs_clear(a, n);
    return rv;
}

static CK_RV read_certificate(struct module *m, CK_SESSION_HANDLE session,
                              CK_OBJECT_HANDLE handle, struct object *ret)
{
    struct attr a[] = {
        {.type = CKA_CERTIFICATE_TYPE},
        {.type = CKA_ID},
        {.type = CKA_LABEL},
        {.type = CKA_VALUE},
        {.type = CKA_PRIVATE},
    };
    const size_t n = sizeof a / sizeof a[0];
    CK_ULONG type = CKC_X_509;
    CK_RV rv = attrs_read(m, session, handle, a, n);

    if (rv == CKR_OK) {
        (void)attr_number(&a[0], &type);
        ret->id = bytes_take(&a[1].value);
        ret->label = bytes_take(&a[2].value);
        if (type == CKC_X_509)
            ret->certificate = bytes_take(&a[3].value);
        ret->is_private = attr_boolean(&a[4]) == YES;
    }
    attrs_clear(a, n);
    return rv;
}

static CK_RV read_object(struct module *m, CK_SESSION_HANDLE session,
                         CK_OBJECT_HANDLE handle, enum object_class class,
                         struct object *ret)
{
    *ret = (struct object){.class = class,
                           .key_type = KEY_TYPE_OTHER,
                           .sign = USE_UNKNOWN,
                           .sign_recover = USE_UNKNOWN,
                           .decrypt = USE_UNKNOWN,
                           .derive = USE_UNKNOWN};
    if (class == OBJECT_CERTIFICATE)
        return read_certificate(m, session, handle, ret);
    return read_key(m, session, handle, class == OBJECT_PRIVATE_KEY, ret);
}

/* Most of it was told before: by the other half of the key, by the last
 * listing. */
static void share_values(struct object *object, struct pool *pool)
{
    struct bytes *const values[] = {
        &object->id,       &object->label,      &object->modulus,
        &object->exponent, &object->ec_params,  &object->ec_point,
        &object->spki,     &object->start_date, &object->certificate,
    };

    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        pool_share(pool, values[i]);
}

/* Does RV speak of one object only, one deleted meanwhile for instance? */
static bool is_about_object(CK_RV rv)
{
    return rv == CKR_OBJECT_HANDLE_INVALID || rv == CKR_KEY_HANDLE_INVALID;
}

static CK_RV read_class(struct module *m, CK_SESSION_HANDLE session,
                        enum object_class class, struct pool *pool,
                        struct object_list *list)
{
    static const CK_OBJECT_CLASS classes[] = {
        [OBJECT_PUBLIC_KEY] = CKO_PUBLIC_KEY,
        [OBJECT_PRIVATE_KEY] = CKO_PRIVATE_KEY,
        [OBJECT_CERTIFICATE] = CKO_CERTIFICATE,
    };
    CK_OBJECT_CLASS value = classes[class];
    CK_ATTRIBUTE by_class = {CKA_CLASS, &value, sizeof value};
    AUTO_FREE CK_OBJECT_HANDLE *handles = NULL;
    struct object *objects = NULL;
    size_t n = 0;
    CK_RV rv = find_handles(m, session, &by_class, 1, &handles, &n);

    if (rv != CKR_OK || n == 0)
        return rv;
    objects = realloc(list->objects, (list->n + n) * sizeof *objects);
    if (objects == NULL)
        return CKR_HOST_MEMORY;
    list->objects = objects;
    for (size_t i = 0; i < n; i++) {
        rv = read_object(m, session, handles[i], class, &objects[list->n]);
        if (is_about_object(rv))
            continue;
        share_values(&objects[list->n], pool);
        list->n++;
        if (rv != CKR_OK)
            return rv;
    }
    return CKR_OK;
}

CK_RV find_objects(struct module *m, CK_SESSION_HANDLE session,
                   bool certificates, struct pool *pool,
                   struct object_list *ret)
{
    AUTO_OBJECT_LIST list = {0};
    CK_RV rv = read_class(m, session, OBJECT_PUBLIC_KEY, pool, &list);

    if (rv == CKR_OK && certificates)
        rv = read_class(m, session, OBJECT_CERTIFICATE, pool, &list);
    if (rv == CKR_OK)
        rv = read_class(m, session, OBJECT_PRIVATE_KEY, pool, &list);
    if (rv != CKR_OK)
        return rv;
    *ret = list;
    list = (struct object_list){0};
    return CKR_OK;
}
