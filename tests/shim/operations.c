/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Signing and decrypting, with the answers that rules want. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rules.h"
#include "sessions.h"
#include "shim.h"

#define MAX_BEGUN 4096
#define MAX_SIGNATURE 256
/* The chance of none in so many is not worth a thought. */
#define MAX_TRIES 400000

/* What was begun in each session, by its handle. */
static struct begun {
    CK_MECHANISM_TYPE mechanism;
    CK_OBJECT_HANDLE key;
    bool recover;
} begun[MAX_BEGUN];

static struct begun *begun_in(CK_SESSION_HANDLE session)
{
    return &begun[session % MAX_BEGUN];
}

/* Remember what begins, with the key that the module knows by another handle.
 */
static void begin(CK_SESSION_HANDLE session, const CK_MECHANISM *mechanism,
                  CK_OBJECT_HANDLE *key)
{
    pthread_mutex_lock(&shim_lock);
    *key = shim_exchange(session, *key);
    begun_in(session)->mechanism = mechanism->mechanism;
    begun_in(session)->key = *key;
    begun_in(session)->recover = false;
    pthread_mutex_unlock(&shim_lock);
}

CK_RV own_C_SignInit(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism,
                     CK_OBJECT_HANDLE key)
{
    CK_RV rv = shim_check_mechanism(session, mechanism);

    if (rv != CKR_OK || mechanism == NULL)
        return rv != CKR_OK ? rv : CKR_ARGUMENTS_BAD;
    begin(session, mechanism, &key);
    return shim_real->C_SignInit(session, mechanism, key);
}

/* Is this one of the signatures to be corrupted? */
static bool is_to_be_corrupted(void)
{
    struct rule *rule = NULL;
    bool found = false;

    pthread_mutex_lock(&shim_lock);
    while ((rule = rules_next(RULE_CORRUPT_SIGNATURE, rule)) != NULL) {
        rule->n_calls++;
        found = found || (rule->n_calls >= rule->nth &&
                          rule->n_calls - rule->nth < rule->count);
    }
    pthread_mutex_unlock(&shim_lock);
    return found;
}

static bool copy_rule(enum rule_kind kind, char text[MAX_LINE])
{
    const struct rule *rule = NULL;

    pthread_mutex_lock(&shim_lock);
    rule = rules_next(kind, NULL);
    if (rule != NULL)
        snprintf(text, MAX_LINE, "%s", rule->text);
    pthread_mutex_unlock(&shim_lock);
    return rule != NULL;
}

/* Sign again and again until r or s, or with BOTH r and s, begin with a zero
 * byte. */
static CK_RV sign_zeros(CK_SESSION_HANDLE session, CK_BYTE *data,
                        CK_ULONG data_len, bool both, CK_BYTE *signature,
                        CK_ULONG *len)
{
    CK_MECHANISM mechanism = {begun_in(session)->mechanism, NULL, 0};
    const CK_OBJECT_HANDLE key = begun_in(session)->key;

    for (long i = 0; i < MAX_TRIES; i++) {
        CK_RV rv = CKR_OK;

        *len = MAX_SIGNATURE;
        if (i > 0)
            rv = shim_real->C_SignInit(session, &mechanism, key);
        if (rv == CKR_OK)
            rv = shim_real->C_Sign(session, data, data_len, signature, len);
        if (rv != CKR_OK)
            return rv;
        if (both ? signature[0] + signature[*len / 2] == 0
                 : signature[0] * signature[*len / 2] == 0)
            return CKR_OK;
    }
    fputs("p11shim: no signature with zeros turned up\n", stderr);
    abort();
}

/* An INTEGER of the LEN bytes at NUMBER, written to RET; its length. */
static size_t put_integer(const CK_BYTE *number, size_t len, CK_BYTE *ret)
{
    size_t pad = 0;

    while (len > 1 && number[0] == 0) {
        number++;
        len--;
    }
    pad = number[0] >> 7;
    ret[0] = 0x02;
    ret[1] = (CK_BYTE)(len + pad);
    ret[2] = 0;
    memcpy(ret + 2 + pad, number, len);
    return 2 + pad + len;
}

/* The two halves of SIGNATURE as DER. */
static size_t to_der(CK_BYTE *signature, size_t len)
{
    CK_BYTE body[MAX_SIGNATURE];
    size_t n = put_integer(signature, len / 2, body);
    size_t head = 2;

    n += put_integer(signature + len / 2, len / 2, body + n);
    signature[0] = 0x30;
    if (n > 0x7f)
        signature[head++ - 1] = 0x81;
    signature[head - 1] = (CK_BYTE)n;
    memcpy(signature + head, body, n);
    return head + n;
}

/* Without the zero bytes that both halves begin with. */
static size_t to_short(CK_BYTE *signature, size_t len)
{
    const size_t half = len / 2;
    size_t cut = 0;

    while (cut < half - 1 && signature[cut] == 0 && signature[half + cut] == 0)
        cut++;
    memmove(signature, signature + cut, half - cut);
    memmove(signature + half - cut, signature + half + cut, half - cut);
    return 2 * (half - cut);
}

static CK_RV sign_ecdsa(CK_SESSION_HANDLE session, CK_BYTE *data,
                        CK_ULONG data_len, const char *how, CK_BYTE *signature,
                        CK_ULONG *ret_len)
{
    CK_BYTE own[MAX_SIGNATURE];
    const CK_ULONG room = *ret_len;
    CK_ULONG len = sizeof own;
    CK_RV rv = shim_real->C_Sign(session, data, data_len, NULL, &len);

    if (rv == CKR_OK && strcmp(how, "der") == 0 &&
        (signature == NULL || room < len + 9)) {
        *ret_len = len + 9;
        return signature == NULL ? CKR_OK : CKR_BUFFER_TOO_SMALL;
    }
    len = sizeof own;
    if (rv == CKR_OK && strcmp(how, "der") == 0)
        rv = shim_real->C_Sign(session, data, data_len, own, &len);
    else if (rv == CKR_OK)
        rv = sign_zeros(session, data, data_len, strcmp(how, "short") == 0, own,
                        &len);
    if (rv != CKR_OK)
        return rv;
    if (strcmp(how, "der") == 0)
        len = to_der(own, len);
    if (strcmp(how, "short") == 0)
        len = to_short(own, len);
    memcpy(signature, own, len);
    *ret_len = len;
    return CKR_OK;
}

static CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE *data, CK_ULONG data_len,
                  CK_BYTE *signature, CK_ULONG *signature_len)
{
    char how[MAX_LINE];
    CK_RV rv = CKR_OK;

    pthread_mutex_lock(&shim_lock);
    rv = sessions_check(session);
    pthread_mutex_unlock(&shim_lock);
    if (rv == CKR_OK && begun_in(session)->mechanism == CKM_ECDSA &&
        copy_rule(RULE_ECDSA, how))
        rv = sign_ecdsa(session, data, data_len, how, signature, signature_len);
    else if (rv == CKR_OK)
        rv = shim_real->C_Sign(session, data, data_len, signature,
                               signature_len);
    if (rv == CKR_OK && signature != NULL && *signature_len > 0 &&
        is_to_be_corrupted())
        signature[*signature_len - 1] ^= 1;
    return rv;
}

CK_RV own_C_Sign(CK_SESSION_HANDLE session, CK_BYTE *data, CK_ULONG data_len,
                 CK_BYTE *signature, CK_ULONG *signature_len)
{
    if (begun_in(session)->recover)
        return CKR_OPERATION_NOT_INITIALIZED;
    return sign(session, data, data_len, signature, signature_len);
}

/* Few modules sign with recovery, but an RSA signature is the same either way:
 * the module makes it with C_SignInit and C_Sign. */
CK_RV own_C_SignRecoverInit(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism,
                            CK_OBJECT_HANDLE key)
{
    CK_RV rv = own_C_SignInit(session, mechanism, key);

    if (rv == CKR_OK)
        begun_in(session)->recover = true;
    return rv;
}

CK_RV own_C_SignRecover(CK_SESSION_HANDLE session, CK_BYTE *data,
                        CK_ULONG data_len, CK_BYTE *signature,
                        CK_ULONG *signature_len)
{
    if (!begun_in(session)->recover)
        return CKR_OPERATION_NOT_INITIALIZED;
    return sign(session, data, data_len, signature, signature_len);
}

CK_RV own_C_DecryptInit(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism,
                        CK_OBJECT_HANDLE key)
{
    CK_MECHANISM raw = {CKM_RSA_X_509, NULL, 0};
    char how[MAX_LINE];
    CK_RV rv = shim_check_mechanism(session, mechanism);

    if (rv != CKR_OK || mechanism == NULL)
        return rv != CKR_OK ? rv : CKR_ARGUMENTS_BAD;
    begin(session, mechanism, &key);
    if (mechanism->mechanism == CKM_RSA_PKCS &&
        copy_rule(RULE_PADDED_PLAINTEXT, how))
        mechanism = &raw;
    return shim_real->C_DecryptInit(session, mechanism, key);
}

CK_RV own_C_Decrypt(CK_SESSION_HANDLE session, CK_BYTE *data, CK_ULONG data_len,
                    CK_BYTE *plain, CK_ULONG *len)
{
    char how[MAX_LINE];
    CK_RV rv = CKR_OK;

    pthread_mutex_lock(&shim_lock);
    rv = sessions_check(session);
    pthread_mutex_unlock(&shim_lock);
    if (rv == CKR_OK)
        rv = shim_real->C_Decrypt(session, data, data_len, plain, len);
    if (rv == CKR_OK && plain != NULL && *len > 0 &&
        begun_in(session)->mechanism == CKM_RSA_PKCS &&
        copy_rule(RULE_PADDED_PLAINTEXT, how) && strcmp(how, "short") == 0) {
        --*len;
        memmove(plain, plain + 1, *len);
    }
    return rv;
}
