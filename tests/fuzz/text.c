/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Bytes that grow, and lists of words. */
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *grow(void *old, size_t size)
{
    void *p = realloc(old, size);

    if (p == NULL) {
        fputs("fuzz: out of memory\n", stderr);
        exit(1);
    }
    return p;
}

void text_insert(struct text *text, size_t at, const char *data, size_t len)
{
    if (text->size - text->len < len) {
        text->size = 2 * text->size + len + 64;
        text->data = grow(text->data, text->size);
    }
    if (len == 0)
        return;
    memmove(text->data + at + len, text->data + at, text->len - at);
    memcpy(text->data + at, data, len);
    text->len += len;
}

void text_add(struct text *text, const char *data, size_t len)
{
    text_insert(text, text->len, data, len);
}

void text_puts(struct text *text, const char *string)
{
    text_add(text, string, strlen(string));
}

void text_putc(struct text *text, char c)
{
    text_add(text, &c, 1);
}

void text_remove(struct text *text, size_t at, size_t len)
{
    if (len == 0)
        return;
    memmove(text->data + at, text->data + at + len, text->len - at - len);
    text->len -= len;
}

void text_free(struct text *text)
{
    free(text->data);
    *text = (struct text){0};
}

void words_add(struct words *words, const char *word, size_t len)
{
    char *copy = NULL;

    for (size_t i = 0; i < words->n; i++)
        if (strlen(words->list[i]) == len &&
            memcmp(words->list[i], word, len) == 0)
            return;
    copy = grow(NULL, len + 1);
    memcpy(copy, word, len);
    copy[len] = '\0';
    words->list = grow(words->list, (words->n + 1) * sizeof *words->list);
    words->list[words->n++] = copy;
}

void words_free(struct words *words)
{
    for (size_t i = 0; i < words->n; i++)
        free(words->list[i]);
    free(words->list);
    *words = (struct words){0};
}
