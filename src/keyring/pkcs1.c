/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* PKCS#1 v1.5 padding, for tokens that leave it to others (RFC 8017, sections
 * 7.2 and 9.2). */
#include "keyring/pkcs1.h"

#include <string.h>

#define MIN_PADDING 8

gpg_error_t pkcs1_pad_signature(struct span head, struct span data, size_t len,
                                struct bytes *ret)
{
    AUTO_BYTES block = {0};
    const size_t message_len = head.len + data.len;
    gpg_error_t err = 0;

    if (message_len + PKCS1_OVERHEAD > len)
        return gpg_error(GPG_ERR_TOO_LARGE);
    err = bytes_alloc(&block, len);
    if (err != 0)
        return err;
    memset(block.data, 0xff, len - message_len);
    block.data[0] = 0;
    block.data[1] = 1;
    block.data[len - message_len - 1] = 0;
    if (head.len != 0)
        memcpy(block.data + len - message_len, head.data, head.len);
    if (data.len != 0)
        memcpy(block.data + len - data.len, data.data, data.len);
    bytes_clear(ret);
    *ret = bytes_take(&block);
    return 0;
}

/* Who sends many ciphertexts and learns of each whether its padding was right,
 * be it from how long we take, can decrypt with the key (Bleichenbacher 1998).
 * So the code below does the same whatever is in the block: it computes masks,
 * all bits set for "yes" and none for "no", and neither branches on a value of
 * the block nor uses one as an index.  Two things show in the end, as they must
 * in the answer: whether there was a message, and its length. */

/* Keeps the compiler from finding out that a value is a mask and turning what
 * is done with it into a branch. */
static size_t opaque(size_t value)
{
    __asm__("" : "+r"(value));
    return value;
}

static size_t mask_of_top_bit(size_t value)
{
    return opaque(0 - (value >> (8 * sizeof value - 1)));
}

static size_t mask_is_zero(size_t value)
{
    return mask_of_top_bit(~value & (value - 1));
}

/* Both are lengths, so that their difference says it. */
static size_t mask_is_less(size_t a, size_t b)
{
    return mask_of_top_bit(a - b);
}

/* Where the first zero byte after the block type is; RET_FOUND: is there any?
 */
static size_t find_separator(const struct secret *block, size_t *ret_found)
{
    size_t found = 0;
    size_t at = 0;

    for (size_t i = 2; i < block->len; i++) {
        const size_t zero = mask_is_zero(block->data[i]);

        at |= i & zero & ~found;
        found |= zero;
    }
    *ret_found = found;
    return at;
}

/* Move the bytes of BLOCK to the left by N: by each power of two that N has,
 * and by none for each that it has not, which looks the same. */
static void shift_left(struct secret *block, size_t n)
{
    for (size_t step = 1; step < block->len; step *= 2) {
        const size_t take = ~mask_is_zero(n & step);

        for (size_t i = 0; i < block->len; i++) {
            const size_t from =
                i + step < block->len ? block->data[i + step] : 0;

            block->data[i] =
                (uint8_t)((from & take) | (block->data[i] & ~take));
        }
    }
}

gpg_error_t pkcs1_unpad_plaintext(struct secret *block)
{
    size_t good = 0;
    size_t at = 0;

    if (block->len < PKCS1_OVERHEAD) {
        secret_clear(block);
        return gpg_error(GPG_ERR_DECRYPT_FAILED);
    }
    at = find_separator(block, &good);
    good &= mask_is_zero(block->data[0]);
    good &= mask_is_zero(block->data[1] ^ 2U);
    good &= ~mask_is_less(at, 2 + MIN_PADDING);
    shift_left(block, at + 1);
    if (good == 0) {
        secret_clear(block);
        return gpg_error(GPG_ERR_DECRYPT_FAILED);
    }
    secret_truncate(block, block->len - at - 1);
    return 0;
}
