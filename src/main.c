/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The daemon: everything started in order, and stopped in reverse. */
#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/config.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/str.h"
#include "base/version.h"
#include "environment.h"
#include "options.h"
#include "process.h"
#include "server/listener.h"

/* A module that has not finished by then does not keep us. */
#define END_SECONDS 10

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
static gpg_error_t read_config(const struct options *options,
                               struct config *config)
{
    AUTO_FREE char *file = NULL;
    AUTO_STRBUF name = {0};
    struct config_result result = {0};
    gpg_error_t err = find_home(options, &config->home);

    if (err != 0)
        return err;
    if (options->config != NULL) {
        err = config_read(config, options->config, &result);
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

/* Where the log goes is in the configuration, whose mistakes go to the log:
 * they have waited for this. */
static void set_up_log(const struct options *options,
                       const struct config *config)
{
    const char *file =
        options->log_file != NULL ? options->log_file : config->log_file;
    gpg_error_t err = 0;

    if (options->debug || config->debug)
        log_set_level(LOG_LEVEL_DEBUG);
    else if (options->verbose || config->verbose)
        log_set_level(LOG_LEVEL_VERBOSE);
    err = log_open(file);
    if (err == 0)
        return;
    log_error("cannot write the log to %s: %s; it goes to standard error", file,
              gpg_strerror(err));
    (void)!log_open(NULL);
}

static gpg_error_t serve(const struct options *options,
                         struct listener *listener)
{
    int in = -1;
    int out = -1;
    int signal_number = 0;
    gpg_error_t err = process_take_stdio(&in, &out);

    if (err == 0 && options->mode == RUN_MULTI_SERVER &&
        listener_open_socket(listener) != 0)
        log_error("no socket: only one client can be served at a time");
    if (err == 0)
        err = listener_serve_pipe(listener, in, out);
    if (err != 0) {
        log_error("cannot serve: %s", gpg_strerror(err));
        return err;
    }
    log_verbose("version %s, ready", SCD_VERSION);
    signal_number = process_wait();
    if (signal_number != 0)
        log_verbose("ending on signal %d", signal_number);
    else
        log_verbose("ending: the client that started us left, or asked for it");
    return 0;
}

int main(int argc, char **argv)
{
    struct options options = {0};
    AUTO_CONFIG config = {0};
    struct listener *listener = NULL;
    gpg_error_t err = 0;

    gpgrt_init();
    if (!options_parse(argc, argv, &options))
        return EXIT_FAILURE;
    process_harden();
    config_init(&config);
    err = read_config(&options, &config);
    set_up_log(&options, &config);
    if (err == 0)
        err = secret_setup();
    if (err != 0)
        return EXIT_FAILURE;
    environment_set(&config);
    process_block_signals();
    err = listener_new(&config, process_end, NULL, &listener);
    if (err == 0)
        err = serve(&options, listener);
    process_end_within(END_SECONDS);
    if (!listener_stop(listener))
        _exit(err == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
    return err == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
