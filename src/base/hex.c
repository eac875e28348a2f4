/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Hexadecimal numbers in text. */
#include "base/hex.h"

#include <string.h>

char *hex_encode(struct span bytes)
{
    static const char digits[] = "0123456789ABCDEF";
    char *text = malloc(2 * bytes.len + 1);

    if (text == NULL)
        return NULL;
    for (size_t i = 0; i < bytes.len; i++) {
        text[2 * i] = digits[bytes.data[i] >> 4];
        text[2 * i + 1] = digits[bytes.data[i] & 15];
    }
    text[2 * bytes.len] = '\0';
    return text;
}

int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

bool hex_is(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (hex_digit(text[i]) < 0)
            return false;
    return text[len] == '\0';
}

gpg_error_t hex_decode_append(const char *text, size_t len, struct bytes *ret)
{
    AUTO_BYTES decoded = {0};
    gpg_error_t err = 0;

    if (len % 2 != 0)
        return gpg_error(GPG_ERR_INV_VALUE);
    err = bytes_alloc(&decoded, len / 2);
    if (err != 0)
        return err;
    for (size_t i = 0; i < decoded.len; i++) {
        int high = hex_digit(text[2 * i]);
        int low = hex_digit(text[2 * i + 1]);

        if (high < 0 || low < 0)
            return gpg_error(GPG_ERR_INV_VALUE);
        decoded.data[i] = (uint8_t)(high << 4 | low);
    }
    return bytes_append(ret, span_of(&decoded));
}
