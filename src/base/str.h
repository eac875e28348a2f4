/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Text: building it, and making other people's text safe to show. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdarg.h>

#include "base/bytes.h"

/* A string that grows.  {0} is empty.  A failed allocation is remembered and
 * shows when the string is taken, so that the steps need no checks. */
struct strbuf {
    char *text;
    size_t len;
    size_t size;
    bool failed;
};

void strbuf_clear(struct strbuf *b);
#define AUTO_STRBUF AUTO(strbuf_clear) struct strbuf

void strbuf_putc(struct strbuf *b, char c);
void strbuf_puts(struct strbuf *b, const char *s);
void strbuf_put(struct strbuf *b, const char *s, size_t len);
void strbuf_printf(struct strbuf *b, const char *format, ...) PRINTF_LIKE(2, 3);
void strbuf_vprintf(struct strbuf *b, const char *format, va_list args)
    PRINTF_LIKE(2, 0);

/* The text, the caller's to free; B is empty afterwards. */
NODISCARD gpg_error_t strbuf_take(struct strbuf *b, char **ret);

/* A fixed-size text field of PKCS#11 (blank-padded, or NUL-terminated as some
 * modules do it) as a string of its own: up to the first NUL, trailing blanks
 * removed.  The bytes may be anything but NUL.  NULL if out of memory. */
char *str_from_field(const unsigned char *field, size_t size);

/* TEXT for people: valid UTF-8 stays, control characters and bytes that are
 * not UTF-8 become '?'.  The caller frees it; NULL if out of memory. */
char *str_printable(struct span text);

/* TEXT as a value of an Assuan status line: blank as '+', and '%', '+', '"',
 * control and non-UTF-8 bytes as %XX.  Clients undo it. */
void strbuf_put_status(struct strbuf *b, struct span text);

/* Compare and copy; NULL is not a string here. */
/* The first MAX bytes of TEXT, which is UTF-8, or less: no character is cut. */
struct span str_cut(const char *text, size_t max);

bool str_equal(const char *a, const char *b);
bool str_equal_nocase(const char *a, const char *b);
bool str_has_prefix(const char *s, const char *prefix);
NODISCARD gpg_error_t str_copy(const char *s, char **ret);

#endif
