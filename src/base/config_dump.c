/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The configuration that counts, as a file that says where each value is from.
 */
#include "base/config_dump.h"

#include <string.h>
#include <strings.h>

#include "base/config_keyword.h"
#include "base/config_line.h"
#include "base/str.h"
#include "base/version.h"

/* What stands in a list for a line that could not be used: it cannot either. */
#define REFUSED "?"

/* A keyword, its place, and its value: what one line is made of. */
struct dumped {
    const struct config_keyword *keyword;
    const char *provider; /* the name in it, or NULL */
    const void *target;   /* what holds its value; NULL: nothing, not even the
                             default */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Would the reader find VALUE again in a line of a file?  What the command
 * line says can be any text. */
static bool fits_line(const char *value)
{
    const size_t len = strlen(value);

    if (len == 0 || is_blank(value[0]) || is_blank(value[len - 1]) ||
        strchr(value, '\n') != NULL)
        return false;
    for (size_t i = 0; i < len; i++)
        if (value[i] == '#' && (i == 0 || is_blank(value[i - 1])))
            return false;
    return true;
}

/* Where in VALUE, a source of PINs, the arguments of a command begin, in a URI
 * or not: they may have the PIN in them.  NULL if there are none. */
static const char *find_arguments(const char *value)
{
    const char *attribute = strstr(value, "pin-source=");
    const char *command =
        strstr(attribute != NULL ? attribute : value, "command");

    if (command == NULL)
        return NULL;
    command += strlen("command");
    if (strncasecmp(command, "%3a", 3) == 0)
        command += 3;
    command += strcspn(command, " \t%");
    return command[0] != '\0' ? command : NULL;
}

/* Where what may be secret begins in VALUE, NULL if nothing is. */
static const char *find_secret(const struct config_keyword *keyword,
                               const char *value)
{
    const char *sign = NULL;

    if (keyword->parse == config_value_env) {
        sign = strchr(value, '=');
        return sign != NULL ? sign + 1 : value;
    }
    return keyword->parse == config_value_pin_source ||
                   keyword->parse == config_value_pin_uri
               ? find_arguments(value)
               : NULL;
}

/* The name of KEYWORD with PROVIDER in its place, if there is one. */
static void put_key(struct strbuf *line, const struct dumped *d)
{
    const char *place = strstr(d->keyword->name, "NAME");

    if (place == NULL || d->provider == NULL) {
        strbuf_puts(line, d->keyword->name);
        return;
    }
    strbuf_put(line, d->keyword->name, (size_t)(place - d->keyword->name));
    strbuf_puts(line, d->provider);
    strbuf_puts(line, place + strlen("NAME"));
}

/* One line; the comment goes before it if the reader could not take both. */
static void put_line(FILE *out, const struct dumped *d, bool is_comment,
                     const char *value, const char *comment)
{
    AUTO_STRBUF line = {0};
    AUTO_FREE char *text = NULL;

    strbuf_puts(&line, is_comment ? "#" : "");
    put_key(&line, d);
    if (value[0] != '\0')
        strbuf_printf(&line, " %s", value);
    if (strbuf_take(&line, &text) != 0) {
        (void)fprintf(out, "# out of memory\n");
        return;
    }
    if (strlen(text) + strlen("  # ") + strlen(comment) > CONFIG_LINE_MAX)
        (void)fprintf(out, "# %s\n%s\n", comment, text);
    else
        (void)fprintf(out, "%s  # %s\n", text, comment);
}

/* VALUE of D was set at PLACE. */
static void put_set(FILE *out, const struct dumped *d, const char *value,
                    const char *place)
{
    const char *secret = find_secret(d->keyword, value);
    const bool is_flag = d->keyword->expects == NULL;
    AUTO_STRBUF comment = {0};
    AUTO_STRBUF shown = {0};
    AUTO_FREE char *printable = NULL;

    strbuf_puts(&comment, place);
    if (secret != NULL) {
        strbuf_put(&shown, value, (size_t)(secret - value));
        strbuf_puts(&comment, "; the rest is not shown, it may be secret");
    } else if (is_flag || fits_line(value)) {
        strbuf_puts(&shown, value);
    } else {
        printable = str_printable(span_str(value));
        strbuf_puts(&shown, printable != NULL ? printable : "");
        strbuf_puts(&comment, "; it cannot be written in a file");
    }
    strbuf_puts(&shown, "");
    put_line(out, d, secret != NULL || (!is_flag && !fits_line(value)),
             shown.text != NULL ? shown.text : "",
             comment.text != NULL ? comment.text : "");
}

/* The keyword that sets what KEYWORD sets, if that is another one that a line
 * has. */
static const struct config_keyword *
find_twin(const struct config *config, const struct config_keyword *keyword)
{
    const struct config_keyword *row = NULL;

    for (size_t i = 0; (row = config_keyword_row(i)) != NULL; i++)
        if (row != keyword && row->scope == keyword->scope &&
            keyword->scope == CONFIG_SCOPE_GLOBAL &&
            row->offset == keyword->offset &&
            config_origins_next(&config->origins, row, NULL, NULL) != NULL)
            return row;
    return NULL;
}

/* No line has the keyword of D. */
static void put_default(FILE *out, const struct config *config,
                        const struct dumped *d)
{
    const struct config_keyword *twin = find_twin(config, d->keyword);
    AUTO_STRBUF value = {0};
    AUTO_STRBUF comment = {0};

    strbuf_puts(&value, "");
    if (twin != NULL)
        strbuf_printf(&comment, "the same as %s", twin->name);
    else
        strbuf_puts(&comment, "default");
    if (d->target != NULL && d->keyword->expects != NULL)
        (void)d->keyword->show(config, d->target, 0, &value);
    put_line(out, d, true, value.text != NULL ? value.text : "",
             comment.text != NULL ? comment.text : "");
}

/* All lines of a list, also those that could not be used; of other keywords
 * the one that counts. */
static void put_keyword(FILE *out, const struct config *config,
                        const struct dumped *d)
{
    const struct config_origin *origin = NULL;
    const struct config_origin *last = NULL;
    const bool is_list = config_keyword_is_list(d->keyword);
    size_t i = 0;

    while (d->target != NULL &&
           (origin = config_origins_next(&config->origins, d->keyword,
                                         d->provider, origin)) != NULL) {
        AUTO_STRBUF value = {0};

        last = origin;
        strbuf_puts(&value, "");
        if (origin->refused)
            put_line(out, d, false, REFUSED, origin->place);
        else if (is_list && d->keyword->show(config, d->target, i++, &value))
            put_set(out, d, value.text != NULL ? value.text : "",
                    origin->place);
    }
    if (last == NULL) {
        put_default(out, config, d);
    } else if (!is_list) {
        AUTO_STRBUF value = {0};

        strbuf_puts(&value, "");
        (void)d->keyword->show(config, d->target, 0, &value);
        put_set(out, d, value.text != NULL ? value.text : "", last->place);
    }
}

static void put_provider(FILE *out, const struct config *config,
                         const struct provider_config *provider)
{
    const struct config_keyword *row = NULL;

    (void)fputc('\n', out);
    for (size_t i = 0; (row = config_keyword_row(i)) != NULL; i++) {
        struct dumped d = {.keyword = row};

        if (row->scope != CONFIG_SCOPE_PROVIDER)
            continue;
        if (provider != NULL) {
            d.provider = provider->name;
            d.target = (const char *)provider + row->offset;
        }
        put_keyword(out, config, &d);
    }
}

static void put_file(FILE *out, const struct config_file *file)
{
    if (gpg_err_code(file->err) == GPG_ERR_ENOENT)
        (void)fprintf(out, "# not there: %s\n", file->name);
    else if (file->err != 0)
        (void)fprintf(out, "# cannot be read: %s: %s\n", file->name,
                      gpg_strerror(file->err));
    else
        (void)fprintf(out, "# read: %s, lines that cannot be used: %u\n",
                      file->name, file->result.n_errors);
}

static void put_header(FILE *out, const struct config *config)
{
    const char *home = config->home != NULL ? config->home : "";
    AUTO_FREE char *shown = str_printable(span_str(home));

    (void)fprintf(out,
                  "# The configuration that gnupg-pkcs11-scd %s uses.  What "
                  "nothing was said\n# about is a comment.\n#\n",
                  SCD_VERSION);
    if (shown != NULL && config->home != NULL)
        (void)fprintf(out, "# GnuPG's home: %s (%s)\n", shown,
                      config->origins.home != NULL ? config->origins.home : "");
    for (size_t i = 0; i < config->origins.n_files; i++)
        put_file(out, &config->origins.files[i]);
    if (config->origins.n_files == 0)
        (void)fprintf(out, "# no file was looked for\n");
    (void)fprintf(out, "# the modules of p11-kit's registry: %s\n\n",
                  config_wants_registry(config) ? "used" : "not used");
}

gpg_error_t config_dump(const struct config *config, FILE *out)
{
    const struct config_keyword *row = NULL;

    put_header(out, config);
    for (size_t i = 0; (row = config_keyword_row(i)) != NULL; i++) {
        struct dumped d = {.keyword = row,
                           .target = (const char *)config + row->offset};

        if (row->scope == CONFIG_SCOPE_GLOBAL ||
            row->scope == CONFIG_SCOPE_PROVIDERS)
            put_keyword(out, config, &d);
    }
    for (size_t i = 0; i < config->n_providers; i++)
        put_provider(out, config, &config->providers[i]);
    if (config->n_providers == 0)
        put_provider(out, config, NULL);
    if (fflush(out) != 0 || ferror(out))
        return gpg_error_from_syserror();
    return 0;
}

bool config_has_mistakes(const struct config *config)
{
    return config_origins_unreadable(&config->origins) != 0 ||
           config_origins_errors(&config->origins) != 0;
}
