/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The variables of the environment that modules need. */
#include "environment.h"

#include <errno.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"

/* PROVIDER's value for the name that ITEM begins with: of several lines the
 * last.  NULL if there is none. */
static const char *find_value(const struct provider_config *provider,
                              const char *item)
{
    const size_t len = strcspn(item, "=") + 1;

    for (size_t i = provider->env.n; i > 0; i--)
        if (strncmp(provider->env.items[i - 1], item, len) == 0)
            return provider->env.items[i - 1] + len;
    return NULL;
}

/* The provider before PROVIDER that has another value for ITEM's name. */
static const struct provider_config *
find_rival(const struct config *config, const struct provider_config *provider,
           const char *item)
{
    const char *value = find_value(provider, item);

    for (const struct provider_config *p = config->providers; p < provider;
         p++) {
        const char *other = find_value(p, item);

        if (other != NULL && value != NULL && !str_equal(other, value))
            return p;
    }
    return NULL;
}

static void set_item(const struct config *config,
                     const struct provider_config *provider, const char *item)
{
    const struct provider_config *rival = find_rival(config, provider, item);
    AUTO_FREE char *name = strndup(item, strcspn(item, "="));

    if (name == NULL)
        log_error("provider '%s': out of memory for its environment",
                  provider->name);
    else if (rival != NULL)
        log_error("'provider-%s-env' cannot set %s: 'provider-%s-env' has "
                  "another value, and all modules share one environment",
                  provider->name, name, rival->name);
    else if (setenv(name, item + strlen(name) + 1, 1) != 0)
        log_error("'provider-%s-env' cannot set %s: %s", provider->name, name,
                  gpg_strerror(gpg_error_from_errno(errno)));
}

void environment_set(const struct config *config)
{
    for (size_t i = 0; i < config->n_providers; i++)
        for (size_t j = 0; j < config->providers[i].env.n; j++)
            set_item(config, &config->providers[i],
                     config->providers[i].env.items[j]);
}
