/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The token of test_shim, and its usual operations. */
#include "fixture.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

CK_FUNCTION_LIST *p11;
CK_SLOT_ID slot;
CK_SESSION_HANDLE session;

void script(const char *lines)
{
    const char *name = getenv("P11SHIM_SCRIPT");
    char fresh[1024];
    FILE *f = NULL;

    assert_non_null(name);
    snprintf(fresh, sizeof fresh, "%s.new", name);
    f = fopen(fresh, "w");
    assert_non_null(f);
    fputs(lines, f);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(rename(fresh, name), 0);
}

unsigned logged(const char *line)
{
    FILE *f = fopen(getenv("P11SHIM_LOG"), "r");
    char read[256];
    unsigned n = 0;

    assert_non_null(f);
    while (fgets(read, sizeof read, f) != NULL) {
        read[strcspn(read, "\n")] = '\0';
        n += strcmp(read, line) == 0;
    }
    fclose(f);
    return n;
}

CK_RV open_session(CK_SESSION_HANDLE *ret_session)
{
    return p11->C_OpenSession(slot, CKF_SERIAL_SESSION, NULL, NULL,
                              ret_session);
}

CK_RV login(const char *pin)
{
    char copy[32];

    snprintf(copy, sizeof copy, "%s", pin);
    return p11->C_Login(session, CKU_USER, (CK_BYTE *)copy, strlen(pin));
}

CK_OBJECT_HANDLE find(CK_OBJECT_CLASS class, unsigned char id)
{
    CK_ATTRIBUTE template[] = {{CKA_CLASS, &class, sizeof class},
                               {CKA_ID, &id, 1}};
    CK_OBJECT_HANDLE object = 0;
    CK_ULONG n = 0;

    assert_int_equal(p11->C_FindObjectsInit(session, template, 2), CKR_OK);
    assert_int_equal(p11->C_FindObjects(session, &object, 1, &n), CKR_OK);
    assert_int_equal(p11->C_FindObjectsFinal(session), CKR_OK);
    assert_int_equal(n, 1);
    return object;
}

int set_up(void **state)
{
    CK_SLOT_ID slots[2] = {0}; /* the token, and an uninitialised one */
    CK_ULONG n = 2;
    CK_TOKEN_INFO info = {.flags = 0};

    (void)state;
    script("");
    remove(getenv("P11SHIM_LOG"));
    if (p11->C_Initialize(NULL) != CKR_OK ||
        p11->C_GetSlotList(CK_TRUE, slots, &n) != CKR_OK || n != 2 ||
        p11->C_GetTokenInfo(slots[0], &info) != CKR_OK)
        return -1;
    slot = slots[(info.flags & CKF_TOKEN_INITIALIZED) != 0 ? 0 : 1];
    return open_session(&session) == CKR_OK ? 0 : -1;
}

int tear_down(void **state)
{
    (void)state;
    script("");
    return p11->C_Finalize(NULL) == CKR_OK ? 0 : -1;
}

bool load(const char *path)
{
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    void *symbol = library == NULL ? NULL : dlsym(library, "C_GetFunctionList");
    CK_C_GetFunctionList get_list = NULL;

    if (symbol == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return false;
    }
    memcpy(&get_list, &symbol, sizeof get_list);
    return get_list(&p11) == CKR_OK;
}
