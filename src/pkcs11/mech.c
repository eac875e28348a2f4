/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The mechanisms we use, under our own names. */
#include "pkcs11/mech.h"

#include "pkcs11/cryptoki.h"

static const struct {
    const char *name;
    CK_MECHANISM_TYPE type;
} mechs[] = {
    [MECH_RSA_PKCS] = {"RSA_PKCS", CKM_RSA_PKCS},
    [MECH_RSA_X_509] = {"RSA_X_509", CKM_RSA_X_509},
    [MECH_ECDSA] = {"ECDSA", CKM_ECDSA},
    [MECH_EDDSA] = {"EDDSA", CKM_EDDSA},
    [MECH_ECDH] = {"ECDH1_DERIVE", CKM_ECDH1_DERIVE},
};

const char *mech_name(enum mech mech)
{
    return mechs[mech].name;
}

unsigned long mech_type(enum mech mech)
{
    return mechs[mech].type;
}
