/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Bytes that grow, and lists of words; running out of memory ends the test. */
#ifndef FUZZ_TEXT_H
#define FUZZ_TEXT_H

#include <stddef.h>

/* {0} is empty. */
struct text {
    char *data;
    size_t len;
    size_t size;
};

void text_add(struct text *text, const char *data, size_t len);
void text_puts(struct text *text, const char *string);
void text_putc(struct text *text, char c);
/* Put the LEN bytes of DATA before the byte AT. */
void text_insert(struct text *text, size_t at, const char *data, size_t len);
/* Take LEN bytes away, from the byte AT on. */
void text_remove(struct text *text, size_t at, size_t len);
void text_free(struct text *text);

/* {0} is empty. */
struct words {
    char **list;
    size_t n;
};

/* Add a copy of the LEN bytes at WORD, unless the list has it. */
void words_add(struct words *words, const char *word, size_t len);
void words_free(struct words *words);

#endif
