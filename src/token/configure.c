/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What the configuration says of one token's PIN, login and sessions. */
#include "base/str.h"
#include "pkcs11/uri.h"
#include "token/token_private.h"

/* The source of the first URI that means this token, else its provider's;
 * NULL: a person is asked. */
static const char *find_source(const struct token *token,
                               const CK_SLOT_INFO *slot_info)
{
    const struct module *module = token->module;
    const CK_TOKEN_INFO info = token->login.info;

    for (size_t i = 0; i < module->pin_sources.n; i++) {
        const struct uri *uri = module->pin_sources.uris[i];

        if (uri_matches_token(uri, token->slot, slot_info, &info, NULL))
            return uri_pin_source(uri);
    }
    return module->provider != NULL ? module->provider->pin_source : NULL;
}

gpg_error_t token_configure(struct token *token, const struct config *config,
                            const CK_SLOT_INFO *slot_info,
                            struct housekeeping *housekeeping)
{
    const char *source = find_source(token, slot_info);
    gpg_error_t err =
        source != NULL ? str_copy(source, &token->login.pin_source) : 0;

    if (err != 0)
        return err;
    token->login.use_cache = config->use_gnupg_pin_cache;
    token_set_idle_limits(token, config->pin_cache, config->session_timeout,
                          housekeeping);
    return 0;
}
