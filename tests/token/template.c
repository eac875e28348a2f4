/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Building attribute templates. */
#include "template.h"

#include <stdlib.h>
#include <string.h>

static CK_BBOOL yes = CK_TRUE;
static CK_BBOOL no = CK_FALSE;

void template_add(struct template *t, CK_ATTRIBUTE_TYPE type, const void *value,
                  size_t len)
{
    void *copy = NULL;

    if (t->n == sizeof t->attributes / sizeof *t->attributes)
        die("too many attributes");
    memcpy(&copy, &value, sizeof copy); /* PKCS#11 knows no const */
    t->attributes[t->n++] = (CK_ATTRIBUTE){type, copy, len};
}

void template_add_bool(struct template *t, CK_ATTRIBUTE_TYPE type, bool value)
{
    template_add(t, type, value ? &yes : &no, sizeof yes);
}

struct id id_parse(const char *text)
{
    struct id id = {{0}, 0};
    size_t len = strlen(text);

    if (len % 2 != 0 || len / 2 > sizeof id.bytes ||
        strspn(text, "0123456789abcdefABCDEF") != len)
        die_usage("'%s' is not an ID in hex", text);
    for (; id.len < len / 2; id.len++) {
        char digits[3] = {text[2 * id.len], text[2 * id.len + 1], '\0'};

        id.bytes[id.len] = (unsigned char)strtoul(digits, NULL, 16);
    }
    return id;
}
