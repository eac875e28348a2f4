/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Which tokens and keys of a module are used, as URIs say it. */
#include "pkcs11/selection.h"

_Static_assert(CONFIG_MAX_ITEMS <= 64, "each URI needs a bit");

void selection_clear(struct selection *selection)
{
    for (size_t i = 0; i < selection->n; i++)
        uri_free(selection->uris[i]);
    free(selection->uris);
    *selection = (struct selection){0};
}

gpg_error_t selection_make(const struct config_list *lines, const char *file,
                           const CK_INFO *info, struct selection *ret)
{
    struct selection made = {.is_limited = config_list_is_given(lines)};
    gpg_error_t err = 0;

    made.uris = calloc(lines->n + 1, sizeof(struct uri *));
    if (made.uris == NULL)
        return gpg_error_from_syserror();
    for (size_t i = 0; i < lines->n && err == 0; i++) {
        AUTO_URI *uri = NULL;

        err = uri_parse(lines->items[i], &uri);
        if (err == 0 && uri_matches_module(uri, file, info))
            made.uris[made.n++] = TAKE(uri);
    }
    if (err == 0)
        *ret = made;
    else
        selection_clear(&made);
    return err;
}

static bool is_among(uint64_t among, size_t i)
{
    return (among >> i & 1) != 0;
}

uint64_t selection_match(const struct selection *selection, uint64_t among,
                         CK_SLOT_ID slot, const CK_SLOT_INFO *slot_info,
                         const CK_TOKEN_INFO *token_info)
{
    uint64_t matching = 0;

    if (!selection->is_limited)
        return among;
    for (size_t i = 0; i < selection->n; i++)
        if (is_among(among, i) &&
            uri_matches_token(selection->uris[i], slot, slot_info, token_info,
                              NULL))
            matching |= (uint64_t)1 << i;
    return matching;
}

bool selection_names_slot(const struct selection *selection, uint64_t among)
{
    for (size_t i = 0; i < selection->n; i++)
        if (is_among(among, i) && uri_names_slot(selection->uris[i]))
            return true;
    return false;
}

bool selection_has_object(const struct selection *selection, uint64_t among,
                          const struct object *object, bool private_hidden)
{
    for (size_t i = 0; i < selection->n; i++)
        if (is_among(among, i) &&
            uri_matches_object(selection->uris[i], object, private_hidden))
            return true;
    return !selection->is_limited;
}
