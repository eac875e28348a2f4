/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Reading the few DER structures that tokens hand out (ITU-T X.690). */
#include "base/der.h"

bool der_take(struct span *in, uint8_t *ret_tag, struct span *ret_contents)
{
    struct span s = *in;
    uint8_t tag = 0;
    size_t len = 0;

    /* X.690, 8.1.2 and 8.1.3: tag numbers below 31, definite lengths. */
    if (s.len < 2 || (s.data[0] & 0x1f) == 0x1f)
        return false;
    tag = s.data[0];
    len = s.data[1];
    s = span_skip(s, 2);
    if (len >= 0x80) {
        size_t n = len & 0x7f;

        if (n == 0 || n > 3 || n > s.len)
            return false;
        len = 0;
        for (size_t i = 0; i < n; i++)
            len = len << 8 | s.data[i];
        s = span_skip(s, n);
    }
    if (len > s.len)
        return false;
    *ret_tag = tag;
    *ret_contents = span_make(s.data, len);
    *in = span_skip(s, len);
    return true;
}

bool der_take_tag(struct span *in, enum der_tag tag, struct span *ret_contents)
{
    struct span rest = *in;
    struct span contents = {0};
    uint8_t found = 0;

    if (!der_take(&rest, &found, &contents) || found != tag)
        return false;
    *in = rest;
    *ret_contents = contents;
    return true;
}

bool der_only(struct span der, enum der_tag tag, struct span *ret_contents)
{
    struct span contents = {0};

    if (!der_take_tag(&der, tag, &contents) || der.len != 0)
        return false;
    *ret_contents = contents;
    return true;
}
