/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Where a configuration is from: its files, and the place of each value. */
#include "base/config_origins.h"

#include "base/str.h"

static void clear_origin(struct config_origin *origin)
{
    free(origin->provider);
    free(origin->place);
    *origin = (struct config_origin){0};
}

void config_origins_clear(struct config_origins *origins)
{
    for (size_t i = 0; i < origins->n_files; i++)
        free(origins->files[i].name);
    for (size_t i = 0; i < origins->n; i++)
        clear_origin(&origins->list[i]);
    free(origins->list);
    *origins = (struct config_origins){0};
}

static gpg_error_t make_room(struct config_origins *origins)
{
    const size_t size = origins->size != 0 ? 2 * origins->size : 16;
    struct config_origin *list = NULL;

    if (origins->n < origins->size)
        return 0;
    list = realloc(origins->list, size * sizeof *list);
    if (list == NULL)
        return gpg_error_from_syserror();
    origins->list = list;
    origins->size = size;
    return 0;
}

gpg_error_t config_origins_add(struct config_origins *origins,
                               const struct config_keyword *keyword,
                               const char *provider, const char *place,
                               bool refused)
{
    struct config_origin *fresh = NULL;
    gpg_error_t err = make_room(origins);

    if (err != 0)
        return err;
    fresh = &origins->list[origins->n];
    *fresh = (struct config_origin){.keyword = keyword, .refused = refused};
    err = str_copy(place, &fresh->place);
    if (err == 0 && provider != NULL)
        err = str_copy(provider, &fresh->provider);
    if (err == 0)
        origins->n++;
    else
        clear_origin(fresh);
    return err;
}

gpg_error_t config_origins_rename(struct config_origins *origins,
                                  const char *from, const char *to)
{
    gpg_error_t err = 0;

    for (size_t i = 0; err == 0 && i < origins->n; i++) {
        struct config_origin *origin = &origins->list[i];
        char *name = NULL;

        if (origin->provider == NULL || !str_equal(origin->provider, from))
            continue;
        err = str_copy(to, &name);
        if (err != 0)
            continue;
        free(origin->provider);
        origin->provider = name;
    }
    return err;
}

void config_origins_forget(struct config_origins *origins,
                           const struct config_keyword *keyword)
{
    size_t kept = 0;

    for (size_t i = 0; i < origins->n; i++)
        if (origins->list[i].keyword == keyword)
            clear_origin(&origins->list[i]);
        else
            origins->list[kept++] = origins->list[i];
    origins->n = kept;
}

gpg_error_t config_origins_add_file(struct config_origins *origins,
                                    const char *name, gpg_error_t err,
                                    const struct config_result *result)
{
    struct config_file file = {.err = err, .result = *result};

    if (origins->n_files == CONFIG_MAX_FILES)
        return gpg_error(GPG_ERR_TOO_MANY);
    file.name = str_printable(span_str(name));
    if (file.name == NULL)
        return gpg_error(GPG_ERR_ENOMEM);
    origins->files[origins->n_files++] = file;
    return 0;
}

void config_origins_correct(struct config_origins *origins, gpg_error_t err)
{
    if (origins->n_files != 0)
        origins->files[origins->n_files - 1].err = err;
}

unsigned config_origins_errors(const struct config_origins *origins)
{
    unsigned n = 0;

    for (size_t i = 0; i < origins->n_files; i++)
        n += origins->files[i].result.n_errors;
    return n;
}

gpg_error_t config_origins_unreadable(const struct config_origins *origins)
{
    for (size_t i = 0; i < origins->n_files; i++)
        if (origins->files[i].err != 0 &&
            gpg_err_code(origins->files[i].err) != GPG_ERR_ENOENT)
            return origins->files[i].err;
    return 0;
}

static bool same_provider(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : str_equal(a, b);
}

const struct config_origin *
config_origins_next(const struct config_origins *origins,
                    const struct config_keyword *keyword, const char *provider,
                    const struct config_origin *after)
{
    size_t first = after != NULL ? (size_t)(after - origins->list) + 1 : 0;

    for (size_t i = first; i < origins->n; i++)
        if (origins->list[i].keyword == keyword &&
            same_provider(origins->list[i].provider, provider))
            return &origins->list[i];
    return NULL;
}
