/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The keys and certificates that a session can see, read. */
#include "pkcs11/find.h"

#include <string.h>

#include "pkcs11/attrs.h"
#include "pkcs11/search.h"

/* So many objects that may be neither keys nor certificates are read to see
 * what they are; a search by class would cost more calls. */
#define OTHERS_AT_FIRST 6
#define OTHERS_LATER 3

/* RET_TOLD: it says what it is, though it may be nothing that we know. */
static enum object_key_type key_type(const struct attr *attr, bool *ret_told)
{
    CK_ULONG type = 0;

    *ret_told = attr_number(attr, &type);
    if (!*ret_told)
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

enum key_attr {
    A_KEY_TYPE,
    A_ID,
    A_LABEL,
    A_MODULUS,
    A_PUBLIC_EXPONENT,
    A_EC_PARAMS,
    A_EC_POINT,
    A_PUBLIC_KEY_INFO,
    A_DERIVE,
    A_START_DATE,
    A_PRIVATE,
    /* Of public keys only. */
    A_VERIFY,
    A_ENCRYPT,
    A_WRAP,
    A_VERIFY_RECOVER,
    /* Of private keys only. */
    A_SIGN,
    A_DECRYPT,
    A_UNWRAP,
    A_SIGN_RECOVER,
    A_ALWAYS_AUTHENTICATE,
    /* Of every object, and last. */
    A_CLASS,
    N_ATTRS
};

static const CK_ATTRIBUTE_TYPE key_attrs[N_ATTRS] = {
    [A_KEY_TYPE] = CKA_KEY_TYPE,
    [A_ID] = CKA_ID,
    [A_LABEL] = CKA_LABEL,
    [A_MODULUS] = CKA_MODULUS,
    [A_PUBLIC_EXPONENT] = CKA_PUBLIC_EXPONENT,
    [A_EC_PARAMS] = CKA_EC_PARAMS,
    [A_EC_POINT] = CKA_EC_POINT,
    [A_PUBLIC_KEY_INFO] = CKA_PUBLIC_KEY_INFO,
    [A_DERIVE] = CKA_DERIVE,
    [A_START_DATE] = CKA_START_DATE,
    [A_PRIVATE] = CKA_PRIVATE,
    [A_VERIFY] = CKA_VERIFY,
    [A_ENCRYPT] = CKA_ENCRYPT,
    [A_WRAP] = CKA_WRAP,
    [A_VERIFY_RECOVER] = CKA_VERIFY_RECOVER,
    [A_SIGN] = CKA_SIGN,
    [A_DECRYPT] = CKA_DECRYPT,
    [A_UNWRAP] = CKA_UNWRAP,
    [A_SIGN_RECOVER] = CKA_SIGN_RECOVER,
    [A_ALWAYS_AUTHENTICATE] = CKA_ALWAYS_AUTHENTICATE,
    [A_CLASS] = CKA_CLASS,
};

/* What the attributes say of the uses of a private key, or of its public half.
 */
static void set_uses(struct object *ret, const struct attr *a)
{
    if (ret->class == OBJECT_PRIVATE_KEY) {
        const enum tristate decrypt = attr_boolean(&a[A_DECRYPT]);
        const enum tristate unwrap = attr_boolean(&a[A_UNWRAP]);

        ret->sign = either(attr_boolean(&a[A_SIGN]), UNKNOWN);
        ret->sign_recover = either(attr_boolean(&a[A_SIGN_RECOVER]), UNKNOWN);
        ret->decrypt = either(decrypt, unwrap);
        ret->unwraps_only = decrypt == NO && unwrap == YES;
        /* Nearly all tokens hide private keys. */
        ret->is_private = attr_boolean(&a[A_PRIVATE]) != NO;
        ret->always_authenticate =
            attr_boolean(&a[A_ALWAYS_AUTHENTICATE]) == YES;
    } else {
        ret->sign = either(attr_boolean(&a[A_VERIFY]), UNKNOWN);
        ret->sign_recover = either(attr_boolean(&a[A_VERIFY_RECOVER]), UNKNOWN);
        ret->decrypt =
            either(attr_boolean(&a[A_ENCRYPT]), attr_boolean(&a[A_WRAP]));
        ret->is_private = attr_boolean(&a[A_PRIVATE]) == YES;
    }
    ret->derive = either(attr_boolean(&a[A_DERIVE]), UNKNOWN);
}

/* One that is neither a public nor a private key becomes OBJECT_OTHER. */
static enum object_class told_class(const struct attr *attr)
{
    CK_ULONG class = CK_UNAVAILABLE_INFORMATION;

    (void)attr_number(attr, &class);
    if (class == CKO_PUBLIC_KEY)
        return OBJECT_PUBLIC_KEY;
    return class == CKO_PRIVATE_KEY ? OBJECT_PRIVATE_KEY : OBJECT_OTHER;
}

/* Read a key of the class that is known; or, if that is OBJECT_OTHER, of the
 * one that it says.  No secret value is among the attributes. */
static CK_RV read_key(struct module *m, CK_SESSION_HANDLE session,
                      CK_OBJECT_HANDLE handle, struct object *ret)
{
    struct attr a[N_ATTRS] = {0};
    CK_RV rv = CKR_OK;

    for (int i = 0; i < N_ATTRS; i++) {
        const bool of_public = i >= A_VERIFY && i < A_SIGN;
        const bool of_private = i >= A_SIGN && i < A_CLASS;

        a[i].type = key_attrs[i];
        a[i].unwanted = (of_public && ret->class == OBJECT_PRIVATE_KEY) ||
                        (of_private && ret->class == OBJECT_PUBLIC_KEY);
    }
    rv = attrs_read(m, session, handle, a, N_ATTRS);
    if (rv == CKR_OK && ret->class == OBJECT_OTHER)
        ret->class = told_class(&a[A_CLASS]);
    if (rv == CKR_OK && ret->class != OBJECT_OTHER) {
        ret->handle = handle;
        ret->key_type = key_type(&a[A_KEY_TYPE], &ret->has_type);
        ret->id = bytes_take(&a[A_ID].value);
        ret->label = bytes_take(&a[A_LABEL].value);
        ret->modulus = bytes_take(&a[A_MODULUS].value);
        ret->exponent = bytes_take(&a[A_PUBLIC_EXPONENT].value);
        ret->ec_params = bytes_take(&a[A_EC_PARAMS].value);
        ret->ec_point = bytes_take(&a[A_EC_POINT].value);
        ret->spki = bytes_take(&a[A_PUBLIC_KEY_INFO].value);
        ret->start_date = bytes_take(&a[A_START_DATE].value);
        set_uses(ret, a);
    }
    attrs_clear(a, N_ATTRS);
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
        {.type = CKA_CLASS},
    };
    const size_t n = sizeof a / sizeof a[0];
    CK_ULONG type = CKC_X_509;
    CK_RV rv = attrs_read(m, session, handle, a, n);

    if (rv == CKR_OK) {
        (void)attr_number(&a[0], &type);
        ret->handle = handle;
        ret->id = bytes_take(&a[1].value);
        ret->label = bytes_take(&a[2].value);
        if (type == CKC_X_509)
            ret->certificate = bytes_take(&a[3].value);
        ret->is_private = attr_boolean(&a[4]) == YES;
    }
    attrs_clear(a, n);
    return rv;
}

static struct object no_object(enum object_class class)
{
    return (struct object){.class = class,
                           .key_type = KEY_TYPE_OTHER,
                           .sign = USE_UNKNOWN,
                           .sign_recover = USE_UNKNOWN,
                           .decrypt = USE_UNKNOWN,
                           .derive = USE_UNKNOWN};
}

CK_RV find_private_key(struct module *m, CK_SESSION_HANDLE session,
                       CK_OBJECT_HANDLE handle, struct object *ret)
{
    *ret = no_object(OBJECT_PRIVATE_KEY);
    return read_key(m, session, handle, ret);
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

/* Read the objects HANDLES, of CLASS or, if that is OBJECT_OTHER, of any, and
 * put those that count on LIST. */
static CK_RV read_objects(struct module *m, CK_SESSION_HANDLE session,
                          const struct handles *handles,
                          enum object_class class, struct pool *pool,
                          struct object_list *list)
{
    struct object *objects = NULL;

    if (handles->n == 0)
        return CKR_OK;
    objects = realloc(list->objects, (list->n + handles->n) * sizeof *objects);
    if (objects == NULL)
        return CKR_HOST_MEMORY;
    list->objects = objects;
    for (size_t i = 0; i < handles->n; i++) {
        struct object *object = &list->objects[list->n];
        CK_RV rv = CKR_OK;

        *object = no_object(class);
        rv = class == OBJECT_CERTIFICATE
                 ? read_certificate(m, session, handles->list[i], object)
                 : read_key(m, session, handles->list[i], object);
        if (is_about_object(rv) ||
            (rv == CKR_OK && object->class == OBJECT_OTHER))
            continue;
        share_values(&objects[list->n], pool);
        list->n++;
        if (rv != CKR_OK)
            return rv;
    }
    return CKR_OK;
}

static CK_RV search_class(struct module *m, CK_SESSION_HANDLE session,
                          CK_OBJECT_CLASS class, struct handles *ret)
{
    CK_ATTRIBUTE by_class = {CKA_CLASS, &class, sizeof class};

    return search_objects(m, session, &by_class, 1, SEARCH_MAX, ret);
}

static CK_RV read_class(struct module *m, CK_SESSION_HANDLE session,
                        enum object_class class, struct pool *pool,
                        struct object_list *list)
{
    AUTO_HANDLES handles = {0};
    CK_RV rv = search_class(m, session,
                            class == OBJECT_PUBLIC_KEY ? CKO_PUBLIC_KEY
                                                       : CKO_PRIVATE_KEY,
                            &handles);

    return rv == CKR_OK ? read_objects(m, session, &handles, class, pool, list)
                        : rv;
}

static int compare_handles(const void *a, const void *b)
{
    const CK_OBJECT_HANDLE ha = *(const CK_OBJECT_HANDLE *)a;
    const CK_OBJECT_HANDLE hb = *(const CK_OBJECT_HANDLE *)b;

    return (ha > hb) - (ha < hb);
}

/* Take CERTIFICATES out of ALL; false if they are not all there. */
static bool take_out(struct handles *all, const struct handles *certificates)
{
    AUTO_FREE CK_OBJECT_HANDLE *sorted = NULL;
    const size_t n_before = all->n;
    size_t n = 0;

    if (certificates->n == 0)
        return true;
    sorted = calloc(certificates->n, sizeof *sorted);
    if (sorted == NULL)
        return false;
    memcpy(sorted, certificates->list, certificates->n * sizeof *sorted);
    qsort(sorted, certificates->n, sizeof *sorted, compare_handles);
    for (size_t i = 0; i < n_before; i++)
        if (bsearch(&all->list[i], sorted, certificates->n, sizeof *sorted,
                    compare_handles) == NULL)
            all->list[n++] = all->list[i];
    all->n = n;
    return n_before - n == certificates->n;
}

/* Is it worth a try to find the keys among all objects, in one search?  Not on
 * a token with much else on it, nor in a module that makes it dear to ask what
 * an object is; nor again where nothing was found. */
static bool may_be_among_all(const struct module *m,
                             const struct find_habit *habit)
{
    return !atomic_load(&m->gives_up_early) &&
           (!habit->was_listed ||
            (habit->n_keys > 0 && habit->n_others <= OTHERS_LATER));
}

/* The objects that are no certificates, in RET; none if they are too many to
 * be mostly keys, or the module does not find all objects. */
static CK_RV search_rest(struct module *m, CK_SESSION_HANDLE session,
                         const struct handles *certificates,
                         struct find_habit *habit, struct handles *ret)
{
    const size_t max =
        certificates->n + 2 * habit->n_keys + OTHERS_AT_FIRST + 1;
    CK_RV rv = search_objects(m, session, NULL, 0, max, ret);
    const bool too_many = rv == CKR_OK && ret->n == max;
    const bool is_refused = rv == CKR_ARGUMENTS_BAD ||
                            rv == CKR_FUNCTION_FAILED ||
                            rv == CKR_TEMPLATE_INCOMPLETE;

    if (rv != CKR_OK && !is_refused)
        return rv;
    if (rv == CKR_OK && !too_many && take_out(ret, certificates)) {
        habit->had_too_many = false;
        return CKR_OK;
    }
    /* Once that may be since it is not known yet how many keys there are. */
    if (!too_many || habit->had_too_many)
        habit->n_others = SIZE_MAX;
    habit->had_too_many = too_many;
    handles_clear(ret);
    return CKR_OK;
}

static CK_RV read_keys(struct module *m, CK_SESSION_HANDLE session,
                       const struct handles *certificates,
                       struct find_habit *habit, struct pool *pool,
                       struct object_list *list)
{
    const size_t n = list->n;
    AUTO_HANDLES rest = {0};
    CK_RV rv = CKR_OK;

    if (certificates != NULL && may_be_among_all(m, habit))
        rv = search_rest(m, session, certificates, habit, &rest);
    if (rv == CKR_OK && rest.n > 0) {
        rv = read_objects(m, session, &rest, OBJECT_OTHER, pool, list);
        habit->n_others = rest.n - (list->n - n);
    } else {
        if (rv == CKR_OK)
            rv = read_class(m, session, OBJECT_PUBLIC_KEY, pool, list);
        if (rv == CKR_OK)
            rv = read_class(m, session, OBJECT_PRIVATE_KEY, pool, list);
    }
    if (rv == CKR_OK) {
        habit->was_listed = true;
        habit->n_keys = list->n - n;
    }
    return rv;
}

CK_RV find_objects(struct module *m, CK_SESSION_HANDLE session,
                   bool certificates, struct find_habit *habit,
                   struct pool *pool, struct object_list *ret)
{
    AUTO_OBJECT_LIST list = {0};
    AUTO_HANDLES handles = {0};
    CK_RV rv = CKR_OK;

    if (certificates)
        rv = search_class(m, session, CKO_CERTIFICATE, &handles);
    if (rv == CKR_OK)
        rv =
            read_objects(m, session, &handles, OBJECT_CERTIFICATE, pool, &list);
    if (rv == CKR_OK)
        rv = read_keys(m, session, certificates ? &handles : NULL, habit, pool,
                       &list);
    if (rv != CKR_OK)
        return rv;
    *ret = list;
    list = (struct object_list){0};
    return CKR_OK;
}
