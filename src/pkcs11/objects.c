/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The objects of a token as plain structs. */
#include "pkcs11/objects.h"

void object_clear(struct object *o)
{
    bytes_clear(&o->id);
    bytes_clear(&o->label);
    bytes_clear(&o->modulus);
    bytes_clear(&o->exponent);
    bytes_clear(&o->ec_params);
    bytes_clear(&o->ec_point);
    bytes_clear(&o->spki);
    bytes_clear(&o->start_date);
    bytes_clear(&o->certificate);
}

void object_list_clear(struct object_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        object_clear(&list->objects[i]);
    free(list->objects);
    *list = (struct object_list){0};
}
