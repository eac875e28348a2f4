/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* When a key that is not known is a reason to read all tokens again. */
#ifndef KEYRING_UNKNOWN_H
#define KEYRING_UNKNOWN_H

#include <stdbool.h>
#include <stdint.h>

/* Questions for unknown keys that follow one another; {0}: none yet. */
struct unknown_row {
    bool began;
    unsigned n;     /* that were asked since they were read */
    int64_t looked; /* when the tokens were read for it, clock_ms */
    int64_t asked;  /* when the last of them was asked, or answered by that */
};

/* An unknown key is asked for NOW (clock_ms).  Whoever has many keys (ssh, gpg
 * with a large keyring) asks for one after the other: the first of a row is a
 * reason to look, the others are not.  A row ends when nobody asked for two
 * seconds; lest it has no end, there is a look after half a minute. */
bool unknown_is_reason(struct unknown_row *row, int64_t now);

/* It was none: is it one to read those tokens that could not be read?  They may
 * have the key.  Less and less often, since a token may stay so: for the first
 * of them, the second, the fourth, the eighth. */
bool unknown_is_reason_to_retry(const struct unknown_row *row);

/* All tokens were read for the first of these reasons, or some of them for the
 * second, until NOW.  However long it took, it was no time in which nobody
 * asked. */
void unknown_looked(struct unknown_row *row, int64_t now);
void unknown_retried(struct unknown_row *row, int64_t now);

#endif
