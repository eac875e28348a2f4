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

static gpg_error_t find_home(const struct options *options, char **ret)
{
    AUTO_STRBUF home = {0};
    const char *from_env = getenv("GNUPGHOME");
    const char *user_home = getenv("HOME");

    if (options->homedir != NULL) {
        strbuf_puts(&home, options->homedir);
    } else if (from_env != NULL && from_env[0] != '\0') {
        strbuf_puts(&home, from_env);
    } else {
        const struct passwd *user = NULL;

        if (user_home == NULL || user_home[0] == '\0') {
            user = getpwuid(getuid());
            user_home = user != NULL ? user->pw_dir : "";
        }
        strbuf_printf(&home, "%s/.gnupg", user_home);
    }
    return strbuf_take(&home, ret);
}

gpg_error_t settings_file(const struct options *options,
                          const struct config *config, char **ret)
{
    AUTO_STRBUF name = {0};

    if (options->config != NULL)
        return str_copy(options->config, ret);
    strbuf_printf(&name, "%s/" CONFIG_NAME, config->home);
    return strbuf_take(&name, ret);
}

/* False if there is no such file; the log says what else is wrong with it. */
static bool read_if_there(struct config *config, const char *file)
{
    struct config_result result = {0};
    gpg_error_t err = config_read(config, file, &result);

    if (gpg_err_code(err) == GPG_ERR_ENOENT)
        return false;
    config->unreadable = err;
    if (err != 0) {
        /* It may name providers: then others must not take their place. */
        config->providers_named = true;
        config->n_mistakes++;
        config->unreadable = err;
        log_error("%s cannot be read, so that no module is loaded: %s", file,
                  gpg_strerror(err));
    }
    config->n_mistakes += result.n_errors;
    return true;
}

/* The user's file or, if there is none, the system's; no file at all is fine.
 * A file with mistakes is used as far as it goes: the log names them. */
static gpg_error_t read_file(const struct options *options,
                             struct config *config)
{
    AUTO_FREE char *file = NULL;
    struct config_result result = {0};
    gpg_error_t err = settings_file(options, config, &file);

    if (err != 0)
        return err;
    if (options->config != NULL) {
        err = config_read(config, file, &result);
        config->n_mistakes += result.n_errors;
        if (err != 0)
            log_error("cannot read %s: %s", file, gpg_strerror(err));
        return err;
    }
    if (!read_if_there(config, file))
        (void)read_if_there(config, SCD_SYSTEM_CONFIG);
    return 0;
}

/* How much is logged: of the configuration what asks for most, of the command
 * line the last, and --verbose on top. */
static void override_level(const struct options *options, struct config *config)
{
    if (options->has_debug_level) {
        config->verbose = false;
        config->debug = false;
        config->debug_level = options->debug_level;
    }
    config->verbose = config->verbose || options->verbose ||
                      config->debug_level >= LOG_LEVEL_VERBOSE;
    config->debug = config->debug || config->debug_level >= LOG_LEVEL_DEBUG;
}

/* What the command line says counts. */
static gpg_error_t override(const struct options *options,
                            struct config *config)
{
    char *log_file = NULL;
    gpg_error_t err = 0;

    override_level(options, config);
    if (options->log_file == NULL)
        return 0;
    err = str_copy(options->log_file, &log_file);
    if (err != 0)
        return err;
    free(config->log_file);
    config->log_file = log_file;
    return 0;
}

gpg_error_t settings_read(const struct options *options, struct config *config)
{
    gpg_error_t err = 0;

    if (config->home == NULL)
        err = find_home(options, &config->home);
    if (err == 0 && !options->no_config)
        err = read_file(options, config);
    return err != 0 ? err : override(options, config);
}

gpg_error_t settings_read_anew(const struct options *options,
                               const struct config *old, struct config *ret)
{
    /* It does not change, and getpwuid(3) is not for several threads. */
    gpg_error_t err = str_copy(old->home, &ret->home);

    /* It may have been moved away; the mistakes are to be in the new one. */
    settings_open_log(old);
    if (err == 0)
        err = settings_read(options, ret);
    if (err == 0)
        err = ret->unreadable;
    if (err != 0) {
        log_error("the configuration was not read anew: %s; the one from "
                  "before stays in force",
                  gpg_strerror(err));
        return err;
    }
    settings_open_log(ret);
    log_info("the configuration was read anew");
    return 0;
}

void settings_open_log(const struct config *config)
{
    gpg_error_t err = 0;

    if (config->debug)
        log_set_level(LOG_LEVEL_DEBUG);
    else if (config->verbose)
        log_set_level(LOG_LEVEL_VERBOSE);
    else
        log_set_level(LOG_LEVEL_NORMAL);
    err = log_open(config->log_file);
    if (err == 0)
        return;
    log_error("cannot write the log to %s: %s; it goes to standard error",
              config->log_file, gpg_strerror(err));
    (void)!log_open(NULL);
}
