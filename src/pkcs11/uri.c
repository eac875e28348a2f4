/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* URIs of PKCS#11 (RFC 7512): which tokens one of them means. */
#include "pkcs11/uri.h"

#include <p11-kit/uri.h>
#include <string.h>

struct uri {
    P11KitUri *parsed;
};

gpg_error_t uri_parse(const char *text, struct uri **ret)
{
    AUTO_URI *uri = calloc(1, sizeof *uri);
    int rc = P11_KIT_URI_NO_MEMORY;

    if (uri == NULL)
        return gpg_error_from_syserror();
    uri->parsed = p11_kit_uri_new();
    if (uri->parsed != NULL)
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

bool uri_matches_token(const struct uri *uri, CK_SLOT_ID slot,
                       const CK_SLOT_INFO *slot_info,
                       const CK_TOKEN_INFO *token_info,
                       const CK_INFO *module_info)
{
    const CK_SLOT_ID wanted_slot = p11_kit_uri_get_slot_id(uri->parsed);
    CK_SLOT_INFO padded_slot = *slot_info;
    CK_TOKEN_INFO padded_token = *token_info;
    CK_INFO padded_module = *module_info;

    PAD(padded_slot.slotDescription);
    PAD(padded_slot.manufacturerID);
    PAD(padded_token.label);
    PAD(padded_token.manufacturerID);
    PAD(padded_token.model);
    PAD(padded_token.serialNumber);
    PAD(padded_module.manufacturerID);
    PAD(padded_module.libraryDescription);
    return (wanted_slot == (CK_SLOT_ID)-1 || wanted_slot == slot) &&
           p11_kit_uri_match_slot_info(uri->parsed, &padded_slot) == 1 &&
           p11_kit_uri_match_token_info(uri->parsed, &padded_token) == 1 &&
           p11_kit_uri_match_module_info(uri->parsed, &padded_module) == 1;
}

const char *uri_pin_source(const struct uri *uri)
{
    return p11_kit_uri_get_pin_source(uri->parsed);
}
