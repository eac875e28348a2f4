/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Dates in the basic format of ISO 8601. */
#include "base/isotime.h"

#include <stdbool.h>
#include <time.h>

#define DATE_LEN 8
#define TIME_LEN 15

/* The number in the LEN digits at TEXT, -1 if they are none. */
static int number(const uint8_t *text, size_t len)
{
    int value = 0;

    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = 10 * value + (text[i] - '0');
    }
    return value;
}

/* timegm(3) makes March of the 31st of February; then that was no date. */
static bool is_same_day(const struct tm *a, const struct tm *b)
{
    return a->tm_year == b->tm_year && a->tm_mon == b->tm_mon &&
           a->tm_mday == b->tm_mday;
}

gpg_error_t isotime_parse(struct span text, uint32_t *ret)
{
    struct tm given = {0};
    struct tm normal = {0};
    time_t seconds = 0;

    if (text.len != DATE_LEN && (text.len != TIME_LEN || text.data[8] != 'T'))
        return gpg_error(GPG_ERR_INV_TIME);
    given.tm_year = number(text.data, 4) - 1900;
    given.tm_mon = number(text.data + 4, 2) - 1;
    given.tm_mday = number(text.data + 6, 2);
    if (text.len == TIME_LEN) {
        given.tm_hour = number(text.data + 9, 2);
        given.tm_min = number(text.data + 11, 2);
        given.tm_sec = number(text.data + 13, 2);
    }
    if (given.tm_year < 70 || given.tm_mon < 0 || given.tm_mday < 1 ||
        given.tm_hour < 0 || given.tm_hour > 23 || given.tm_min < 0 ||
        given.tm_min > 59 || given.tm_sec < 0 || given.tm_sec > 59)
        return gpg_error(GPG_ERR_INV_TIME);
    normal = given;
    seconds = timegm(&normal);
    if (!is_same_day(&given, &normal) || seconds < 0 || seconds > UINT32_MAX)
        return gpg_error(GPG_ERR_INV_TIME);
    *ret = (uint32_t)seconds;
    return 0;
}
