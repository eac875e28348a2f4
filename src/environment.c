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

/* Has ITEM's name another value elsewhere, which counts?  The log says so. */
static bool is_overruled(const struct config *config,
                         const struct provider_config *provider,
                         const char *item, const char *name)
{
    const struct provider_config *rival = find_rival(config, provider, item);

    if (rival != NULL)
        log_error("'provider-%s-env' cannot set %s: 'provider-%s-env' has "
                  "another value, and all modules share one environment",
                  provider->name, name, rival->name);
    return rival != NULL;
}

/* The names of the variables that were set, for the life of the process. */
static char **set_names;
static size_t n_set_names;

static bool note_name(const char *name)
{
    char **names = realloc(set_names, (n_set_names + 1) * sizeof *names);

    if (names == NULL)
        return false;
    set_names = names;
    set_names[n_set_names] = strdup(name);
    n_set_names += set_names[n_set_names] != NULL;
    return true;
}

static void set_item(const struct config *config,
                     const struct provider_config *provider, const char *item)
{
    AUTO_FREE char *name = strndup(item, strcspn(item, "="));

    if (name == NULL || !note_name(name))
        log_error("provider '%s': out of memory for its environment",
                  provider->name);
    else if (!is_overruled(config, provider, item, name) &&
             setenv(name, item + strlen(name) + 1, 1) != 0)
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

static void check_item(const struct config *config,
                       const struct provider_config *provider, const char *item)
{
    AUTO_FREE char *name = strndup(item, strcspn(item, "="));
    const char *value = find_value(provider, item);
    const char *set = name != NULL ? getenv(name) : NULL;

    if (name == NULL || is_overruled(config, provider, item, name) ||
        (set != NULL && value != NULL && str_equal(set, value)))
        return;
    log_warning("'provider-%s-env' has another value for %s now: it counts "
                "when gnupg-pkcs11-scd is started again (gpgconf --kill "
                "scdaemon), as modules are running",
                provider->name, name);
}

static bool is_named(const struct config *config, const char *name)
{
    const size_t len = strlen(name);

    for (size_t i = 0; i < config->n_providers; i++) {
        const struct config_list *env = &config->providers[i].env;

        for (size_t j = 0; j < env->n; j++)
            if (strncmp(env->items[j], name, len) == 0 &&
                env->items[j][len] == '=')
                return true;
    }
    return false;
}

void environment_check(const struct config *config)
{
    for (size_t i = 0; i < config->n_providers; i++)
        for (size_t j = 0; j < config->providers[i].env.n; j++)
            check_item(config, &config->providers[i],
                       config->providers[i].env.items[j]);
    for (size_t i = 0; i < n_set_names; i++)
        if (!is_named(config, set_names[i]))
            log_warning("no 'provider-...-env' has %s any more: it stays in "
                        "the environment until gnupg-pkcs11-scd is started "
                        "again (gpgconf --kill scdaemon)",
                        set_names[i]);
}
