/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Reading the few DER structures that tokens hand out (ITU-T X.690). */
#ifndef BASE_DER_H
#define BASE_DER_H

#include "base/bytes.h"

enum der_tag {
    DER_INTEGER = 0x02,
    DER_BIT_STRING = 0x03,
    DER_OCTET_STRING = 0x04,
    DER_OID = 0x06,
    DER_PRINTABLE_STRING = 0x13,
    DER_SEQUENCE = 0x30
};

/* Take the first element off IN: its TAG byte and its CONTENTS.  False (and
 * nothing changed) if IN does not begin with a whole element of definite
 * length with a one-byte tag. */
bool der_take(struct span *in, uint8_t *ret_tag, struct span *ret_contents);

/* The contents of DER if it is one element of type TAG and nothing more. */
bool der_only(struct span der, enum der_tag tag, struct span *ret_contents);

/* Like der_take, but only an element of type TAG. */
bool der_take_tag(struct span *in, enum der_tag tag, struct span *ret_contents);

#endif
