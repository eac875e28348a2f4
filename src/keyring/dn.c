/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Distinguished names: read as libksba writes them (RFC 2253), written as
 * gnupg-pkcs11-scd 0.10 did. */
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

#define MAX_PARTS 64

/* What libksba gives by number, or by another name, as OpenSSL calls it. */
static const struct {
    const char *type;
    const char *name;
} type_names[] = {
    {"STREET", "street"},
    {"2.5.4.4", "SN"},
    {"2.5.4.5", "serialNumber"},
    {"2.5.4.12", "title"},
    {"2.5.4.13", "description"},
    {"2.5.4.15", "businessCategory"},
    {"2.5.4.17", "postalCode"},
    {"2.5.4.41", "name"},
    {"2.5.4.42", "GN"},
    {"2.5.4.43", "initials"},
    {"2.5.4.44", "generationQualifier"},
    {"2.5.4.46", "dnQualifier"},
    {"2.5.4.65", "pseudonym"},
    {"2.5.4.97", "organizationIdentifier"},
    {"1.2.840.113549.1.9.1", "emailAddress"},
    {"1.2.840.113549.1.9.2", "unstructuredName"},
};

static void put_type(struct strbuf *line, struct span type)
{
    for (size_t i = 0; i < sizeof type_names / sizeof type_names[0]; i++)
        if (span_equal(type, span_str(type_names[i].type))) {
            strbuf_puts(line, type_names[i].name);
            return;
        }
    strbuf_put(line, (const char *)type.data, type.len);
}

/* With OpenSSL 3, what separates the parts is marked within them. */
static void put_value(struct strbuf *line, struct span value)
{
    for (size_t i = 0; i < value.len; i++) {
        const uint8_t c = value.data[i];

        if (c == '/' || c == '+')
            strbuf_putc(line, '\\');
        if (c >= ' ' && c <= '~')
            strbuf_putc(line, (char)c);
        else
            strbuf_printf(line, "\\x%02X", c);
    }
}

/* "/type=value" of the part from P to END. */
static void put_part(struct strbuf *line, const char *p, const char *end)
{
    AUTO_STRBUF value = {0};
    const char *equals = memchr(p, '=', (size_t)(end - p));

    if (equals == NULL)
        return;
    strbuf_putc(line, '/');
    put_type(line, span_make(p, (size_t)(equals - p)));
    strbuf_putc(line, '=');
    p = equals + 1;
    if (p < end && *p == '#') {
        /* Of a type that has no name here: the bytes in hex. */
        for (p++; end - p >= 2 && hex_digit(p[0]) >= 0 && hex_digit(p[1]) >= 0;
             p += 2)
            strbuf_putc(&value, (char)(hex_digit(p[0]) << 4 | hex_digit(p[1])));
    } else {
        unescape(p, end, &value);
    }
    line->failed = line->failed || value.failed;
    if (value.text != NULL)
        put_value(line, span_make(value.text, value.len));
}

gpg_error_t dn_one_line(const char *dn, char **ret)
{
    AUTO_STRBUF line = {0};
    const char *begins[MAX_PARTS];
    const char *ends[MAX_PARTS];
    size_t n = 0;

    for (const char *p = dn; *p != '\0' && n < MAX_PARTS; n++) {
        begins[n] = p;
        ends[n] = end_of_part(p);
        p = *ends[n] != '\0' ? ends[n] + 1 : ends[n];
    }
    /* Backwards, but for what stands together with a '+'. */
    while (n > 0) {
        size_t first = n - 1;

        while (first > 0 && *ends[first - 1] == '+')
            first--;
        for (size_t i = first; i < n; i++)
            put_part(&line, begins[i], ends[i]);
        n = first;
    }
    return strbuf_take(&line, ret);
}
