/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Byte strings: owned (struct bytes) and borrowed (struct span). */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <gpg-error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

/* Somebody else's bytes, valid as long as their owner keeps them. */
struct span {
    const uint8_t *data;
    size_t len;
};

/* Bytes on the heap, made by the functions below only.  {0} is the empty
 * string. */
struct bytes {
    uint8_t *data;
    size_t len;
};

/* Leaves B empty; wipes and frees what it held if nobody shares it.  Accepts
 * an empty one. */
void bytes_clear(struct bytes *b);
#define AUTO_BYTES AUTO(bytes_clear) struct bytes

/* Each replaces what B held; on failure B is as it was.  The first makes LEN
 * zero bytes. */
NODISCARD gpg_error_t bytes_alloc(struct bytes *b, size_t len);
NODISCARD gpg_error_t bytes_set(struct bytes *b, struct span s);
NODISCARD gpg_error_t bytes_append(struct bytes *b, struct span s);

/* B's bytes, handed on; B is empty afterwards. */
struct bytes bytes_take(struct bytes *b);

/* The same bytes once more, without a copy: nobody changes them any more.  Each
 * of the two is cleared by its own owner, in any thread. */
struct bytes bytes_share(const struct bytes *b);

/* Does somebody share them? */
bool bytes_is_shared(const struct bytes *b);

/* PART of WHOLE: shared if that is all of it, else a copy.  Replaces what B
 * held. */
NODISCARD gpg_error_t bytes_share_part(struct bytes *b,
                                       const struct bytes *whole,
                                       struct span part);

static inline struct span span_of(const struct bytes *b)
{
    return (struct span){b->data, b->len};
}

static inline struct span span_make(const void *data, size_t len)
{
    return (struct span){data, len};
}

/* The bytes of a C string, without its NUL. */
struct span span_str(const char *s);

/* What remains of S after its first N bytes (N at most S.len). */
static inline struct span span_skip(struct span s, size_t n)
{
    return (struct span){s.data + n, s.len - n};
}

bool span_equal(struct span a, struct span b);
bool span_has_prefix(struct span s, struct span prefix);

/* An unsigned big-endian number without its leading zero bytes. */
struct span span_strip_zeros(struct span number);

/* The unsigned big-endian NUMBER as exactly LEN bytes in RET, zero-padded on
 * the left.  GPG_ERR_TOO_LARGE if it does not fit. */
NODISCARD gpg_error_t bytes_from_number(struct bytes *ret, struct span number,
                                        size_t len);

#endif
