/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A table from strings to pointers. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <gpg-error.h>
#include <stddef.h>

#include "base/cleanup.h"

struct map_entry {
    const char *key;
    void *value;
};

/* {0} is empty.  Neither keys nor values are the map's own. */
struct map {
    struct map_entry *entries; /* open addressing */
    size_t size;               /* a power of two, or 0 */
    size_t n;
};

void map_clear(struct map *map);

/* Add KEY; if it is there already, the older value stays. */
NODISCARD gpg_error_t map_add(struct map *map, const char *key, void *value);

/* NULL if KEY is not there. */
void *map_get(const struct map *map, const char *key);

#endif
