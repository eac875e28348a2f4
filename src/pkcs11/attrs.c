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
    if (rv == CKR_OK || !is_about_attributes(rv) || went_through(lengths, n))
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

CK_RV attrs_read(struct module *m, CK_SESSION_HANDLE session,
                 CK_OBJECT_HANDLE object, struct attr *attrs, size_t n)
{
    CK_ATTRIBUTE lengths[ATTRS_MAX];
    CK_ATTRIBUTE reads[ATTRS_MAX];
    struct attr *wanted[ATTRS_MAX];
    size_t n_wanted = 0;
    CK_RV rv = CKR_OK;

    memset(lengths, 0, sizeof lengths);
    memset(reads, 0, sizeof reads);
    for (size_t i = 0; i < n; i++)
        lengths[i].type = attrs[i].type;
    rv = query_lengths(m, session, object, lengths, n);
    if (rv != CKR_OK)
        return rv;
    for (size_t i = 0; i < n; i++) {
        if (!is_length(lengths[i].ulValueLen))
            continue;
        if (bytes_alloc(&attrs[i].value, lengths[i].ulValueLen) != 0)
            return CKR_HOST_MEMORY;
        wanted[n_wanted] = &attrs[i];
        reads[n_wanted] = (CK_ATTRIBUTE){attrs[i].type, attrs[i].value.data,
                                         attrs[i].value.len};
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
