/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The daemon: everything started in order, and stopped in reverse. */
#include <stdlib.h>
#include <unistd.h>

#include "background.h"
#include "base/config_dump.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/version.h"
#include "environment.h"
#include "gpgconf.h"
#include "options.h"
#include "process.h"
#include "server/listener.h"
#include "settings.h"

/* A module that has not finished by then does not keep us. */
#define END_SECONDS 10

static gpg_error_t open_socket(const struct options *options,
                               struct listener *listener)
{
    struct private_socket socket = {.fd = -1};
    gpg_error_t err = private_socket_open(
        options->has_uid_acl ? options->uid_acl : geteuid(), &socket);

    return err != 0 ? err : listener_serve_socket(listener, &socket);
}

/* Serve who started us, and others. */
static gpg_error_t serve_pipe(const struct options *options,
                              struct listener *listener)
{
    int in = -1;
    int out = -1;
    gpg_error_t err = process_take_stdio(&in, &out);

    if (err == 0 && options->mode == RUN_MULTI_SERVER &&
        open_socket(options, listener) != 0)
        log_error("no socket: only one client can be served at a time");
    return err != 0 ? err : listener_serve_pipe(listener, in, out);
}

static gpg_error_t detach(const struct config *config)
{
    /* Where nobody asked for a log, nobody misses it. */
    if (log_place() == LOG_ON_STDERR &&
        (config->verbose || config->debug || config->log_file != NULL))
        log_warning("a daemon in the background has no standard error: its log "
                    "ends here; name a file with --log-file");
    return background_detach();
}

/* Serve on the socket alone, out of sight. */
static gpg_error_t serve_background(const struct options *options,
                                    const struct config *config,
                                    struct listener *listener,
                                    struct background *background)
{
    gpg_error_t err = options->no_detach ? 0 : detach(config);

    if (err == 0)
        err = open_socket(options, listener);
    if (err == 0 && options->command != NULL)
        err = background_watch(background);
    return err != 0
               ? err
               : background_ready(background, listener_socket_name(listener));
}

/* Serve until it is time to end. */
static gpg_error_t serve(const struct options *options,
                         const struct config *config, struct listener *listener,
                         struct background *background)
{
    int signal_number = 0;
    gpg_error_t err =
        options->mode == RUN_DAEMON
            ? serve_background(options, config, listener, background)
            : serve_pipe(options, listener);

    if (err != 0) {
        log_error("cannot serve: %s", gpg_strerror(err));
        return err;
    }
    log_verbose("version %s, ready", SCD_VERSION);
    signal_number = process_wait();
    if (signal_number != 0)
        log_verbose("ending on signal %d", signal_number);
    else
        log_verbose("ending: who started us left, or a client asked for it");
    return 0;
}

/* Nothing but the answer: no module, no socket, no log file. */
static int dump_config(const struct config *config)
{
    gpg_error_t err = 0;

    log_open_plain();
    err = config_dump(config, stdout);
    if (err != 0)
        log_error("cannot write to standard output: %s", gpg_strerror(err));
    return err != 0 || config_has_mistakes(config) ? EXIT_FAILURE
                                                   : EXIT_SUCCESS;
}

/* In the process that serves, or answers from the configuration. */
static int run(const struct options *options, struct background *background)
{
    AUTO_CONFIG config = {0};
    struct listener *listener = NULL;
    gpg_error_t err = 0;

    process_harden(background->report_fd);
    config_init(&config);
    err = secret_setup();
    if (err == 0)
        err = settings_read(options, &config);
    if (err == 0 && options->mode == RUN_DUMP_CONFIG)
        return dump_config(&config);
    settings_open_log(&config);
    if (err != 0) {
        background_failed(background, err);
        return EXIT_FAILURE;
    }
    environment_set(&config);
    process_block_signals();
    err = listener_new(&config, process_end, NULL, &listener);
    if (err == 0)
        err = serve(options, &config, listener, background);
    background_failed(background, err);
    process_end_within(END_SECONDS);
    if (!listener_stop(listener))
        _exit(err == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
    return err == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    struct options options = {0};
    struct background background = {.report_fd = -1};
    int status = EXIT_FAILURE;

    gpgrt_init();
    if (!options_parse(argc, argv, &options))
        return EXIT_FAILURE;
    if (options.mode == RUN_DUMP_OPTIONS)
        return options_dump() ? EXIT_SUCCESS : EXIT_FAILURE;
    if (options.mode == RUN_GPGCONF_LIST)
        return gpgconf_list(&options) ? EXIT_SUCCESS : EXIT_FAILURE;
    if (options.mode == RUN_GPGCONF_TEST)
        return gpgconf_test(&options) ? EXIT_SUCCESS : EXIT_FAILURE;
    if (options.mode == RUN_DAEMON &&
        !background_start(&options, &background, &status))
        return status;
    return run(&options, &background);
}
