/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* When a key that is not known is a reason to read all tokens again. */
#include "keyring/unknown.h"

#define REST_MS 2000
#define ROW_MS 30000

bool unknown_is_reason(struct unknown_row *row, int64_t now)
{
    const bool is_reason = !row->began || now - row->asked >= REST_MS ||
                           now - row->looked >= ROW_MS;

    row->began = true;
    row->asked = now;
    row->n++;
    if (is_reason) {
        row->looked = now;
        row->n = 0;
    }
    return is_reason;
}

bool unknown_is_reason_to_retry(const struct unknown_row *row)
{
    return (row->n & (row->n - 1)) == 0;
}

void unknown_looked(struct unknown_row *row, int64_t now)
{
    row->asked = now;
    row->looked = now;
}

void unknown_retried(struct unknown_row *row, int64_t now)
{
    row->asked = now;
}
