/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The public key of an object as a SubjectPublicKeyInfo (RFC 5280). */
#ifndef TOKEN_SPKI_H
#define TOKEN_SPKI_H

#include "module.h"

struct der {
    unsigned char data[4096];
    size_t len;
};

/* From a public key object, or a private one that has the public values. */
void spki_of_object(const struct session *s, CK_OBJECT_HANDLE object,
                    struct der *ret_spki);

/* Writes it to a file, or to standard output if NAME is "-". */
void der_write(const struct der *der, const char *name);

#endif
