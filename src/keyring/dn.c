/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Distinguished names as libksba writes them (RFC 2253). */
#include "keyring/dn.h"

#include <string.h>

#include "base/hex.h"
#include "base/str.h"

/* The end of the part that begins at P: its ',' or '+', or the NUL. */
static const char *end_of_part(const char *p)
{
    bool quoted = false;

    for (; *p != '\0'; p++) {
        if (*p == '\\' && p[1] != '\0')
            p++;
        else if (*p == '"')
            quoted = !quoted;
        else if (!quoted && (*p == ',' || *p == '+'))
            break;
    }
    return p;
}

/* What the text from P to END stands for (RFC 2253, section 4). */
static void unescape(const char *p, const char *end, struct strbuf *text)
{
    for (; p < end; p++) {
        if (*p == '"')
            continue;
        if (*p != '\\' || end - p < 2) {
            strbuf_putc(text, *p);
        } else if (end - p > 2 && hex_digit(p[1]) >= 0 &&
                   hex_digit(p[2]) >= 0) {
            strbuf_putc(text, (char)(hex_digit(p[1]) << 4 | hex_digit(p[2])));
            p += 2;
        } else {
            strbuf_putc(text, *++p);
        }
    }
}

gpg_error_t dn_common_name(const char *dn, char **ret)
{
    static const char key[] = "CN=";
    AUTO_STRBUF name = {0};

    for (const char *p = dn; *p != '\0';) {
        const char *end = end_of_part(p);

        /* '#' begins a value that is no text. */
        if (str_has_prefix(p, key) && p[sizeof key - 1] != '#') {
            unescape(p + sizeof key - 1, end, &name);
            break;
        }
        p = *end != '\0' ? end + 1 : end;
    }
    if (name.failed)
        return gpg_error(GPG_ERR_ENOMEM);
    *ret = str_printable(name.text != NULL ? span_make(name.text, name.len)
                                           : span_str(""));
    return *ret != NULL ? 0 : gpg_error(GPG_ERR_ENOMEM);
}
