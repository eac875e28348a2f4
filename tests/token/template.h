/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Attribute templates that grow, and CKA_ID values typed in hex. */
#ifndef TOKEN_TEMPLATE_H
#define TOKEN_TEMPLATE_H

#include "module.h"

/* What the attributes point to must outlive the template. */
struct template
{
    CK_ATTRIBUTE attributes[24];
    CK_ULONG n;
};

struct id {
    unsigned char bytes[128];
    size_t len;
};

void template_add(struct template *t, CK_ATTRIBUTE_TYPE type, const void *value,
                  size_t len);
void template_add_bool(struct template *t, CK_ATTRIBUTE_TYPE type, bool value);

/* Dies with a usage message if TEXT is not hex.  "" is the empty ID. */
struct id id_parse(const char *text);

#endif
