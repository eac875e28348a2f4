/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The two ways in which gnupg-pkcs11-scd 0.10 spells any bytes in an id. */
#include "keyring/identity_text.h"

#include <string.h>

#include "base/hex.h"

static bool is_alnum(uint8_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z');
}

static bool is_one_of(uint8_t c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static void put_upstream(struct strbuf *b, const char *field)
{
    struct span bytes = span_str(field);

    for (size_t i = 0; i < bytes.len; i++) {
        uint8_t c = bytes.data[i];

        if (is_alnum(c) || is_one_of(c, "_=^~"))
            strbuf_putc(b, (char)c);
        else
            strbuf_printf(b, "\\x%02X", (unsigned)c);
    }
}

void identity_text_put_uri(struct strbuf *b, struct span bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        uint8_t c = bytes.data[i];

        if (is_alnum(c) || is_one_of(c, "_-."))
            strbuf_putc(b, (char)c);
        else
            strbuf_printf(b, "%%%02x", (unsigned)c);
    }
}

gpg_error_t identity_text_upstream_id(const struct token_names *names,
                                      char **ret)
{
    AUTO_STRBUF id = {0};

    put_upstream(&id, names->manufacturer);
    strbuf_putc(&id, '/');
    put_upstream(&id, names->model);
    strbuf_putc(&id, '/');
    put_upstream(&id, names->serial);
    strbuf_putc(&id, '/');
    put_upstream(&id, names->label);
    return strbuf_take(&id, ret);
}

gpg_error_t identity_text_uri_id(const struct token_names *names, char **ret)
{
    AUTO_STRBUF id = {0};

    strbuf_puts(&id, "pkcs11:model=");
    identity_text_put_uri(&id, span_str(names->model));
    strbuf_puts(&id, ";token=");
    identity_text_put_uri(&id, span_str(names->label));
    strbuf_puts(&id, ";manufacturer=");
    identity_text_put_uri(&id, span_str(names->manufacturer));
    strbuf_puts(&id, ";serial=");
    identity_text_put_uri(&id, span_str(names->serial));
    return strbuf_take(&id, ret);
}

/* TEXT without its escapes: INTRO and two hex digits each.  The first
 * character of INTRO stands for nothing else. */
static gpg_error_t unescape(struct span text, const char *intro,
                            struct bytes *ret)
{
    const size_t intro_len = strlen(intro);
    AUTO_BYTES plain = {0};
    size_t n = 0;
    gpg_error_t err = bytes_alloc(&plain, text.len);

    if (err != 0)
        return err;
    for (; text.len > 0; n++) {
        int high = -1;
        int low = -1;

        if (text.data[0] != (uint8_t)intro[0]) {
            plain.data[n] = text.data[0];
            text = span_skip(text, 1);
            continue;
        }
        if (text.len < intro_len + 2 || !span_has_prefix(text, span_str(intro)))
            return gpg_error(GPG_ERR_INV_ID);
        high = hex_digit((char)text.data[intro_len]);
        low = hex_digit((char)text.data[intro_len + 1]);
        if (high < 0 || low < 0)
            return gpg_error(GPG_ERR_INV_ID);
        plain.data[n] = (uint8_t)(high << 4 | low);
        text = span_skip(text, intro_len + 2);
    }
    return bytes_set(ret, span_make(plain.data, n));
}

gpg_error_t identity_text_from_upstream(struct span field, struct bytes *ret)
{
    return unescape(field, "\\x", ret);
}

gpg_error_t identity_text_from_uri(struct span value, struct bytes *ret)
{
    /* RFC 7512, 2.3: pk11-pchar without the characters of pct-encoded. */
    for (size_t i = 0; i < value.len; i++)
        if (!is_alnum(value.data[i]) &&
            !is_one_of(value.data[i], "-._~:[]@!$'()*+,=&%"))
            return gpg_error(GPG_ERR_INV_ID);
    return unescape(value, "%", ret);
}

gpg_error_t identity_text_field(struct span bytes, char **ret)
{
    char *field = NULL;

    if (bytes.len != 0 && memchr(bytes.data, '\0', bytes.len) != NULL)
        return gpg_error(GPG_ERR_INV_ID);
    field = strndup(bytes.len != 0 ? (const char *)bytes.data : "", bytes.len);
    if (field == NULL)
        return gpg_error_from_syserror();
    *ret = field;
    return 0;
}
