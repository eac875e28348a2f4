/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Text: building it, and making other people's text safe to show. */
#include "base/str.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

void strbuf_clear(struct strbuf *b)
{
    free(b->text);
    *b = (struct strbuf){0};
}

/* Room for LEN more characters and the NUL. */
static bool make_room(struct strbuf *b, size_t len)
{
    size_t size = b->size != 0 ? b->size : 64;
    char *text = NULL;

    if (b->failed)
        return false;
    while (size < b->len + len + 1)
        size *= 2;
    if (size == b->size)
        return true;
    text = realloc(b->text, size);
    if (text == NULL) {
        b->failed = true;
        return false;
    }
    b->text = text;
    b->size = size;
    return true;
}

void strbuf_put(struct strbuf *b, const char *s, size_t len)
{
    if (!make_room(b, len))
        return;
    memcpy(b->text + b->len, s, len);
    b->len += len;
    b->text[b->len] = '\0';
}

void strbuf_putc(struct strbuf *b, char c)
{
    strbuf_put(b, &c, 1);
}

void strbuf_puts(struct strbuf *b, const char *s)
{
    strbuf_put(b, s, strlen(s));
}

void strbuf_vprintf(struct strbuf *b, const char *format, va_list args)
{
    va_list again;
    int len = 0;

    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, args);
    if (len < 0)
        b->failed = true;
    else if (make_room(b, (size_t)len)) {
        (void)vsnprintf(b->text + b->len, (size_t)len + 1, format, again);
        b->len += (size_t)len;
    }
    va_end(again);
}

void strbuf_printf(struct strbuf *b, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    strbuf_vprintf(b, format, args);
    va_end(args);
}

gpg_error_t strbuf_take(struct strbuf *b, char **ret)
{
    strbuf_put(b, "", 0);
    if (b->failed)
        return gpg_error(GPG_ERR_ENOMEM);
    *ret = b->text;
    *b = (struct strbuf){0};
    return 0;
}

char *str_from_field(const unsigned char *field, size_t size)
{
    size_t len = strnlen((const char *)field, size);

    while (len > 0 && field[len - 1] == ' ')
        len--;
    return strndup((const char *)field, len);
}

/* The number of bytes of the well-formed UTF-8 character that TEXT begins
 * with (RFC 3629, section 4), or 0. */
static size_t utf8_length(struct span text)
{
    const uint8_t *p = text.data;
    size_t len = 0;
    uint32_t c = 0;

    if (p[0] < 0x80)
        return 1;
    if (p[0] >= 0xc2 && p[0] < 0xe0) {
        len = 2;
        c = p[0] & 0x1fU;
    } else if (p[0] >= 0xe0 && p[0] < 0xf0) {
        len = 3;
        c = p[0] & 0x0fU;
    } else if (p[0] >= 0xf0 && p[0] < 0xf5) {
        len = 4;
        c = p[0] & 0x07U;
    } else {
        return 0;
    }
    if (text.len < len)
        return 0;
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (p[i] & 0x3fU);
    }
    if ((len == 3 && (c < 0x800 || (c >= 0xd800 && c < 0xe000))) ||
        (len == 4 && (c < 0x10000 || c > 0x10ffff)))
        return 0;
    return len;
}

/* Would the character of LEN bytes at P move the cursor or end a line?  The
 * second half are the C1 controls and the two Unicode line separators. */
static bool is_control(const uint8_t *p, size_t len)
{
    if (len == 1)
        return p[0] < 0x20 || p[0] == 0x7f;
    if (len == 2)
        return p[0] == 0xc2 && p[1] < 0xa0;
    return len == 3 && p[0] == 0xe2 && p[1] == 0x80 &&
           (p[2] == 0xa8 || p[2] == 0xa9);
}

char *str_printable(struct span text)
{
    AUTO_STRBUF out = {0};
    char *printable = NULL;

    while (text.len > 0) {
        size_t len = utf8_length(text);

        if (len == 0 || is_control(text.data, len)) {
            strbuf_putc(&out, '?');
            len = len != 0 ? len : 1;
        } else {
            strbuf_put(&out, (const char *)text.data, len);
        }
        text = span_skip(text, len);
    }
    return strbuf_take(&out, &printable) == 0 ? printable : NULL;
}

void strbuf_put_status(struct strbuf *b, struct span text)
{
    while (text.len > 0) {
        size_t len = utf8_length(text);
        uint8_t c = text.data[0];

        if (c == ' ')
            strbuf_putc(b, '+');
        else if (len == 0 || is_control(text.data, len) || c == '%' ||
                 c == '+' || c == '"')
            for (size_t i = 0; i < (len != 0 ? len : 1); i++)
                strbuf_printf(b, "%%%02X", (unsigned)text.data[i]);
        else
            strbuf_put(b, (const char *)text.data, len);
        text = span_skip(text, len != 0 ? len : 1);
    }
}

struct span str_cut(const char *text, size_t max)
{
    size_t len = strlen(text);

    if (len > max) {
        len = max;
        while (len > 0 && ((uint8_t)text[len] & 0xc0) == 0x80)
            len--;
    }
    return span_make(text, len);
}

bool str_equal(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

bool str_equal_nocase(const char *a, const char *b)
{
    return strcasecmp(a, b) == 0;
}

bool str_has_prefix(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

gpg_error_t str_copy(const char *s, char **ret)
{
    char *copy = strdup(s);

    if (copy == NULL)
        return gpg_error_from_syserror();
    *ret = copy;
    return 0;
}
