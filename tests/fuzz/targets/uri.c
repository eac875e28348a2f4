/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Target: URIs of PKCS#11. */
#include "pkcs11/uri.h"

#include <string.h>

#include "base/config_uri.h"
#include "target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO_FREE char *text = target_string(data, size);
    AUTO_URI *uri = NULL;
    const CK_SLOT_INFO slot = {0};
    const CK_TOKEN_INFO token = {0};
    const CK_INFO module = {0};
    const struct object object = {0};
    const gpg_error_t err = uri_parse(text, &uri);

    /* What the configuration takes can be used. */
    if (config_uri_is_limit(text) || config_uri_is_pin_source(text))
        TARGET_ASSERT(err == 0);
    if (err != 0)
        return 0;
    (void)uri_matches_token(uri, 1, &slot, &token, &module);
    (void)uri_matches_token(uri, 1, NULL, NULL, NULL);
    (void)uri_names_slot(uri);
    (void)uri_matches_module(uri, "/usr/lib/module.so", &module);
    (void)uri_matches_object(uri, &object, true);
    (void)uri_matches_object(uri, &object, false);
    (void)uri_pin_source(uri);
    return 0;
}
