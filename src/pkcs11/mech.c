/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The mechanisms we use, under our own names. */
#include "pkcs11/mech.h"

#include <stddef.h>

#include "pkcs11/cryptoki.h"

static const struct {
    const char *name;
    CK_MECHANISM_TYPE type;
} mechs[] = {
    [MECH_NONE] = {"none", CK_UNAVAILABLE_INFORMATION},
    [MECH_RSA_PKCS] = {"RSA_PKCS", CKM_RSA_PKCS},
    [MECH_RSA_X_509] = {"RSA_X_509", CKM_RSA_X_509},
    [MECH_ECDSA] = {"ECDSA", CKM_ECDSA},
    [MECH_EDDSA] = {"EDDSA", CKM_EDDSA},
    [MECH_ECDH] = {"ECDH1_DERIVE", CKM_ECDH1_DERIVE},
};

/* What a token may have in their place. */
static const struct {
    const char *name;
    CK_MECHANISM_TYPE type;
} others[] = {
    {"RSA_PKCS_OAEP", CKM_RSA_PKCS_OAEP},
    {"RSA_PKCS_PSS", CKM_RSA_PKCS_PSS},
    {"SHA1_RSA_PKCS", CKM_SHA1_RSA_PKCS},
    {"SHA256_RSA_PKCS", CKM_SHA256_RSA_PKCS},
    {"SHA384_RSA_PKCS", CKM_SHA384_RSA_PKCS},
    {"SHA512_RSA_PKCS", CKM_SHA512_RSA_PKCS},
    {"SHA256_RSA_PKCS_PSS", CKM_SHA256_RSA_PKCS_PSS},
    {"SHA512_RSA_PKCS_PSS", CKM_SHA512_RSA_PKCS_PSS},
    {"ECDSA_SHA1", CKM_ECDSA_SHA1},
    {"ECDSA_SHA256", CKM_ECDSA_SHA256},
    {"ECDSA_SHA384", CKM_ECDSA_SHA384},
    {"ECDSA_SHA512", CKM_ECDSA_SHA512},
    {"ECDH1_COFACTOR_DERIVE", CKM_ECDH1_COFACTOR_DERIVE},
};

const char *mech_name(enum mech mech)
{
    return mechs[mech].name;
}

unsigned long mech_type(enum mech mech)
{
    return mechs[mech].type;
}

const char *mech_type_name(unsigned long type)
{
    for (size_t i = MECH_NONE + 1; i < sizeof mechs / sizeof mechs[0]; i++)
        if (mechs[i].type == type)
            return mechs[i].name;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (others[i].type == type)
            return others[i].name;
    return NULL;
}
