/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What the configuration says of one token's PIN, login and sessions. */
#include "base/str.h"
#include "pkcs11/call.h"
#include "pkcs11/uri.h"
#include "token/token_private.h"

static const struct provider_config *provider_of(const struct config *config,
                                                 const struct module *module)
{
    for (size_t i = 0; i < config->n_providers; i++)
        if (str_equal(config->providers[i].name, module->name))
            return &config->providers[i];
    return NULL;
}

/* The source of the first line "pin-source" whose URI means this token. */
static gpg_error_t find_by_uri(const struct token *token,
                               const struct config *config,
                               const CK_SLOT_INFO *slot_info, char **ret)
{
    const CK_TOKEN_INFO token_info = token->login.info;
    CK_INFO module_info = {0};

    if (config->pin_sources.n == 0)
        return 0;
    if (call_get_info(token->module, &module_info) != CKR_OK)
        module_info = (CK_INFO){0};
    for (size_t i = 0; i < config->pin_sources.n; i++) {
        AUTO_URI *uri = NULL;
        gpg_error_t err = uri_parse(config->pin_sources.items[i], &uri);

        if (err != 0)
            return err;
        if (uri_matches_token(uri, token->slot, slot_info, &token_info,
                              &module_info))
            return str_copy(uri_pin_source(uri), ret);
    }
    return 0;
}

gpg_error_t token_configure(struct token *token, const struct config *config,
                            const CK_SLOT_INFO *slot_info,
                            struct housekeeping *housekeeping)
{
    const struct provider_config *provider = provider_of(config, token->module);
    AUTO_FREE char *source = NULL;
    gpg_error_t err = find_by_uri(token, config, slot_info, &source);

    if (err == 0 && source == NULL && provider != NULL &&
        provider->pin_source != NULL)
        err = str_copy(provider->pin_source, &source);
    if (err != 0)
        return err;
    token->login.pin_source = TAKE(source);
    token->login.use_cache = config->use_gnupg_pin_cache;
    token_set_idle_limits(token, config->pin_cache, config->session_timeout,
                          housekeeping);
    return 0;
}
