/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A table from strings to pointers. */
#include "base/map.h"

#include <stdint.h>

#include "base/str.h"

void map_clear(struct map *map)
{
    free(map->entries);
    *map = (struct map){0};
}

/* FNV-1a, 64 bits. */
static uint64_t hash(const char *key)
{
    uint64_t h = 0xcbf29ce484222325U;

    for (; *key != '\0'; key++)
        h = (h ^ (uint8_t)*key) * 0x100000001b3U;
    return h;
}

/* Where KEY is, or the free place where it belongs. */
static struct map_entry *place(const struct map *map, const char *key)
{
    size_t i = (size_t)hash(key) & (map->size - 1);

    while (map->entries[i].key != NULL && !str_equal(map->entries[i].key, key))
        i = (i + 1) & (map->size - 1);
    return &map->entries[i];
}

static gpg_error_t grow(struct map *map)
{
    struct map larger = {.size = map->size != 0 ? 2 * map->size : 16};

    larger.entries = calloc(larger.size, sizeof *larger.entries);
    if (larger.entries == NULL)
        return gpg_error_from_syserror();
    for (size_t i = 0; i < map->size; i++)
        if (map->entries[i].key != NULL)
            *place(&larger, map->entries[i].key) = map->entries[i];
    larger.n = map->n;
    map_clear(map);
    *map = larger;
    return 0;
}

gpg_error_t map_add(struct map *map, const char *key, void *value)
{
    struct map_entry *entry = NULL;

    /* A quarter of the places stays free. */
    if (map->n + 1 > map->size - map->size / 4) {
        gpg_error_t err = grow(map);

        if (err != 0)
            return err;
    }
    entry = place(map, key);
    if (entry->key == NULL) {
        *entry = (struct map_entry){key, value};
        map->n++;
    }
    return 0;
}

void *map_get(const struct map *map, const char *key)
{
    return map->size != 0 ? place(map, key)->value : NULL;
}
