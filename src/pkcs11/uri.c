/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* URIs of PKCS#11 (RFC 7512): which tokens and keys one of them means. */
#include "pkcs11/uri.h"

#include <p11-kit/uri.h>
#include <string.h>

#include "base/str.h"

struct uri {
    P11KitUri *parsed;
};

static struct uri *uri_new(void)
{
    struct uri *uri = calloc(1, sizeof *uri);

    if (uri == NULL)
        return NULL;
    uri->parsed = p11_kit_uri_new();
    if (uri->parsed != NULL)
        return uri;
    free(uri);
    return NULL;
}

gpg_error_t uri_parse(const char *text, struct uri **ret)
{
    AUTO_URI *uri = uri_new();
    int rc = P11_KIT_URI_NO_MEMORY;

    if (uri != NULL)
        rc = p11_kit_uri_parse(text, P11_KIT_URI_FOR_ANY, uri->parsed);
    if (rc == P11_KIT_URI_NO_MEMORY)
        return gpg_error(GPG_ERR_ENOMEM);
    if (rc != P11_KIT_URI_OK)
        return gpg_error(GPG_ERR_INV_VALUE);
    *ret = TAKE(uri);
    return 0;
}

void uri_free(struct uri *uri)
{
    if (uri == NULL)
        return;
    p11_kit_uri_free(uri->parsed);
    free(uri);
}

/* Blanks from the first NUL on: some modules end their texts with one, and
 * p11-kit compares all bytes of a field. */
static void pad(unsigned char *field, size_t size)
{
    unsigned char *end = memchr(field, '\0', size);

    if (end != NULL)
        memset(end, ' ', size - (size_t)(end - field));
}

#define PAD(field) pad(field, sizeof(field))

static bool matches_slot(const struct uri *uri, const CK_SLOT_INFO *info)
{
    CK_SLOT_INFO padded = *info;

    PAD(padded.slotDescription);
    PAD(padded.manufacturerID);
    return p11_kit_uri_match_slot_info(uri->parsed, &padded) == 1;
}

static bool matches_token(const struct uri *uri, const CK_TOKEN_INFO *info)
{
    CK_TOKEN_INFO padded = *info;

    PAD(padded.label);
    PAD(padded.manufacturerID);
    PAD(padded.model);
    PAD(padded.serialNumber);
    return p11_kit_uri_match_token_info(uri->parsed, &padded) == 1;
}

static bool matches_library(const struct uri *uri, const CK_INFO *info)
{
    CK_INFO padded = *info;

    PAD(padded.manufacturerID);
    PAD(padded.libraryDescription);
    return p11_kit_uri_match_module_info(uri->parsed, &padded) == 1;
}

bool uri_matches_token(const struct uri *uri, CK_SLOT_ID slot,
                       const CK_SLOT_INFO *slot_info,
                       const CK_TOKEN_INFO *token_info,
                       const CK_INFO *module_info)
{
    const CK_SLOT_ID wanted_slot = p11_kit_uri_get_slot_id(uri->parsed);

    return p11_kit_uri_any_unrecognized(uri->parsed) == 0 &&
           (wanted_slot == (CK_SLOT_ID)-1 || wanted_slot == slot) &&
           (slot_info == NULL || matches_slot(uri, slot_info)) &&
           (token_info == NULL || matches_token(uri, token_info)) &&
           (module_info == NULL || matches_library(uri, module_info));
}

bool uri_names_slot(const struct uri *uri)
{
    const CK_SLOT_INFO *info = p11_kit_uri_get_slot_info(uri->parsed);

    return info->slotDescription[0] != '\0' || info->manufacturerID[0] != '\0';
}

/* Is FILE that file, or in that folder? */
static bool is_at(const char *path, const char *file)
{
    size_t len = strlen(path);

    while (len > 1 && path[len - 1] == '/')
        len--;
    return strncmp(path, file, len) == 0 &&
           (file[len] == '\0' ||
            (file[len] == '/' && strchr(file + len + 1, '/') == NULL));
}

/* Is NAME the name of FILE, without "lib" and what follows a dot? */
static bool is_named(const char *name, const char *file)
{
    const char *slash = strrchr(file, '/');
    const char *base = slash != NULL ? slash + 1 : file;
    const size_t len = strlen(name);

    if (str_has_prefix(base, "lib") && !str_has_prefix(name, "lib"))
        base += strlen("lib");
    return strncmp(base, name, len) == 0 &&
           (base[len] == '\0' || base[len] == '.');
}

bool uri_matches_module(const struct uri *uri, const char *file,
                        const CK_INFO *info)
{
    const char *path = p11_kit_uri_get_module_path(uri->parsed);
    const char *name = p11_kit_uri_get_module_name(uri->parsed);

    return matches_library(uri, info) && (path == NULL || is_at(path, file)) &&
           (name == NULL || is_named(name, file));
}

/* Does it speak of private keys only? */
static bool wants_private_key(const struct uri *uri)
{
    const CK_ATTRIBUTE *class =
        p11_kit_uri_get_attribute(uri->parsed, CKA_CLASS);
    const CK_OBJECT_CLASS private_key = CKO_PRIVATE_KEY;

    return class != NULL && class->ulValueLen == sizeof private_key &&
           memcmp(class->pValue, &private_key, sizeof private_key) == 0;
}

static CK_ATTRIBUTE text_attribute(CK_ATTRIBUTE_TYPE type,
                                   const struct bytes *value)
{
    /* An empty text equals another one, but not NULL. */
    static char empty[] = "";

    return (CK_ATTRIBUTE){type, value->len != 0 ? (void *)value->data : empty,
                          value->len};
}

bool uri_matches_object(const struct uri *uri, const struct object *object,
                        bool private_hidden)
{
    static const CK_OBJECT_CLASS classes[] = {
        [OBJECT_PUBLIC_KEY] = CKO_PUBLIC_KEY,
        [OBJECT_PRIVATE_KEY] = CKO_PRIVATE_KEY,
        [OBJECT_CERTIFICATE] = CKO_CERTIFICATE,
    };
    CK_OBJECT_CLASS class = private_hidden && wants_private_key(uri)
                                ? CKO_PRIVATE_KEY
                                : classes[object->class];
    const CK_ATTRIBUTE attributes[] = {
        {CKA_CLASS, &class, sizeof class},
        text_attribute(CKA_LABEL, &object->label),
        text_attribute(CKA_ID, &object->id),
    };

    return p11_kit_uri_match_attributes(uri->parsed, attributes,
                                        sizeof attributes /
                                            sizeof attributes[0]) == 1;
}

const char *uri_pin_source(const struct uri *uri)
{
    return p11_kit_uri_get_pin_source(uri->parsed);
}
