/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What is on a token of the crowd: for each key its public half, its private
 * half and its certificates, one behind the other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crowd.h"

#define PUBLIC 0
#define PRIVATE 1
#define FIRST_CERT 2

#define MAX_VALUE CROWD_CERT_SIZE

struct object {
    CK_SLOT_ID slot;
    unsigned key;
    unsigned part; /* PUBLIC, PRIVATE, or a certificate */
};

static unsigned parts(void)
{
    return FIRST_CERT + crowd.certs;
}

/* Handles begin with 1. */
static bool find_object(CK_SLOT_ID slot, CK_OBJECT_HANDLE handle,
                        struct object *ret)
{
    if (handle == 0 || handle > (CK_ULONG)crowd.keys * parts())
        return false;
    *ret = (struct object){slot, (unsigned)((handle - 1) / parts()),
                           (unsigned)((handle - 1) % parts())};
    return true;
}

bool crowd_private_key(CK_OBJECT_HANDLE handle, unsigned *ret)
{
    struct object object = {0};

    if (!find_object(0, handle, &object) || object.part != PRIVATE)
        return false;
    *ret = object.key;
    return true;
}

static CK_OBJECT_CLASS class_of(unsigned part)
{
    if (part == PUBLIC)
        return CKO_PUBLIC_KEY;
    return part == PRIVATE ? CKO_PRIVATE_KEY : CKO_CERTIFICATE;
}

static bool is_private(unsigned part)
{
    return crowd.login == LOGIN_ALL ||
           (crowd.login == LOGIN_KEYS && part == PRIVATE);
}

/* --- Values -------------------------------------------------------------- */

struct value {
    unsigned char bytes[MAX_VALUE];
    size_t len;
};

static bool set(struct value *ret, const void *bytes, size_t len)
{
    memcpy(ret->bytes, bytes, len);
    ret->len = len;
    return true;
}

static bool set_number(struct value *ret, CK_ULONG number)
{
    return set(ret, &number, sizeof number);
}

static bool set_boolean(struct value *ret, bool value)
{
    const CK_BBOOL byte = value ? CK_TRUE : CK_FALSE;

    return set(ret, &byte, 1);
}

static bool set_label(struct value *ret, unsigned key)
{
    char text[32];

    return set(ret, text, (size_t)snprintf(text, sizeof text, "key %u", key));
}

static bool set_id(struct value *ret, unsigned key)
{
    const unsigned n = crowd.ids == IDS_ONE ? 0 : key;
    const unsigned char id[] = {0xc0, (unsigned char)(n >> 16),
                                (unsigned char)(n >> 8), (unsigned char)n};

    return set(ret, id, crowd.ids == IDS_NONE ? 0 : sizeof id);
}

static bool set_point(const struct object *o, struct value *ret)
{
    ret->bytes[0] = 0x04;
    ret->bytes[1] = CROWD_POINT_LEN;
    crowd_point(crowd_number(o->slot, o->key), ret->bytes + 2);
    ret->len = 2 + CROWD_POINT_LEN;
    return true;
}

static bool get_public_part(const struct object *o, CK_ATTRIBUTE_TYPE type,
                            struct value *ret)
{
    static const unsigned char p256[] = {0x06, 0x08, 0x2a, 0x86, 0x48,
                                         0xce, 0x3d, 0x03, 0x01, 0x07};
    const bool is_ec = crowd_is_ec(o->key);

    if (type == CKA_EC_PARAMS && is_ec)
        return set(ret, p256, sizeof p256);
    if (o->part == PRIVATE && (crowd.silent || type == CKA_EC_POINT))
        return false;
    if (type == CKA_EC_POINT && is_ec)
        return set_point(o, ret);
    if (is_ec || type == CKA_EC_PARAMS || type == CKA_EC_POINT)
        return false;
    if (type == CKA_PUBLIC_EXPONENT)
        return set(ret, "\x01", 1);
    crowd_modulus(crowd_number(o->slot, o->key), ret->bytes);
    ret->len = CROWD_RSA_LEN;
    return true;
}

static bool get_key_value(const struct object *o, CK_ATTRIBUTE_TYPE type,
                          struct value *ret)
{
    const bool is_mine = o->part == PRIVATE;

    switch (type) {
    case CKA_KEY_TYPE:
        return set_number(ret, crowd_is_ec(o->key) ? CKK_EC : CKK_RSA);
    case CKA_MODULUS:
    case CKA_PUBLIC_EXPONENT:
    case CKA_EC_PARAMS:
    case CKA_EC_POINT:
        return get_public_part(o, type, ret);
    case CKA_SIGN:
    case CKA_ALWAYS_AUTHENTICATE:
        return is_mine && set_boolean(ret, type == CKA_SIGN);
    case CKA_VERIFY:
        return !is_mine && set_boolean(ret, true);
    case CKA_DERIVE:
        return set_boolean(ret, false);
    case CKA_DECRYPT:
    case CKA_UNWRAP:
    case CKA_SIGN_RECOVER:
        return is_mine && set_boolean(ret, false);
    default:
        return false;
    }
}

static bool get_value(const struct object *o, CK_ATTRIBUTE_TYPE type,
                      struct value *ret)
{
    switch (type) {
    case CKA_CLASS:
        return set_number(ret, class_of(o->part));
    case CKA_TOKEN:
        return set_boolean(ret, true);
    case CKA_PRIVATE:
        return set_boolean(ret, is_private(o->part));
    case CKA_ID:
        return set_id(ret, o->key);
    case CKA_LABEL:
        return set_label(ret, o->key);
    default:
        break;
    }
    if (o->part < FIRST_CERT)
        return get_key_value(o, type, ret);
    if (type == CKA_CERTIFICATE_TYPE)
        return set_number(ret, CKC_X_509);
    if (type != CKA_VALUE)
        return false;
    ret->len =
        crowd_certificate(o->slot, o->key, o->part - FIRST_CERT, ret->bytes);
    return true;
}

CK_RV crowd_attributes(CK_SLOT_ID slot, bool logged_in, CK_OBJECT_HANDLE handle,
                       CK_ATTRIBUTE *attributes, CK_ULONG n)
{
    struct object object = {0};
    CK_RV rv = CKR_OK;

    if (!find_object(slot, handle, &object) ||
        (is_private(object.part) && !logged_in))
        return CKR_OBJECT_HANDLE_INVALID;
    for (CK_ULONG i = 0; i < n; i++) {
        CK_ATTRIBUTE *a = &attributes[i];
        struct value value;

        if (!get_value(&object, a->type, &value)) {
            a->ulValueLen = (CK_ULONG)-1;
            rv = CKR_ATTRIBUTE_TYPE_INVALID;
        } else if (a->pValue == NULL) {
            a->ulValueLen = value.len;
        } else if (a->ulValueLen < value.len) {
            a->ulValueLen = (CK_ULONG)-1;
            rv = CKR_BUFFER_TOO_SMALL;
        } else {
            memcpy(a->pValue, value.bytes, value.len);
            a->ulValueLen = value.len;
        }
    }
    return rv;
}

/* --- Searching ----------------------------------------------------------- */

/* Which key has the CKA_ID or CKA_LABEL that is looked for: what the values
 * begin with says it, so that nothing has to be gone through. */
static void want_key(struct crowd_search *search, const CK_ATTRIBUTE *a)
{
    const unsigned char *bytes = a->pValue;
    struct value value = {.len = 0};
    char text[32] = "";
    unsigned key = 0;

    if (a->type == CKA_ID && crowd.ids != IDS_OWN) {
        /* All of them or none. */
        (void)set_id(&value, 0);
        if (a->ulValueLen != value.len ||
            memcmp(bytes, value.bytes, value.len) != 0)
            search->finds_nothing = true;
        return;
    }
    if (a->type == CKA_ID && a->ulValueLen == 4)
        key = (unsigned)bytes[1] << 16 | (unsigned)bytes[2] << 8 | bytes[3];
    if (a->type == CKA_LABEL && a->ulValueLen > 4 &&
        a->ulValueLen < sizeof text) {
        memcpy(text, bytes + 4, a->ulValueLen - 4);
        key = (unsigned)strtoul(text, NULL, 10);
    }
    (void)(a->type == CKA_ID ? set_id(&value, key) : set_label(&value, key));
    if (key >= crowd.keys || a->ulValueLen != value.len ||
        memcmp(bytes, value.bytes, value.len) != 0 ||
        (search->wants_key && search->key != key))
        search->finds_nothing = true;
    search->wants_key = true;
    search->key = key;
}

CK_RV crowd_search_begin(struct crowd_search *search, CK_SLOT_ID slot,
                         const CK_ATTRIBUTE *template, CK_ULONG n)
{
    (void)slot;
    if (search->is_active)
        return CKR_OPERATION_ACTIVE;
    *search = (struct crowd_search){.is_active = true};
    for (CK_ULONG i = 0; i < n; i++) {
        const CK_ATTRIBUTE *a = &template[i];

        if (a->type == CKA_ID || a->type == CKA_LABEL) {
            want_key(search, a);
        } else if (a->type == CKA_CLASS && a->ulValueLen == sizeof(CK_ULONG)) {
            search->wants_class = true;
            memcpy(&search->class, a->pValue, sizeof search->class);
        } else {
            search->is_active = false;
            return CKR_ATTRIBUTE_TYPE_INVALID;
        }
    }
    if (search->wants_key)
        search->next = (CK_ULONG)search->key * parts();
    return CKR_OK;
}

CK_ULONG crowd_search_more(struct crowd_search *search, bool logged_in,
                           CK_OBJECT_HANDLE *handles, CK_ULONG max)
{
    const CK_ULONG end = search->wants_key
                             ? ((CK_ULONG)search->key + 1) * parts()
                             : (CK_ULONG)crowd.keys * parts();
    CK_ULONG n = 0;

    while (!search->finds_nothing && search->next < end && n < max) {
        const CK_ULONG object = search->next++;
        const unsigned part = (unsigned)(object % parts());

        if ((!search->wants_class || class_of(part) == search->class) &&
            (logged_in || !is_private(part)))
            handles[n++] = object + 1;
    }
    return n;
}
