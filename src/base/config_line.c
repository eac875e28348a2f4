/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The lines of a configuration file as keys and values. */
#include "base/config_line.h"

#include <string.h>

void config_line_clear(struct config_line *line)
{
    free(line->key);
    free(line->value);
    *line = (struct config_line){0};
}

/* A carriage return is blank so that files with CRLF can be read. */
static bool is_blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static struct span trim(struct span s)
{
    while (s.len > 0 && is_blank(s.data[0]))
        s = span_skip(s, 1);
    while (s.len > 0 && is_blank(s.data[s.len - 1]))
        s.len--;
    return s;
}

/* A '#' inside a word is part of it: file names may contain it. */
static struct span without_comment(struct span s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.data[i] == '#' && (i == 0 || is_blank(s.data[i - 1])))
            return span_make(s.data, i);
    return s;
}

static gpg_error_t copy(struct span s, char **ret)
{
    char *text = strndup((const char *)s.data, s.len);

    if (text == NULL)
        return gpg_error_from_syserror();
    *ret = text;
    return 0;
}

/* The rest of the line that begins TEXT; TEXT begins with the next one. */
static struct span take_until_newline(struct span *text)
{
    const uint8_t *end = memchr(text->data, '\n', text->len);
    struct span s = *text;

    if (end == NULL) {
        *text = span_skip(*text, text->len);
        return s;
    }
    s.len = (size_t)(end - s.data);
    *text = span_skip(*text, s.len + 1);
    return s;
}

gpg_error_t config_line_take(struct span *text, struct config_line *line)
{
    const struct span byte_order_mark = span_str("\xEF\xBB\xBF");
    unsigned number = line->number + 1;
    struct span s = {0};
    size_t key_len = 0;
    gpg_error_t err = 0;

    config_line_clear(line);
    line->number = number;
    if (number == 1 && span_has_prefix(*text, byte_order_mark))
        *text = span_skip(*text, byte_order_mark.len);
    if (text->len == 0)
        return 0;
    s = take_until_newline(text);
    if (s.len > CONFIG_LINE_MAX) {
        line->problem = "the line is longer than 65536 bytes: shorten it";
        return 0;
    }
    if (memchr(s.data, '\0', s.len) != NULL) {
        line->problem = "the line contains a NUL byte: save the file as plain "
                        "text in UTF-8";
        return 0;
    }
    s = trim(without_comment(s));
    while (key_len < s.len && !is_blank(s.data[key_len]) &&
           s.data[key_len] != '#')
        key_len++;
    if (key_len < s.len && s.data[key_len] == '#')
        s.len = key_len;
    if (key_len == 0)
        return 0;
    err = copy(span_make(s.data, key_len), &line->key);
    s = trim(span_skip(s, key_len));
    if (err == 0 && s.len != 0)
        err = copy(s, &line->value);
    return err;
}
