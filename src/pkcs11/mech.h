/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The mechanisms we use, under our own names. */
#ifndef PKCS11_MECH_H
#define PKCS11_MECH_H

/* What a token is asked to do; plain values, so that the layers above need no
 * PKCS#11 type. */
enum mech {
    MECH_NONE,
    MECH_RSA_PKCS,  /* sign or decrypt, PKCS#1 v1.5 padding by the token */
    MECH_RSA_X_509, /* sign or decrypt without any padding */
    MECH_ECDSA,     /* of a digest */
    MECH_EDDSA,     /* of a message */
    MECH_ECDH       /* the raw point in, the x-coordinate out */
};

/* "RSA_PKCS", for logs. */
const char *mech_name(enum mech mech);

/* The mechanism's number, a CK_MECHANISM_TYPE. */
unsigned long mech_type(enum mech mech);

/* The name of any mechanism that works with a private key, by its number, for
 * logs; NULL if it is another one. */
const char *mech_type_name(unsigned long type);

#endif
