/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Byte strings: owned (struct bytes) and borrowed (struct span). */
#include "base/bytes.h"

#include <stdatomic.h>
#include <string.h>

#include "base/secret.h"

/* What stands before the bytes.  They are aligned as its members are: modules
 * write numbers into them. */
struct head {
    _Atomic size_t references;
    uint8_t data[];
};

static struct head *head_of(const struct bytes *b)
{
    return (struct head *)(void *)(b->data - offsetof(struct head, data));
}

void bytes_clear(struct bytes *b)
{
    if (b->data != NULL && atomic_fetch_sub(&head_of(b)->references, 1) == 1) {
        secret_wipe(b->data, b->len);
        free(head_of(b));
    }
    *b = (struct bytes){0};
}

static gpg_error_t allocate(size_t len, uint8_t **ret_data)
{
    struct head *head = calloc(1, sizeof *head + (len != 0 ? len : 1));

    if (head == NULL)
        return gpg_error_from_syserror();
    atomic_init(&head->references, 1);
    *ret_data = head->data;
    return 0;
}

gpg_error_t bytes_alloc(struct bytes *b, size_t len)
{
    uint8_t *data = NULL;
    gpg_error_t err = allocate(len, &data);

    if (err != 0)
        return err;
    bytes_clear(b);
    *b = (struct bytes){data, len};
    return 0;
}

gpg_error_t bytes_set(struct bytes *b, struct span s)
{
    struct bytes fresh = {0};
    gpg_error_t err = bytes_alloc(&fresh, s.len);

    if (err != 0)
        return err;
    if (s.len != 0)
        memcpy(fresh.data, s.data, s.len);
    bytes_clear(b);
    *b = fresh;
    return 0;
}

gpg_error_t bytes_append(struct bytes *b, struct span s)
{
    struct bytes fresh = {0};
    gpg_error_t err = bytes_alloc(&fresh, b->len + s.len);

    if (err != 0)
        return err;
    if (b->len != 0)
        memcpy(fresh.data, b->data, b->len);
    if (s.len != 0)
        memcpy(fresh.data + b->len, s.data, s.len);
    bytes_clear(b);
    *b = fresh;
    return 0;
}

struct bytes bytes_take(struct bytes *b)
{
    struct bytes taken = *b;

    *b = (struct bytes){0};
    return taken;
}

struct bytes bytes_share(const struct bytes *b)
{
    if (b->data != NULL)
        atomic_fetch_add(&head_of(b)->references, 1);
    return *b;
}

bool bytes_is_shared(const struct bytes *b)
{
    return b->data != NULL && atomic_load(&head_of(b)->references) > 1;
}

gpg_error_t bytes_share_part(struct bytes *b, const struct bytes *whole,
                             struct span part)
{
    struct bytes shared = {0};

    if (part.data != whole->data || part.len != whole->len)
        return bytes_set(b, part);
    shared = bytes_share(whole);
    bytes_clear(b);
    *b = shared;
    return 0;
}

struct span span_str(const char *s)
{
    return span_make(s, strlen(s));
}

bool span_equal(struct span a, struct span b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

bool span_has_prefix(struct span s, struct span prefix)
{
    return s.len >= prefix.len &&
           span_equal(span_make(s.data, prefix.len), prefix);
}

struct span span_strip_zeros(struct span number)
{
    while (number.len > 0 && number.data[0] == 0)
        number = span_skip(number, 1);
    return number;
}

gpg_error_t bytes_from_number(struct bytes *ret, struct span number, size_t len)
{
    AUTO_BYTES fixed = {0};
    struct span digits = span_strip_zeros(number);
    gpg_error_t err = 0;

    if (digits.len > len)
        return gpg_error(GPG_ERR_TOO_LARGE);
    err = bytes_alloc(&fixed, len);
    if (err != 0)
        return err;
    if (digits.len != 0)
        memcpy(fixed.data + len - digits.len, digits.data, digits.len);
    bytes_clear(ret);
    *ret = bytes_take(&fixed);
    return 0;
}
