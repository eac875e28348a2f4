/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Attributes of objects, read safely whatever lengths a module claims. */
#include "pkcs11/attrs.h"

#include <string.h>

#include "pkcs11/call.h"

void attrs_clear(struct attr *attrs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bytes_clear(&attrs[i].value);
        attrs[i].present = false;
    }
}

/* Answers that speak of single attributes, not of the session or token. */
static bool is_about_attributes(CK_RV rv)
{
    return rv == CKR_OK || rv == CKR_ATTRIBUTE_TYPE_INVALID ||
           rv == CKR_ATTRIBUTE_SENSITIVE || rv == CKR_BUFFER_TOO_SMALL ||
           rv == CKR_ARGUMENTS_BAD || rv == CKR_ATTRIBUTE_VALUE_INVALID ||
           rv == CKR_FUNCTION_FAILED || rv == CKR_GENERAL_ERROR;
}

static bool is_length(CK_ULONG len)
{
    return len != CK_UNAVAILABLE_INFORMATION && len <= ATTRS_MAX_VALUE;
}

/* Did the module go through the whole template, or give up at the first
 * attribute that it does not have?  Both are seen (PKCS#11 wants the first):
 * a length behind the gap proves it. */
static bool went_through(const CK_ATTRIBUTE *lengths, size_t n)
{
    bool gap = false;

    for (size_t i = 0; i < n; i++) {
        if (lengths[i].ulValueLen == CK_UNAVAILABLE_INFORMATION)
            gap = true;
        else if (gap)
            return true;
    }
    return !gap;
}

/* The lengths of all N attributes; unavailable ones as the standard says. */
static CK_RV query_lengths(struct module *m, CK_SESSION_HANDLE session,
                           CK_OBJECT_HANDLE object, CK_ATTRIBUTE *lengths,
                           size_t n)
{
    CK_RV rv = CKR_OK;

    for (size_t i = 0; i < n; i++)
        lengths[i].ulValueLen = CK_UNAVAILABLE_INFORMATION;
    rv = call_get_attribute_value(m, session, object, lengths, n);
    if (rv == CKR_OK || !is_about_attributes(rv) || n == 1 ||
        went_through(lengths, n))
        return is_about_attributes(rv) ? CKR_OK : rv;
    for (size_t i = 0; i < n; i++) {
        if (lengths[i].ulValueLen != CK_UNAVAILABLE_INFORMATION)
            continue;
        rv = call_get_attribute_value(m, session, object, &lengths[i], 1);
        if (!is_about_attributes(rv))
            return rv;
        if (rv != CKR_OK)
            lengths[i].ulValueLen = CK_UNAVAILABLE_INFORMATION;
    }
    return CKR_OK;
}

/* Keep the value of one attribute that was read as READ into ATTR, which has
 * room for what the module had announced. */
static void keep_value(struct attr *attr, const CK_ATTRIBUTE *read)
{
    if (read->ulValueLen > attr->value.len) {
        bytes_clear(&attr->value);
        return;
    }
    attr->value.len = read->ulValueLen;
    attr->present = true;
}

static CK_RV read_singly(struct module *m, CK_SESSION_HANDLE session,
                         CK_OBJECT_HANDLE object, struct attr **wanted,
                         CK_ATTRIBUTE *reads, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        CK_RV rv = CKR_OK;

        reads[i].ulValueLen = wanted[i]->value.len;
        rv = call_get_attribute_value(m, session, object, &reads[i], 1);
        if (!is_about_attributes(rv))
            return rv;
        if (rv == CKR_OK)
            keep_value(wanted[i], &reads[i]);
        else
            bytes_clear(&wanted[i]->value);
    }
    return CKR_OK;
}

/* The N attributes in the two steps of the standard: lengths, values. */
static CK_RV read_in_steps(struct module *m, CK_SESSION_HANDLE session,
                           CK_OBJECT_HANDLE object, struct attr **attrs,
                           size_t n)
{
    CK_ATTRIBUTE lengths[ATTRS_MAX];
    CK_ATTRIBUTE reads[ATTRS_MAX];
    struct attr *wanted[ATTRS_MAX];
    size_t n_wanted = 0;
    CK_RV rv = CKR_OK;

    memset(lengths, 0, sizeof lengths);
    memset(reads, 0, sizeof reads);
    for (size_t i = 0; i < n; i++)
        lengths[i].type = attrs[i]->type;
    rv = query_lengths(m, session, object, lengths, n);
    if (rv != CKR_OK)
        return rv;
    for (size_t i = 0; i < n; i++) {
        if (!is_length(lengths[i].ulValueLen))
            continue;
        if (bytes_alloc(&attrs[i]->value, lengths[i].ulValueLen) != 0)
            return CKR_HOST_MEMORY;
        wanted[n_wanted] = attrs[i];
        reads[n_wanted] = (CK_ATTRIBUTE){attrs[i]->type, attrs[i]->value.data,
                                         attrs[i]->value.len};
        n_wanted++;
    }
    if (n_wanted == 0)
        return CKR_OK;
    rv = call_get_attribute_value(m, session, object, reads, n_wanted);
    if (rv == CKR_OK) {
        for (size_t i = 0; i < n_wanted; i++)
            keep_value(wanted[i], &reads[i]);
        return CKR_OK;
    }
    if (!is_about_attributes(rv))
        return rv;
    return read_singly(m, session, object, wanted, reads, n_wanted);
}

/* Room in which nearly every value fits: an RSA modulus of 16384 bits, a
 * certificate.  No value that is always there, a number or a flag, is just as
 * long: so an attribute that the module did not touch is told from one that it
 * filled in. */
static size_t room_for(CK_ATTRIBUTE_TYPE type)
{
    switch (type) {
    case CKA_VALUE:
        return 8191;
    case CKA_PUBLIC_KEY_INFO:
        return 2303;
    case CKA_MODULUS:
        return 2079;
    case CKA_ID:
    case CKA_LABEL:
    case CKA_PUBLIC_EXPONENT:
    case CKA_EC_PARAMS:
    case CKA_EC_POINT:
        return 511;
    default:
        return 31;
    }
}

/* Attributes that objects have: if one is said not to be there, perhaps it did
 * not fit, and the module has another reason to complain. */
static bool is_usual(CK_ATTRIBUTE_TYPE type)
{
    return type == CKA_VALUE || type == CKA_ID || type == CKA_LABEL;
}

/* Did the module fill in CKA_CLASS, which has this ROOM and NOTHING in it
 * before, and so what stands before it?  One that first looks at all lengths
 * gives these and no value if it does not like one of them. */
#define NOTHING 0xff
static bool is_filled_in(const uint8_t *room)
{
    static const CK_OBJECT_CLASS nothing = CK_UNAVAILABLE_INFORMATION;

    return memcmp(room, &nothing, sizeof nothing) != 0;
}

/* After a call that was answered by RV, with ROOM for this attribute: is it
 * clear what READ means?  Else it has to be read in steps.  ALL: the module
 * went through all of them. */
static bool is_clear(const CK_ATTRIBUTE *read, size_t room, CK_RV rv, bool all)
{
    const CK_ULONG len = read->ulValueLen;

    if (rv != CKR_OK && rv != CKR_ATTRIBUTE_TYPE_INVALID &&
        rv != CKR_ATTRIBUTE_SENSITIVE && rv != CKR_BUFFER_TOO_SMALL)
        return false;
    if (len == CK_UNAVAILABLE_INFORMATION)
        return rv == CKR_OK ||
               (all && rv != CKR_BUFFER_TOO_SMALL && !is_usual(read->type));
    return len < room || len > ATTRS_MAX_VALUE;
}

/* Keep what the call that RV answered has read of the N attributes; those of
 * which the answer does not tell enough are moved to the front of ATTRS. */
static CK_RV keep_clear(struct module *m, const CK_ATTRIBUTE *reads,
                        const uint8_t *room, CK_RV rv, struct attr **attrs,
                        size_t n, size_t *ret_n_unclear)
{
    const bool all = reads[n - 1].ulValueLen == sizeof(CK_OBJECT_CLASS);
    const bool no_values =
        rv != CKR_OK && all && !is_filled_in(reads[n - 1].pValue);
    size_t n_unclear = 0;

    if ((rv != CKR_OK && !all) || no_values)
        atomic_store(&m->gives_up_early, true);
    for (size_t i = 0; i < n; i++) {
        struct attr *attr = attrs[i];
        const CK_ULONG len = reads[i].ulValueLen;
        const size_t has = room_for(attr->type);

        if (no_values || !is_clear(&reads[i], has, rv, all)) {
            attrs[n_unclear++] = attr;
        } else if (len < has) {
            if (bytes_set(&attr->value, span_make(room, len)) != 0)
                return CKR_HOST_MEMORY;
            attr->present = true;
        }
        room += has;
    }
    *ret_n_unclear = n_unclear;
    return CKR_OK;
}

/* The N attributes in one call. */
static CK_RV read_at_once(struct module *m, CK_SESSION_HANDLE session,
                          CK_OBJECT_HANDLE object, struct attr **attrs,
                          size_t n, size_t *ret_n_unclear)
{
    AUTO_FREE uint8_t *room = NULL;
    CK_ATTRIBUTE reads[ATTRS_MAX];
    size_t at = 0;
    CK_RV rv = CKR_OK;

    *ret_n_unclear = 0;
    if (n == 0)
        return CKR_OK;
    for (size_t i = 0; i < n; i++)
        at += room_for(attrs[i]->type);
    /* What a module says it wrote, and did not, are zeros. */
    room = calloc(1, at + 1);
    if (room == NULL)
        return CKR_HOST_MEMORY;
    at = 0;
    for (size_t i = 0; i < n; i++) {
        reads[i] =
            (CK_ATTRIBUTE){attrs[i]->type, room + at, room_for(attrs[i]->type)};
        at += reads[i].ulValueLen;
    }
    /* The last one is CKA_CLASS. */
    memset(room + at - room_for(attrs[n - 1]->type), NOTHING,
           sizeof(CK_OBJECT_CLASS));
    rv = call_get_attribute_value(m, session, object, reads, n);
    return is_about_attributes(rv)
               ? keep_clear(m, reads, room, rv, attrs, n, ret_n_unclear)
               : rv;
}

CK_RV attrs_read(struct module *m, CK_SESSION_HANDLE session,
                 CK_OBJECT_HANDLE object, struct attr *attrs, size_t n)
{
    struct attr *wanted[ATTRS_MAX];
    size_t n_wanted = 0;
    size_t n_unclear = 0;
    CK_RV rv = CKR_OK;

    for (size_t i = 0; i < n; i++)
        if (!attrs[i].unwanted)
            wanted[n_wanted++] = &attrs[i];
    rv = read_at_once(m, session, object, wanted, n_wanted, &n_unclear);
    if (rv != CKR_OK || n_unclear == 0)
        return rv;
    return read_in_steps(m, session, object, wanted, n_unclear);
}

bool attr_number(const struct attr *attr, CK_ULONG *ret)
{
    if (!attr->present || attr->value.len != sizeof *ret)
        return false;
    memcpy(ret, attr->value.data, sizeof *ret);
    return true;
}

enum tristate attr_boolean(const struct attr *attr)
{
    if (!attr->present || attr->value.len != sizeof(CK_BBOOL))
        return UNKNOWN;
    return attr->value.data[0] != CK_FALSE ? YES : NO;
}
