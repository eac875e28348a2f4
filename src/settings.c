/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The settings: the configuration file that counts, and what the command line
 * says over it. */
#include "settings.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "base/version.h"

#define CONFIG_NAME "gnupg-pkcs11-scd.conf"

/* NAME from the directory in which we were started. */
static gpg_error_t resolve(const struct options *options, const char *name,
                           char **ret)
{
    AUTO_STRBUF path = {0};

    if (name[0] != '/' && options->directory != NULL)
        strbuf_printf(&path, "%s/", options->directory);
    strbuf_puts(&path, name);
    return strbuf_take(&path, ret);
}

static gpg_error_t find_home(const struct options *options, char **ret)
{
    AUTO_STRBUF home = {0};
    const char *from_env = getenv("GNUPGHOME");
    const char *user_home = getenv("HOME");

    if (options->homedir != NULL)
        return resolve(options, options->homedir, ret);
    if (from_env != NULL && from_env[0] != '\0')
        return resolve(options, from_env, ret);
    if (user_home == NULL || user_home[0] == '\0') {
        const struct passwd *user = getpwuid(getuid());

        user_home = user != NULL ? user->pw_dir : "";
    }
    strbuf_printf(&home, "%s/.gnupg", user_home);
    return strbuf_take(&home, ret);
}

/* False if there is no such file; the log says what else is wrong with it. */
static bool read_if_there(struct config *config, const char *file)
{
    struct config_result result = {0};
    gpg_error_t err = config_read(config, file, &result);

    if (gpg_err_code(err) == GPG_ERR_ENOENT)
        return false;
    if (err != 0) {
        /* It may name providers: then others must not take their place. */
        config->providers_named = true;
        log_error("%s cannot be read, so that no module is loaded: %s", file,
                  gpg_strerror(err));
    }
    return true;
}

/* The user's file or, if there is none, the system's; no file at all is fine.
 * A file with mistakes is used as far as it goes: the log names them. */
static gpg_error_t read_file(const struct options *options,
                             struct config *config)
{
    AUTO_FREE char *file = NULL;
    AUTO_STRBUF name = {0};
    struct config_result result = {0};
    gpg_error_t err = 0;

    if (options->config != NULL) {
        err = resolve(options, options->config, &file);
        if (err == 0)
            err = config_read(config, file, &result);
        if (err != 0)
            log_error("cannot read %s: %s", options->config, gpg_strerror(err));
        return err;
    }
    strbuf_printf(&name, "%s/" CONFIG_NAME, config->home);
    err = strbuf_take(&name, &file);
    if (err != 0)
        return err;
    if (!read_if_there(config, file))
        (void)read_if_there(config, SCD_SYSTEM_CONFIG);
    return 0;
}

/* What the command line says counts. */
static gpg_error_t override(const struct options *options,
                            struct config *config)
{
    const char *name =
        options->log_file != NULL ? options->log_file : config->log_file;
    char *log_file = NULL;
    gpg_error_t err = 0;

    config->verbose = config->verbose || options->verbose;
    config->debug = config->debug || options->debug;
    if (name == NULL)
        return 0;
    err = log_is_file_name(name) ? resolve(options, name, &log_file)
                                 : str_copy(name, &log_file);
    if (err != 0)
        return err;
    free(config->log_file);
    config->log_file = log_file;
    return 0;
}

gpg_error_t settings_read(const struct options *options, struct config *config)
{
    gpg_error_t err = find_home(options, &config->home);

    if (err == 0 && !options->no_config)
        err = read_file(options, config);
    return err != 0 ? err : override(options, config);
}

void settings_open_log(const struct config *config)
{
    gpg_error_t err = 0;

    if (config->debug)
        log_set_level(LOG_LEVEL_DEBUG);
    else if (config->verbose)
        log_set_level(LOG_LEVEL_VERBOSE);
    err = log_open(config->log_file);
    if (err == 0)
        return;
    log_error("cannot write the log to %s: %s; it goes to standard error",
              config->log_file, gpg_strerror(err));
    (void)!log_open(NULL);
}
