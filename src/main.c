/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The daemon: everything started in order, and stopped in reverse. */
#include <stdlib.h>
#include <unistd.h>

#include "base/heap.h"
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

static gpg_error_t open_socket(struct listener *listener)
{
    struct private_socket socket = {.fd = -1};
    gpg_error_t err = private_socket_open(&socket);

    return err != 0 ? err : listener_serve_socket(listener, &socket);
}

static gpg_error_t serve(const struct options *options,
                         struct listener *listener)
{
    int in = -1;
    int out = -1;
    int signal_number = 0;
    gpg_error_t err = process_take_stdio(&in, &out);

    if (err == 0 && options->mode == RUN_MULTI_SERVER &&
        open_socket(listener) != 0)
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

    heap_setup();
    gpgrt_init();
    if (!options_parse(argc, argv, &options))
        return EXIT_FAILURE;
    if (options.mode == RUN_DUMP_OPTIONS)
        return options_dump() ? EXIT_SUCCESS : EXIT_FAILURE;
    if (options.mode == RUN_GPGCONF_LIST)
        return gpgconf_list(&options) ? EXIT_SUCCESS : EXIT_FAILURE;
    if (options.mode == RUN_GPGCONF_TEST)
        return gpgconf_test(&options) ? EXIT_SUCCESS : EXIT_FAILURE;
    process_harden();
    config_init(&config);
    err = settings_read(&options, &config);
    settings_open_log(&config);
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
