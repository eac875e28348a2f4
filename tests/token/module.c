/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Loading a module, finding a token in it, finding objects on that. */
#include "module.h"

#include <dlfcn.h>
#include <p11-kit/p11-kit.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SLOTS 256
#define MAX_OBJECTS 4096

static CK_FUNCTION_LIST *loaded;

__attribute__((format(printf, 1, 0))) static void complain(const char *format,
                                                           va_list args)
{
    fflush(stdout);
    fputs("keymaker: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
}

void die(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    complain(format, args);
    va_end(args);
    exit(1);
}

void die_usage(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    complain(format, args);
    va_end(args);
    exit(2);
}

void check(const char *function, CK_RV rv)
{
    if (rv != CKR_OK)
        die("%s: %s (0x%lx)", function, p11_kit_strerror(rv), rv);
}

static void finalize(void)
{
    loaded->C_Finalize(NULL);
}

CK_FUNCTION_LIST *module_load(const char *path)
{
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    CK_C_GetFunctionList get_list = NULL;
    void *symbol = NULL;

    if (library == NULL)
        die("cannot load %s: %s", path, dlerror());
    symbol = dlsym(library, "C_GetFunctionList");
    if (symbol == NULL)
        die("%s is not a PKCS#11 module: %s", path, dlerror());
    memcpy(&get_list, &symbol, sizeof get_list);
    check("C_GetFunctionList", get_list(&loaded));
    check("C_Initialize", loaded->C_Initialize(NULL));
    if (atexit(finalize) != 0)
        die("atexit failed");
    return loaded;
}

/* Is the blank-padded FIELD the string TEXT? */
static bool field_is(const unsigned char *field, size_t size, const char *text)
{
    size_t len = strlen(text);

    if (len > size || memcmp(field, text, len) != 0)
        return false;
    for (size_t i = len; i < size; i++)
        if (field[i] != ' ' && field[i] != '\0')
            return false;
    return true;
}

static bool token_is(const CK_TOKEN_INFO *info, const char *name)
{
    static const char prefix[] = "serial=";

    if (strncmp(name, prefix, sizeof prefix - 1) == 0)
        return field_is(info->serialNumber, sizeof info->serialNumber,
                        name + sizeof prefix - 1);
    return field_is(info->label, sizeof info->label, name);
}

/* The first slot whose token is called NAME, or with NULL is blank. */
static bool find_slot(CK_FUNCTION_LIST *p11, const char *name,
                      CK_SLOT_ID *ret_slot)
{
    static CK_SLOT_ID slots[MAX_SLOTS];
    CK_ULONG n = MAX_SLOTS;

    check("C_GetSlotList", p11->C_GetSlotList(CK_TRUE, slots, &n));
    for (CK_ULONG i = 0; i < n; i++) {
        CK_TOKEN_INFO info = {0};
        bool initialized = false;

        if (p11->C_GetTokenInfo(slots[i], &info) != CKR_OK)
            continue;
        initialized = (info.flags & CKF_TOKEN_INITIALIZED) != 0;
        if (name == NULL ? initialized : !initialized || !token_is(&info, name))
            continue;
        *ret_slot = slots[i];
        return true;
    }
    return false;
}

CK_SLOT_ID module_find_token(CK_FUNCTION_LIST *p11, const char *name)
{
    CK_SLOT_ID slot = 0;

    if (!find_slot(p11, name, &slot))
        die("there is no token '%s'", name);
    return slot;
}

CK_SLOT_ID module_find_blank(CK_FUNCTION_LIST *p11)
{
    CK_SLOT_ID slot = 0;

    if (!find_slot(p11, NULL, &slot))
        die("there is no uninitialised token");
    return slot;
}

struct session session_open(CK_FUNCTION_LIST *p11, CK_SLOT_ID slot,
                            CK_USER_TYPE user, const char *pin)
{
    struct session s = {p11, slot, 0};
    CK_FLAGS flags = CKF_SERIAL_SESSION | CKF_RW_SESSION;
    char copy[256];
    size_t len = 0;

    check("C_OpenSession",
          p11->C_OpenSession(slot, flags, NULL, NULL, &s.handle));
    if (pin == NULL)
        return s;
    len = strlen(pin);
    if (len >= sizeof copy)
        die("the PIN is too long");
    memcpy(copy, pin, len + 1);
    check("C_Login", p11->C_Login(s.handle, user, (CK_UTF8CHAR_PTR)copy, len));
    return s;
}

size_t session_each(const struct session *s, CK_ATTRIBUTE *template,
                    CK_ULONG n_template,
                    void (*function)(const struct session *s,
                                     CK_OBJECT_HANDLE object, void *data),
                    void *data)
{
    static CK_OBJECT_HANDLE objects[MAX_OBJECTS];
    CK_ULONG n = 0;

    check("C_FindObjectsInit",
          s->p11->C_FindObjectsInit(s->handle, template, n_template));
    check("C_FindObjects",
          s->p11->C_FindObjects(s->handle, objects, MAX_OBJECTS, &n));
    check("C_FindObjectsFinal", s->p11->C_FindObjectsFinal(s->handle));
    for (CK_ULONG i = 0; i < n; i++)
        function(s, objects[i], data);
    return n;
}

long session_get(const struct session *s, CK_OBJECT_HANDLE object,
                 CK_ATTRIBUTE_TYPE type, void *buffer, size_t size)
{
    CK_ATTRIBUTE attribute = {type, buffer, size};
    CK_RV rv = s->p11->C_GetAttributeValue(s->handle, object, &attribute, 1);

    if (rv == CKR_ATTRIBUTE_TYPE_INVALID || rv == CKR_ATTRIBUTE_SENSITIVE)
        return -1;
    check("C_GetAttributeValue", rv);
    return (long)attribute.ulValueLen;
}

bool session_has_mechanism(const struct session *s, CK_MECHANISM_TYPE mechanism)
{
    CK_MECHANISM_INFO info = {0};

    return s->p11->C_GetMechanismInfo(s->slot, mechanism, &info) == CKR_OK;
}
