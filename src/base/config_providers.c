/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Providers while their configuration is being read. */
#include "base/config_providers.h"

#include <string.h>

#include "base/str.h"

/* Enough for every provider and some that are not in use. */
#define MAX_DRAFTS ((size_t)4 * CONFIG_MAX_PROVIDERS)

static void clear_provider(struct provider_config *provider)
{
    free(provider->name);
    free(provider->library);
    free(provider->init_args);
    free(provider->pin_source);
    config_list_clear(&provider->match_uris);
    config_list_clear(&provider->env);
    *provider = (struct provider_config){0};
}

void config_providers_free(struct provider_config *providers, size_t n)
{
    for (size_t i = 0; i < n; i++)
        clear_provider(&providers[i]);
    free(providers);
}

void config_providers_clear(struct config_providers *p)
{
    for (size_t i = 0; i < p->n_drafts; i++)
        clear_provider(&p->drafts[i].provider);
    free(p->drafts);
    free(p->names);
    config_providers_free(p->items, p->n_items);
    *p = (struct config_providers){0};
}

gpg_error_t config_providers_draft(struct config_providers *p, struct span name,
                                   unsigned line, struct config_draft **ret)
{
    struct config_draft *drafts = NULL;
    struct config_draft fresh = {.line = line};

    for (size_t i = 0; i < p->n_drafts; i++)
        if (span_equal(span_str(p->drafts[i].provider.name), name)) {
            *ret = &p->drafts[i];
            return 0;
        }
    if (p->n_drafts == MAX_DRAFTS)
        return gpg_error(GPG_ERR_TOO_MANY);
    drafts = realloc(p->drafts, (p->n_drafts + 1) * sizeof *drafts);
    if (drafts == NULL)
        return gpg_error_from_syserror();
    p->drafts = drafts;
    fresh.provider.name = strndup((const char *)name.data, name.len);
    if (fresh.provider.name == NULL)
        return gpg_error_from_syserror();
    drafts[p->n_drafts] = fresh;
    *ret = &drafts[p->n_drafts++];
    return 0;
}

/* Make an item of DRAFT, whose values it takes over. */
static gpg_error_t add_item(struct config_providers *p,
                            struct config_draft *draft)
{
    struct provider_config *item = &p->items[p->n_items];
    char *name = NULL;
    gpg_error_t err = str_copy(draft->provider.name, &name);

    if (err != 0)
        return err;
    *item = draft->provider;
    draft->provider = (struct provider_config){.name = name};
    p->n_items++;
    return 0;
}

static gpg_error_t add_name(struct config_providers *p, struct span name,
                            struct config_report *report)
{
    struct config_draft *draft = NULL;
    gpg_error_t err = config_providers_draft(p, name, p->names_line, &draft);

    if (draft != NULL && draft->listed) {
        config_report_error(report, p->names_line,
                            "provider '%s' is named twice: delete one of them",
                            config_report_show(draft->provider.name).text);
        return 0;
    }
    if (p->n_items == CONFIG_MAX_PROVIDERS ||
        gpg_err_code(err) == GPG_ERR_TOO_MANY) {
        config_report_error(report, p->names_line,
                            "there are more than %d providers, those at the "
                            "end are not used: delete some",
                            CONFIG_MAX_PROVIDERS);
        p->full = true;
        return 0;
    }
    if (draft == NULL)
        return err;
    draft->listed = true;
    if (draft->provider.library != NULL)
        return add_item(p, draft);
    if (!draft->library_refused) {
        const struct config_shown shown =
            config_report_show(draft->provider.name);

        config_report_error(report, p->names_line,
                            "provider '%s' has no library: add a line "
                            "'provider-%s-library' with the full path of the "
                            "module",
                            shown.text, shown.text);
    }
    return 0;
}

/* Take NAMES apart. */
static gpg_error_t add_names(struct config_providers *p,
                             struct config_report *report)
{
    static const char separators[] = ", \t\r";
    const char *rest = p->names;
    gpg_error_t err = 0;

    p->items = calloc(CONFIG_MAX_PROVIDERS, sizeof *p->items);
    if (p->items == NULL)
        return gpg_error_from_syserror();
    while (err == 0 && !p->full) {
        size_t gap = strspn(rest, separators);
        size_t len = strcspn(rest + gap, separators);

        if (len == 0)
            break;
        if (p->named && memchr(rest, ',', gap) == NULL)
            config_report_error(report, p->names_line,
                                "there is no comma before '%s': separate the "
                                "names in 'providers' with commas",
                                config_report_show(rest + gap).text);
        err = add_name(p, span_make(rest + gap, len), report);
        p->named = true;
        rest += gap + len;
    }
    if (!p->named)
        config_report_error(report, p->names_line,
                            "'providers' names none: write at least one name, "
                            "or delete the line");
    return err;
}

gpg_error_t config_providers_finish(struct config_providers *p,
                                    struct config_report *report,
                                    struct config *config)
{
    gpg_error_t err = p->names != NULL ? add_names(p, report) : 0;

    if (err != 0)
        return err;
    /* With too many names an unlisted draft may be one of those left out. */
    for (size_t i = 0; i < p->n_drafts && !p->full; i++)
        if (!p->drafts[i].listed)
            config_report_error(
                report, p->drafts[i].line,
                "there is no provider '%s': add the name to the line "
                "'providers', or delete this line",
                config_report_show(p->drafts[i].provider.name).text);
    if (p->names != NULL) {
        config_providers_free(config->providers, config->n_providers);
        config->providers = TAKE(p->items);
        config->n_providers = p->n_items;
        config->providers_named = p->named;
        p->n_items = 0;
    }
    return 0;
}
