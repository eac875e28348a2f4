/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A module and one of its keys without anything around them: what the
 * programs of the benchmark compare the daemon with. */
#include "token.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SLOTS 64

static CK_FUNCTION_LIST *p11;
static CK_SLOT_ID slot;

static void check(const char *what, CK_RV rv)
{
    if (rv == CKR_OK)
        return;
    fprintf(stderr, "bench: %s: 0x%lx\n", what, (unsigned long)rv);
    exit(1);
}

static void load(const char *module)
{
    CK_C_INITIALIZE_ARGS args = {.flags = CKF_OS_LOCKING_OK};
    CK_C_GetFunctionList get_list = NULL;
    void *library = dlopen(module, RTLD_NOW | RTLD_LOCAL);
    void *symbol = library != NULL ? dlsym(library, "C_GetFunctionList") : NULL;

    if (symbol == NULL) {
        fprintf(stderr, "bench: %s: %s\n", module, dlerror());
        exit(1);
    }
    memcpy(&get_list, &symbol, sizeof get_list);
    check("C_GetFunctionList", get_list(&p11));
    check("C_Initialize", p11->C_Initialize(&args));
}

void bench_open(const char *module, const char *label, const char *pin)
{
    CK_SLOT_ID slots[MAX_SLOTS];
    CK_ULONG n = MAX_SLOTS;
    CK_SESSION_HANDLE session = 0;
    unsigned char text[256];
    size_t pin_len = strlen(pin);

    load(module);
    check("C_GetSlotList", p11->C_GetSlotList(CK_TRUE, slots, &n));
    for (CK_ULONG i = 0; i < n; i++) {
        CK_TOKEN_INFO info;

        if (p11->C_GetTokenInfo(slots[i], &info) == CKR_OK &&
            memcmp(info.label, label, strlen(label)) == 0) {
            slot = slots[i];
            /* It stays open, and with it the login. */
            check("C_OpenSession", p11->C_OpenSession(slot, CKF_SERIAL_SESSION,
                                                      NULL, NULL, &session));
            if (pin_len > sizeof text)
                break;
            memcpy(text, pin, pin_len);
            check("C_Login", p11->C_Login(session, CKU_USER, text, pin_len));
            return;
        }
    }
    fprintf(stderr, "bench: no token %s\n", label);
    exit(1);
}

struct bench_key bench_find_key(const char *id)
{
    struct bench_key key = {0};
    CK_OBJECT_CLASS class = CKO_PRIVATE_KEY;
    CK_KEY_TYPE type = 0;
    unsigned char byte = 0;
    CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &class, sizeof class},
                             {CKA_ID, &byte, 1}};
    CK_ATTRIBUTE answer = {CKA_KEY_TYPE, &type, sizeof type};
    CK_ULONG n = 0;

    (void)bench_hex(id, &byte, 1);
    check("C_OpenSession", p11->C_OpenSession(slot, CKF_SERIAL_SESSION, NULL,
                                              NULL, &key.session));
    check("C_FindObjectsInit", p11->C_FindObjectsInit(key.session, wanted, 2));
    check("C_FindObjects", p11->C_FindObjects(key.session, &key.handle, 1, &n));
    check("C_FindObjectsFinal", p11->C_FindObjectsFinal(key.session));
    if (n != 1) {
        fprintf(stderr, "bench: no key %s\n", id);
        exit(1);
    }
    check("C_GetAttributeValue",
          p11->C_GetAttributeValue(key.session, key.handle, &answer, 1));
    key.mechanism = type == CKK_RSA  ? CKM_RSA_PKCS
                    : type == CKK_EC ? CKM_ECDSA
                                     : CKM_EDDSA;
    return key;
}

void bench_close_key(const struct bench_key *key)
{
    (void)p11->C_CloseSession(key->session);
}

CK_ULONG bench_sign(const struct bench_key *key, const unsigned char *data,
                    CK_ULONG len, unsigned char *ret)
{
    CK_MECHANISM mechanism = {key->mechanism, NULL, 0};
    unsigned char input[256];
    CK_ULONG n = 1024;

    if (len > sizeof input)
        len = sizeof input;
    memcpy(input, data, len);
    check("C_SignInit", p11->C_SignInit(key->session, &mechanism, key->handle));
    check("C_Sign", p11->C_Sign(key->session, input, len, ret, &n));
    return n;
}

CK_ULONG bench_hex(const char *hex, unsigned char *ret, CK_ULONG size)
{
    CK_ULONG n = 0;

    for (; n < size && hex[2 * n] != '\0' && hex[2 * n + 1] != '\0'; n++) {
        const char digits[] = {hex[2 * n], hex[2 * n + 1], '\0'};

        ret[n] = (unsigned char)strtoul(digits, NULL, 16);
    }
    return n;
}
