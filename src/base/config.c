/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The configuration: its life, and how a file sets it. */
#include "base/config.h"

#include <string.h>

#include "base/bytes.h"
#include "base/config_keyword.h"
#include "base/config_line.h"
#include "base/config_old.h"
#include "base/config_providers.h"
#include "base/config_report.h"
#include "base/str.h"

#define MAX_FILE_SIZE ((size_t)1024 * 1024)

struct reader {
    struct config *config;
    struct config_report report;
    uint64_t seen; /* a bit for each keyword that was set */
    struct config_providers providers;
};

static void reader_clear(struct reader *r)
{
    config_providers_clear(&r->providers);
}

static void close_stream(FILE **stream)
{
    if (*stream != NULL)
        (void)fclose(*stream);
}

void config_list_clear(struct config_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->items[i]);
    free(list->items);
    *list = (struct config_list){0};
}

bool config_list_is_given(const struct config_list *list)
{
    return list->n != 0 || list->refused;
}

void config_init(struct config *config)
{
    *config = (struct config){
        .pin_cache = -1, .session_timeout = -1, .card_type = CARD_TYPE_AUTO};
}

void config_clear(struct config *config)
{
    config_providers_free(config->providers, config->n_providers);
    free(config->provider_names);
    config_origins_clear(&config->origins);
    config_list_clear(&config->match_uris);
    config_list_clear(&config->pin_sources);
    for (size_t i = 0; i < OPENPGP_SLOTS; i++) {
        free(config->openpgp_grip[i]);
        free(config->openpgp_fpr[i]);
    }
    free(config->log_file);
    free(config->home);
    config_init(config);
}

enum card_type config_card_type(const struct config *config)
{
    if (config->card_type != CARD_TYPE_AUTO)
        return config->card_type;
    for (size_t i = 0; i < OPENPGP_SLOTS; i++)
        if (config->openpgp_grip[i] != NULL)
            return CARD_TYPE_OPENPGP;
    return CARD_TYPE_P15;
}

bool config_wants_registry(const struct config *config)
{
    return (config->n_providers == 0 && !config->providers_named) ||
           config->use_p11_kit;
}

/* The value of LINE is not what KEYWORD expects.  It is not shown
 * where it may be, or have in it, a PIN or another secret. */
static void report_value(struct reader *r, const struct config_line *line,
                         const struct config_keyword *keyword)
{
    if (strstr(line->value, "pin-value") != NULL)
        config_report_error(&r->report, line->number,
                            "'%s' has a PIN in it, which does not belong into "
                            "this file: use 'pin-source'",
                            config_report_show(line->key).text);
    else if (strstr(keyword->name, "pin-source") != NULL ||
             keyword->parse == config_value_env)
        config_report_error(
            &r->report, line->number, "'%s' cannot be that: write %s",
            config_report_show(line->key).text, keyword->expects);
    else
        config_report_error(
            &r->report, line->number, "'%s' cannot be '%s': write %s",
            config_report_show(line->key).text,
            config_report_show(line->value).text, keyword->expects);
}

/* Nothing but KEPT is used of the value of LINE. */
static void report_cut(struct reader *r, const struct config_line *line,
                       const char *kept)
{
    config_report_notice(&r->report, line->number,
                         "'%s' is taken as '%s', not '%s', as release 0.10 "
                         "did: delete the rest",
                         config_report_show(line->key).text,
                         config_report_show(kept).text,
                         config_report_show(line->value).text);
}

/* Parse the value, as 0.10 did if it is no good otherwise. */
static gpg_error_t parse_value(struct reader *r, const struct config_line *line,
                               const struct config_keyword *keyword,
                               void *target)
{
    AUTO_FREE char *old = NULL;
    gpg_error_t err = 0;

    if (line->value == NULL)
        return keyword->parse(NULL, target);
    err = str_copy(line->value, &old);
    if (err != 0)
        return err;
    if (config_old_cut_path(keyword, old)) {
        report_cut(r, line, old);
        return keyword->parse(old, target);
    }
    err = keyword->parse(line->value, target);
    if (gpg_err_code(err) != GPG_ERR_INV_VALUE ||
        !config_old_cut_number(keyword, old))
        return err;
    if (keyword->parse(old, target) != 0)
        return err;
    report_cut(r, line, old);
    return 0;
}

static gpg_error_t parse(struct reader *r, const struct config_line *line,
                         const struct config_keyword *keyword, void *target)
{
    gpg_error_t err = 0;

    if (keyword->expects == NULL && line->value != NULL) {
        config_report_error(&r->report, line->number,
                            "'%s' takes no value: leave out '%s', or delete "
                            "the line if it is not wanted",
                            config_report_show(line->key).text,
                            config_report_show(line->value).text);
        return gpg_error(GPG_ERR_INV_VALUE);
    }
    if (keyword->expects != NULL && line->value == NULL) {
        config_report_error(
            &r->report, line->number, "'%s' needs a value: write %s",
            config_report_show(line->key).text, keyword->expects);
        return gpg_error(GPG_ERR_INV_VALUE);
    }
    err = parse_value(r, line, keyword, target);
    if (gpg_err_code(err) == GPG_ERR_INV_VALUE && line->value != NULL)
        report_value(r, line, keyword);
    else if (gpg_err_code(err) == GPG_ERR_TOO_MANY)
        config_report_error(&r->report, line->number,
                            "there are more than %d lines with '%s': delete "
                            "some",
                            CONFIG_MAX_ITEMS,
                            config_report_show(line->key).text);
    return err;
}

/* LINE was good: tell what is surprising about its effect. */
static void note(struct reader *r, const struct config_line *line,
                 const struct config_keyword *keyword, uint64_t *seen)
{
    const uint64_t bit = (uint64_t)1 << config_keyword_number(keyword);

    if ((*seen & bit) != 0 && keyword->expects != NULL &&
        !config_keyword_is_list(keyword))
        config_report_notice(&r->report, line->number,
                             "'%s' replaces the value of an earlier line",
                             config_report_show(line->key).text);
    *seen |= bit;
}

/* Keep where a value is from, or that a line of a list gave none. */
static gpg_error_t keep_origin(struct reader *r, const struct config_line *line,
                               const struct config_keyword *keyword,
                               const char *provider, bool refused)
{
    AUTO_STRBUF text = {0};
    AUTO_FREE char *place = NULL;
    gpg_error_t err = 0;

    strbuf_printf(&text, "%s:%u", r->report.file, line->number);
    err = strbuf_take(&text, &place);
    if (err != 0)
        return err;
    return config_origins_add(&r->config->origins, keyword, provider, place,
                              refused);
}

/* Store the value of LINE at TARGET, for PROVIDER or NULL.  GPG_ERR_INV_VALUE:
 * it is not what KEYWORD expects, and this was reported. */
static gpg_error_t set(struct reader *r, const struct config_line *line,
                       const struct config_keyword *keyword, void *target,
                       const char *provider, uint64_t *seen)
{
    gpg_error_t err = parse(r, line, keyword, target);
    gpg_error_t keep_err = 0;
    bool refused = err != 0 && config_keyword_is_list(keyword);

    if (refused)
        ((struct config_list *)target)->refused = true;
    else if (err != 0)
        return err;
    else
        note(r, line, keyword, seen);
    keep_err = keep_origin(r, line, keyword, provider, refused);
    return keep_err != 0 ? keep_err : err;
}

static gpg_error_t set_global(struct reader *r, const struct config_line *line,
                              const struct config_keyword *keyword)
{
    return set(r, line, keyword, (char *)r->config + keyword->offset, NULL,
               &r->seen);
}

static gpg_error_t set_names(struct reader *r, const struct config_line *line,
                             const struct config_keyword *keyword)
{
    gpg_error_t err =
        set(r, line, keyword, &r->providers.names, NULL, &r->seen);

    if (err == 0)
        r->providers.names_line = line->number;
    return err;
}

static gpg_error_t set_attribute(struct reader *r,
                                 const struct config_line *line,
                                 const struct config_keyword *keyword,
                                 struct span name)
{
    struct config_draft *draft = NULL;
    gpg_error_t err =
        config_providers_draft(&r->providers, name, line->number, &draft);

    if (gpg_err_code(err) == GPG_ERR_TOO_MANY)
        config_report_error(&r->report, line->number,
                            "'%s' is for one provider too many: delete the "
                            "lines of those that are not in 'providers'",
                            config_report_show(line->key).text);
    if (err != 0)
        return err;
    err = set(r, line, keyword, (char *)&draft->provider + keyword->offset,
              draft->provider.name, &draft->seen);
    if (err != 0 &&
        keyword->offset == offsetof(struct provider_config, library))
        draft->library_refused = true;
    return err;
}

static void report_unknown(struct reader *r, const struct config_line *line)
{
    AUTO_FREE char *meant = config_keyword_suggest(line->key);
    const struct config_shown shown = config_report_show(line->key);

    if (meant != NULL)
        config_report_error(&r->report, line->number,
                            "unknown keyword '%s', did you mean '%s'?",
                            shown.text, config_report_show(meant).text);
    else
        config_report_error(&r->report, line->number,
                            "unknown keyword '%s': delete the line, or look "
                            "the keyword up in gnupg-pkcs11-scd.conf(5)",
                            shown.text);
}

/* Errors: those that make it pointless to go on. */
static gpg_error_t read_line(struct reader *r, const struct config_line *line)
{
    const struct config_keyword *keyword = NULL;
    struct span provider = {0};
    gpg_error_t err = 0;

    if (line->problem != NULL)
        config_report_error(&r->report, line->number, "%s", line->problem);
    if (line->key == NULL)
        return 0;
    keyword = config_keyword_find(line->key, &provider);
    if (keyword == NULL) {
        report_unknown(r, line);
        return 0;
    }
    if (line->value != NULL)
        config_old_cut_comment(keyword, line->value);
    switch (keyword->scope) {
    case CONFIG_SCOPE_GLOBAL:
        err = set_global(r, line, keyword);
        break;
    case CONFIG_SCOPE_PROVIDER:
        err = set_attribute(r, line, keyword, provider);
        break;
    case CONFIG_SCOPE_PROVIDERS:
        err = set_names(r, line, keyword);
        break;
    case CONFIG_SCOPE_REMOVED:
        config_report_notice(
            &r->report, line->number,
            "'%s' does nothing in this version: the line may be deleted",
            config_report_show(line->key).text);
        break;
    }
    if (gpg_err_code(err) == GPG_ERR_INV_VALUE ||
        gpg_err_code(err) == GPG_ERR_TOO_MANY)
        return 0;
    return err;
}

gpg_error_t config_read_stream(struct config *config, FILE *stream,
                               const char *name,
                               struct config_result *ret_result)
{
    AUTO_FREE char *file = str_printable(span_str(name));
    AUTO_BYTES all = {0};
    AUTO_CONFIG_LINE line = {0};
    AUTO(reader_clear)
    struct reader r = {.config = config, .report.file = file};
    struct span text = {0};
    gpg_error_t err = bytes_alloc(&all, MAX_FILE_SIZE + 1);

    if (file == NULL)
        return gpg_error(GPG_ERR_ENOMEM);
    if (err != 0)
        return err;
    text = span_make(all.data, fread(all.data, 1, all.len, stream));
    if (ferror(stream))
        return gpg_error_from_syserror();
    if (text.len > MAX_FILE_SIZE)
        return gpg_error(GPG_ERR_TOO_LARGE);
    while (err == 0 && text.len > 0) {
        err = config_line_take(&text, &line);
        if (err == 0)
            err = read_line(&r, &line);
    }
    if (err == 0)
        err = config_providers_finish(&r.providers, &r.report, config);
    if (err == 0)
        *ret_result = r.report.result;
    return err;
}

static gpg_error_t read_file(struct config *config, const char *file,
                             struct config_result *ret_result)
{
    AUTO(close_stream) FILE *stream = fopen(file, "re");

    if (stream == NULL)
        return gpg_error_from_syserror();
    return config_read_stream(config, stream, file, ret_result);
}

gpg_error_t config_read(struct config *config, const char *file,
                        struct config_result *ret_result)
{
    struct config_result result = {0};
    gpg_error_t err = read_file(config, file, &result);
    gpg_error_t keep_err =
        config_origins_add_file(&config->origins, file, err, &result);

    if (err == 0)
        *ret_result = result;
    return err != 0 ? err : keep_err;
}

gpg_error_t config_from_command_line(struct config *config, const char *keyword)
{
    struct span provider = {0};

    return config_origins_add(&config->origins,
                              config_keyword_find(keyword, &provider), NULL,
                              "command line", false);
}

void config_forget_lines(struct config *config, const char *keyword)
{
    struct span provider = {0};

    config_origins_forget(&config->origins,
                          config_keyword_find(keyword, &provider));
}
