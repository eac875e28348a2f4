/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The C library's heap. */
#include "base/heap.h"

#include <stdlib.h> /* for __GLIBC__ */
#ifdef __GLIBC__
#include <malloc.h>
#endif

#ifdef __GLIBC__
/* glibc's own value, which it raises with each large piece that is freed. */
#define LARGE (128 * 1024)
#endif

void heap_setup(void)
{
#ifdef __GLIBC__
    (void)mallopt(M_MMAP_THRESHOLD, LARGE);
#endif
}

void heap_trim(void)
{
#ifdef __GLIBC__
    (void)malloc_trim(0);
#endif
}
