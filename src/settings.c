/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The settings: the configuration file that counts, and what the command line
 * says over it. */
#include "settings.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/gnupg_dir.h"
#include "base/log.h"
#include "base/str.h"
#include "base/version.h"
#include "writable.h"

#define CONFIG_NAME "gnupg-pkcs11-scd.conf"

/* Where the program was started: what relative names mean, also at a reload,
 * when its current folder may be another one. */
static char start_folder[PATH_MAX];

/* Before anybody changes it. */
static void remember_start(void)
{
    if (start_folder[0] == '\0' &&
        getcwd(start_folder, sizeof start_folder) == NULL)
        start_folder[0] = '\0';
}

/* FOLDER as a full path without a '/' at its end. */
static gpg_error_t full_path(const char *folder, char **ret)
{
    AUTO_STRBUF path = {0};
    size_t len = strlen(folder);

    while (len > 1 && folder[len - 1] == '/')
        len--;
    if (folder[0] != '/' && start_folder[0] != '\0')
        strbuf_printf(&path, "%s%s", start_folder,
                      str_equal(start_folder, "/") ? "" : "/");
    strbuf_put(&path, folder, len);
    return strbuf_take(&path, ret);
}

/* A variable that is set to nothing is one that is not set. */
static const char *if_not_empty(const char *value)
{
    return value != NULL && value[0] != '\0' ? value : NULL;
}

static gpg_error_t find_home(const struct options *options,
                             struct config *config)
{
    AUTO_FREE char *folder = NULL;
    const char *from_env = if_not_empty(getenv("GNUPGHOME"));
    gpg_error_t err = 0;

    if (options->homedir != NULL) {
        config->origins.home = "from --homedir";
        return full_path(options->homedir, &config->home);
    }
    if (from_env != NULL) {
        config->origins.home = "from GNUPGHOME";
        return full_path(from_env, &config->home);
    }
    err = gnupg_dir_standard_home(&folder, &config->origins.home);
    return err != 0 ? err : full_path(folder, &config->home);
}

gpg_error_t settings_file(const struct options *options,
                          const struct config *config, char **ret)
{
    AUTO_STRBUF name = {0};

    if (options->config != NULL)
        return full_path(options->config, ret);
    strbuf_printf(&name, "%s/" CONFIG_NAME, config->home);
    return strbuf_take(&name, ret);
}

/* A link that leads nowhere: to a medium that is not there, for instance. */
static bool is_broken_link(const char *path)
{
    struct stat info = {0};

    return lstat(path, &info) == 0 && stat(path, &info) != 0;
}

/* False if there is no such file, and nothing that stands for it; the log says
 * what else is wrong with it. */
static bool read_if_there(struct config *config, const char *file)
{
    struct config_result result = {0};
    gpg_error_t err = config_read(config, file, &result);

    if (gpg_err_code(err) == GPG_ERR_ENOENT) {
        if (!is_broken_link(file) && !is_broken_link(config->home))
            return false;
        err = gpg_error(GPG_ERR_ENOLINK);
        config_origins_correct(&config->origins, err);
    }
    if (err != 0) {
        /* It may name providers: then others must not take their place. */
        config->providers_named = true;
        log_error("%s cannot be read, so that no module is loaded: %s", file,
                  gpg_strerror(err));
    }
    return true;
}

/* The file of --options and no other. */
static gpg_error_t read_named(const char *file, struct config *config)
{
    struct config_result result = {0};
    gpg_error_t err = config_read(config, file, &result);

    if (err != 0)
        log_error("cannot read %s: %s", file, gpg_strerror(err));
    else
        writable_check(NULL, file);
    return err;
}

/* The user's file or, if there is none, the system's; no file at all is fine.
 * A file with mistakes is used as far as it goes: the log names them. */
static gpg_error_t read_file(const struct options *options,
                             struct config *config)
{
    AUTO_FREE char *file = NULL;
    gpg_error_t err = settings_file(options, config, &file);

    if (err != 0)
        return err;
    if (options->config != NULL)
        return read_named(file, config);
    if (read_if_there(config, file))
        writable_check(config->home, file);
    else if (read_if_there(config, SCD_SYSTEM_CONFIG))
        writable_check(config->home, SCD_SYSTEM_CONFIG);
    else
        writable_check(config->home, NULL);
    return 0;
}

/* How much is logged: of the configuration what asks for most, of the command
 * line the last, and --verbose on top. */
static gpg_error_t override_level(const struct options *options,
                                  struct config *config)
{
    gpg_error_t err = 0;

    if (options->has_debug_level) {
        config->verbose = false;
        config->debug = false;
        config->debug_level = options->debug_level;
        config_forget_lines(config, "verbose");
        config_forget_lines(config, "debug");
        config_forget_lines(config, "debug-all");
        err = config_from_command_line(config, "debug-level");
    }
    if (err == 0 && options->verbose)
        err = config_from_command_line(config, "verbose");
    config->verbose = config->verbose || options->verbose ||
                      config->debug_level >= LOG_LEVEL_VERBOSE;
    config->debug = config->debug || config->debug_level >= LOG_LEVEL_DEBUG;
    return err;
}

/* What the command line says counts. */
static gpg_error_t override(const struct options *options,
                            struct config *config)
{
    char *log_file = NULL;
    gpg_error_t err = 0;

    err = override_level(options, config);
    if (err != 0 || options->log_file == NULL)
        return err;
    err = str_copy(options->log_file, &log_file);
    if (err != 0)
        return err;
    free(config->log_file);
    config->log_file = log_file;
    return config_from_command_line(config, "log-file");
}

gpg_error_t settings_read(const struct options *options, struct config *config)
{
    gpg_error_t err = 0;

    remember_start();
    if (config->home == NULL)
        err = find_home(options, config);
    if (err == 0 && !options->no_config)
        err = read_file(options, config);
    if (err == 0)
        err = override(options, config);
    return err;
}

/* Is FILE one that was open when we were started, and no more?  Its name means
 * a file of ours by now, perhaps one that a client writes to.  To open a FIFO
 * would wait for somebody who writes. */
static bool was_handed_over(const char *file)
{
    struct stat info = {0};

    return str_equal(file, "/dev/stdin") || str_has_prefix(file, "/dev/fd/") ||
           (stat(file, &info) == 0 && S_ISFIFO(info.st_mode));
}

/* Can the file of --options be read another time? */
static gpg_error_t check_named(const struct options *options)
{
    AUTO_FREE char *file = NULL;
    gpg_error_t err = 0;

    if (options->config == NULL)
        return 0;
    err = full_path(options->config, &file);
    if (err != 0 || !was_handed_over(file))
        return err;
    log_error("%s can be read once only: give --options the name of a file",
              file);
    return gpg_error(GPG_ERR_NOT_SUPPORTED);
}

gpg_error_t settings_read_anew(const struct options *options,
                               const struct config *old, struct config *ret)
{
    /* It does not change. */
    gpg_error_t err = str_copy(old->home, &ret->home);

    ret->origins.home = old->origins.home;
    /* It may have been moved away; the mistakes are to be in the new one. */
    settings_open_log(old);
    if (err == 0)
        err = check_named(options);
    if (err == 0)
        err = settings_read(options, ret);
    if (err == 0)
        err = config_origins_unreadable(&ret->origins);
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

/* "socket://" alone is GnuPG's own place for it; a relative name of a file
 * begins where we were started. */
static gpg_error_t expand_log_file(const struct config *config, char **ret)
{
    AUTO_FREE char *directory = NULL;
    AUTO_STRBUF name = {0};
    gpg_error_t err = 0;

    if (log_is_file_name(config->log_file))
        return full_path(config->log_file, ret);
    if (!str_equal(config->log_file, "socket://"))
        return str_copy(config->log_file, ret);
    err = gnupg_dir_of_sockets(config->home, &directory);
    if (err != 0)
        return err;
    strbuf_printf(&name, "socket://%s/S.log", directory);
    return strbuf_take(&name, ret);
}

static const char *why_no_log(const char *name, gpg_error_t err)
{
    if (name != NULL && name[0] == '\0')
        return "the name is empty";
    switch (gpg_err_code(err)) {
    case GPG_ERR_ELOOP:
        return "it is a symbolic link, and none is followed: name the file "
               "itself";
    case GPG_ERR_EPERM:
        return "it belongs to another user, who could read it: name another "
               "one, or remove it";
    default:
        return gpg_strerror(err);
    }
}

void settings_open_log(const struct config *config)
{
    AUTO_FREE char *file = NULL;
    gpg_error_t err = 0;

    log_set_level(config->debug     ? LOG_LEVEL_DEBUG
                  : config->verbose ? LOG_LEVEL_VERBOSE
                                    : LOG_LEVEL_NORMAL);
    if (config->log_file != NULL)
        err = expand_log_file(config, &file);
    if (err == 0)
        err = log_open(file);
    if (err != 0)
        log_error("cannot write the log to %s: %s; it goes here instead",
                  config->log_file != NULL ? config->log_file : "stderr",
                  why_no_log(config->log_file, err));
}
