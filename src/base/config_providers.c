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

/* The one provider that has a library but is not in "providers", NULL if there
 * is none or more of them. */
static struct config_draft *find_stray(struct config_providers *p)
{
    struct config_draft *found = NULL;

    for (size_t i = 0; i < p->n_drafts; i++) {
        struct config_draft *draft = &p->drafts[i];

        if (draft->in_names || draft->provider.library == NULL)
            continue;
        if (found != NULL)
            return NULL;
        found = draft;
    }
    return found;
}

/* For 0.10, lines before "providers" that spoke of a provider not in it were
 * those of the first in it.  So they are here, if it is clear which are meant:
 * of one provider, for one that no line speaks of. */
static gpg_error_t adopt(struct config_providers *p, struct config *config,
                         struct config_report *report)
{
    struct config_draft *stray = find_stray(p);
    struct config_draft *bare = NULL;
    char *name = NULL;

    for (size_t i = 0; stray != NULL && i < p->n_drafts; i++) {
        if (!p->drafts[i].in_names || p->drafts[i].seen != 0 ||
            p->drafts[i].library_refused)
            continue;
        if (bare != NULL)
            return 0;
        bare = &p->drafts[i];
    }
    if (bare == NULL)
        return 0;
    config_report_notice(report, stray->line,
                         "there is no provider '%s': its lines are taken for "
                         "those of '%s', which has none; write '%s' in them",
                         config_report_show(stray->provider.name).text,
                         config_report_show(bare->provider.name).text,
                         config_report_show(bare->provider.name).text);
    name = TAKE(bare->provider.name);
    bare->provider = stray->provider;
    bare->provider.name = name;
    bare->seen = stray->seen;
    name = TAKE(stray->provider.name);
    stray->provider = (struct provider_config){.name = name};
    stray->in_names = stray->listed = true;
    return config_origins_rename(&config->origins, stray->provider.name,
                                 bare->provider.name);
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

/* The next name of the list REST, false if there is none; REST goes on behind
 * it.  Was there a comma before it? */
static bool take_name(const char **rest, struct span *ret_name, bool *ret_comma)
{
    static const char separators[] = ", \t\r";
    const size_t gap = strspn(*rest, separators);
    const size_t len = strcspn(*rest + gap, separators);

    *ret_comma = memchr(*rest, ',', gap) != NULL;
    *ret_name = span_make(*rest + gap, len);
    *rest += gap + len;
    return len != 0;
}

/* A draft for each name of "providers", whether lines speak of it or not. */
static gpg_error_t mark_names(struct config_providers *p)
{
    const char *rest = p->names;
    struct span name = {0};
    bool comma = false;
    gpg_error_t err = 0;

    while (err == 0 && take_name(&rest, &name, &comma)) {
        struct config_draft *draft = NULL;

        err = config_providers_draft(p, name, p->names_line, &draft);
        if (err == 0)
            draft->in_names = true;
    }
    return gpg_err_code(err) == GPG_ERR_TOO_MANY ? 0 : err;
}

/* Take NAMES apart. */
static gpg_error_t add_names(struct config_providers *p,
                             struct config_report *report)
{
    const char *rest = p->names;
    struct span name = {0};
    bool comma = false;
    gpg_error_t err = 0;

    p->items = calloc(CONFIG_MAX_PROVIDERS, sizeof *p->items);
    if (p->items == NULL)
        return gpg_error_from_syserror();
    while (err == 0 && !p->full && take_name(&rest, &name, &comma)) {
        AUTO_FREE char *shown = str_printable(name);

        if (p->named && !comma && shown != NULL)
            config_report_error(report, p->names_line,
                                "there is no comma before '%s': separate the "
                                "names in 'providers' with commas",
                                config_report_show(shown).text);
        err = add_name(p, name, report);
        p->named = true;
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
    gpg_error_t err = 0;

    if (p->names != NULL) {
        err = mark_names(p);
        if (err == 0)
            err = adopt(p, config, report);
        if (err == 0)
            err = add_names(p, report);
    }
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
        free(config->provider_names);
        config->provider_names = TAKE(p->names);
        p->n_items = 0;
    }
    return 0;
}
