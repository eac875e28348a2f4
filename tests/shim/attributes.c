/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* C_GetAttributeValue with the answers that "attr" rules want. */
#include <string.h>

#include "rules.h"
#include "sessions.h"
#include "shim.h"

#define MAX_ATTRIBUTES 32

/* Answer for ATTRIBUTE with the value of RULE as the standard wants it. */
static CK_RV give_value(const struct rule *rule, CK_ATTRIBUTE *attribute)
{
    CK_ULONG room = attribute->ulValueLen;

    if (attribute->pValue != NULL && room < rule->n_bytes) {
        attribute->ulValueLen = CK_UNAVAILABLE_INFORMATION;
        return CKR_BUFFER_TOO_SMALL;
    }
    attribute->ulValueLen = rule->n_bytes;
    if (attribute->pValue != NULL)
        memcpy(attribute->pValue, rule->bytes, rule->n_bytes);
    return CKR_OK;
}

static CK_RV answer(const struct rule *rule, CK_ATTRIBUTE *attribute)
{
    switch (rule->answer) {
    case ATTR_UNAVAILABLE:
        attribute->ulValueLen = CK_UNAVAILABLE_INFORMATION;
        return CKR_ATTRIBUTE_TYPE_INVALID;
    case ATTR_SILENT:
        attribute->ulValueLen = CK_UNAVAILABLE_INFORMATION;
        return CKR_OK;
    case ATTR_LENGTH:
        attribute->ulValueLen = rule->value;
        return CKR_OK;
    case ATTR_VALUE:
        break;
    }
    return give_value(rule, attribute);
}

/* Ask the module for those attributes that no rule answers; those with a
 * false length need their right value, too. */
static CK_RV forward(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object,
                     CK_ATTRIBUTE *template, CK_ULONG n,
                     const struct rule **answers)
{
    CK_ATTRIBUTE asked[MAX_ATTRIBUTES];
    CK_ULONG n_asked = 0;
    CK_RV rv = CKR_OK;

    for (CK_ULONG i = 0; i < n; i++)
        if (answers[i] == NULL || answers[i]->answer == ATTR_LENGTH)
            asked[n_asked++] = template[i];
    if (n_asked > 0)
        rv = shim_real->C_GetAttributeValue(session, object, asked, n_asked);
    n_asked = 0;
    for (CK_ULONG i = 0; i < n; i++)
        if (answers[i] == NULL || answers[i]->answer == ATTR_LENGTH)
            template[i].ulValueLen = asked[n_asked++].ulValueLen;
    return rv;
}

CK_RV own_C_GetAttributeValue(CK_SESSION_HANDLE session,
                              CK_OBJECT_HANDLE object, CK_ATTRIBUTE *template,
                              CK_ULONG n)
{
    const struct rule *answers[MAX_ATTRIBUTES] = {NULL};
    CK_OBJECT_CLASS class = ANY_CLASS;
    CK_ATTRIBUTE ask_class = {CKA_CLASS, &class, sizeof class};
    CK_RV rv = CKR_OK;

    pthread_mutex_lock(&shim_lock);
    rv = sessions_check(session);
    object = shim_exchange(session, object);
    if (rv == CKR_OK && (!rules_has(RULE_ATTR) || n > MAX_ATTRIBUTES)) {
        pthread_mutex_unlock(&shim_lock);
        return shim_real->C_GetAttributeValue(session, object, template, n);
    }
    if (rv == CKR_OK)
        rv = shim_real->C_GetAttributeValue(session, object, &ask_class, 1);
    for (CK_ULONG i = 0; i < n && rv == CKR_OK; i++)
        answers[i] = rules_attribute(class, template[i].type);
    if (rv == CKR_OK)
        rv = forward(session, object, template, n, answers);
    else
        n = 0;
    for (CK_ULONG i = 0; i < n; i++) {
        CK_RV own_rv =
            answers[i] == NULL ? CKR_OK : answer(answers[i], &template[i]);

        if (rv == CKR_OK)
            rv = own_rv;
    }
    pthread_mutex_unlock(&shim_lock);
    return rv;
}
