/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What all unit tests need: cmocka, and a few checks of our own types. */
#ifndef UNIT_H
#define UNIT_H

/* cmocka.h needs the others before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <stdio.h>
#include <string.h>

#include "base/bytes.h"

#define N_ELEMENTS(array) (sizeof(array) / sizeof(array)[0])

/* ERR is success; ERR has this code (the source does not matter). */
#define assert_ok(err)                                    \
    do {                                                  \
        gpg_error_t err_ = (err);                         \
        if (err_ != 0)                                    \
            fail_msg("%s: %s", #err, gpg_strerror(err_)); \
    } while (0)
#define assert_code(err, code)                                   \
    do {                                                         \
        gpg_error_t err_ = (err);                                \
        if (gpg_err_code(err_) != (code))                        \
            fail_msg("%s: %s, not %s", #err, gpg_strerror(err_), \
                     gpg_strerror(code));                        \
    } while (0)

#define assert_span(actual, text, text_len)                     \
    do {                                                        \
        struct span span_ = (actual);                           \
        assert_int_equal(span_.len, (text_len));                \
        if (span_.len != 0)                                     \
            assert_memory_equal(span_.data, (text), span_.len); \
    } while (0)

/* A source of numbers that are the same in each run. */
struct dice {
    uint64_t state;
};

static inline unsigned dice_roll(struct dice *dice, unsigned n)
{
    dice->state = dice->state * 6364136223846793005U + 1442695040888963407U;
    return (unsigned)(dice->state >> 33) % n;
}

#endif
