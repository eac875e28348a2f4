/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What the targets have in common: each reads one kind of input, made by
 * libFuzzer or kept in a file.  What has to be true of its result is asserted
 * with TARGET_ASSERT; a crash is a finding as well. */
#ifndef FUZZ_TARGET_H
#define FUZZ_TARGET_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"

#define TARGET_ASSERT(condition) \
    do {                         \
        if (!(condition))        \
            abort();             \
    } while (0)

/* The entry point of each target; the name is libFuzzer's. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Take a field off INPUT: two bytes for its length, and then what there is of
 * it. */
static inline struct span target_field(struct span *input)
{
    struct span field = {0};
    size_t len = 0;

    if (input->len < 2)
        return field;
    len = (size_t)input->data[0] << 8 | input->data[1];
    input->data += 2;
    input->len -= 2;
    field = span_make(input->data, len < input->len ? len : input->len);
    input->data += field.len;
    input->len -= field.len;
    return field;
}

/* The input as a string, up to its first NUL; to be freed. */
static inline char *target_string(const uint8_t *data, size_t size)
{
    char *string = strndup((const char *)data, size);

    TARGET_ASSERT(string != NULL);
    return string;
}

#endif
