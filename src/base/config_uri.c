/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Whether a URI of PKCS#11 (RFC 7512) in the configuration is well formed. */
#include "base/config_uri.h"

#include <p11-kit/uri.h>
#include <string.h>

#include "base/bytes.h"
#include "base/config_value.h"

/* The part of LIST before SEPARATOR, which goes, or all of it. */
static struct span take_part(struct span *list, char separator)
{
    const uint8_t *end = memchr(list->data, separator, list->len);
    struct span part = *list;

    if (end != NULL)
        part.len = (size_t)(end - list->data);
    *list = span_skip(*list, part.len + (end != NULL));
    return part;
}

static struct span name_of(struct span attribute)
{
    return take_part(&attribute, '=');
}

/* p11-kit takes the last of several attributes of one name. */
static bool has_one_twice(struct span path)
{
    while (path.len > 0) {
        const struct span name = name_of(take_part(&path, ';'));
        struct span rest = path;

        while (rest.len > 0)
            if (span_equal(name_of(take_part(&rest, ';')), name))
                return true;
    }
    return false;
}

/* What stands behind the '?' by mistake would limit nothing. */
static bool has_other_query(struct span query)
{
    static const char *const names[] = {"pin-source", "pin-value",
                                        "module-name", "module-path"};

    while (query.len > 0) {
        const struct span name = name_of(take_part(&query, '&'));
        bool known = false;

        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
            known = known || span_equal(name, span_str(names[i]));
        if (!known)
            return true;
    }
    return false;
}

/* NULL if TEXT is not well formed or has a PIN in it. */
static P11KitUri *parse(const char *text)
{
    struct span query = span_str(text);
    struct span path = take_part(&query, '?');
    P11KitUri *uri = NULL;

    (void)take_part(&path, ':');
    if (has_one_twice(path) || has_other_query(query))
        return NULL;
    uri = p11_kit_uri_new();
    if (uri == NULL ||
        (p11_kit_uri_parse(text, P11_KIT_URI_FOR_ANY, uri) == P11_KIT_URI_OK &&
         p11_kit_uri_any_unrecognized(uri) == 0 &&
         p11_kit_uri_get_pin_value(uri) == NULL))
        return uri;
    p11_kit_uri_free(uri);
    return NULL;
}

bool config_uri_is_limit(const char *text)
{
    P11KitUri *uri = parse(text);
    const bool good = uri != NULL && p11_kit_uri_get_pin_source(uri) == NULL;

    p11_kit_uri_free(uri);
    return good;
}

bool config_uri_is_pin_source(const char *text)
{
    P11KitUri *uri = parse(text);
    const char *source = uri != NULL ? p11_kit_uri_get_pin_source(uri) : NULL;
    const bool good = source != NULL && config_value_is_pin_source(source);

    p11_kit_uri_free(uri);
    return good;
}
