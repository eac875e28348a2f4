/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Scope-bound cleanup: values that free themselves when they go out of scope.
 *
 * A type with an AUTO_... macro is declared with it and always initialised:
 *
 *     AUTO_BYTES sig = {0};
 *
 * Early returns are then the only error path a function needs. */
#ifndef BASE_CLEANUP_H
#define BASE_CLEANUP_H

#include <stdlib.h>

#define AUTO(destructor) __attribute__((cleanup(destructor)))
#define NODISCARD __attribute__((warn_unused_result))
#define PRINTF_LIKE(format_arg, first_arg) \
    __attribute__((format(printf, format_arg, first_arg)))

/* Hand the pointer in variable P on to somebody else: the value of P, which
 * is NULL afterwards so that its destructor has nothing to do. */
#define TAKE(p)                     \
    (__extension__({                \
        __typeof__(p) taken_ = (p); \
        (p) = NULL;                 \
        taken_;                     \
    }))

static inline void cleanup_free(void *p)
{
    free(*(void **)p);
}

#define AUTO_FREE AUTO(cleanup_free)

#endif
