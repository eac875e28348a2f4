/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The C library's heap. */
#ifndef BASE_HEAP_H
#define BASE_HEAP_H

/* Once, before there are threads: what is large does not go among what is
 * small, so that it can be given back when it is freed. */
void heap_setup(void);

/* Give the system back what is free, after much was freed: glibc keeps it, for
 * each thread that allocates apart. */
void heap_trim(void);

#endif
