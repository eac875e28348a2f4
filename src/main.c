/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The daemon: everything started in order, and stopped in reverse. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "background.h"
#include "base/clock.h"
#include "base/config_dump.h"
#include "base/heap.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/version.h"
#include "environment.h"
#include "gpgconf.h"
#include "options.h"
#include "process.h"
#include "server/listener.h"
#include "server/private_socket.h"
#include "settings.h"

/* A module that has not finished by then does not keep us. */
#define END_MS 3000
/* Nor does anything else. */
#define END_SECONDS 10

/* The orderly end, in a thread of its own: what it waits for may hang. */
struct ending {
    struct listener *listener;
    pthread_mutex_t lock; /* of the next */
    pthread_cond_t changed;
    bool is_over;
    bool is_complete;
};

static gpg_error_t read_anew(void *context, const struct config *old,
                             struct config *ret)
{
    gpg_error_t err = settings_read_anew(context, old, ret);

    if (err == 0)
        environment_check(ret);
    return err;
}

static gpg_error_t open_socket(const struct options *options,
                               struct private_socket *ret)
{
    return private_socket_open(
        options->has_uid_acl ? options->uid_acl : geteuid(), ret);
}

/* Serve who started us, and others. */
static gpg_error_t serve_pipe(const struct options *options,
                              struct listener *listener)
{
    struct private_socket socket = {.fd = -1};
    int in = -1;
    int out = -1;
    gpg_error_t err = process_take_stdio(&in, &out);

    if (err == 0 && options->mode == RUN_MULTI_SERVER &&
        (open_socket(options, &socket) != 0 ||
         listener_serve_socket(listener, &socket) != 0))
        log_error("no socket: only one client can be served at a time");
    return err != 0 ? err : listener_serve_pipe(listener, in, out);
}

/* Where nobody asked for a log (WANTS_LOG), nobody misses it. */
static gpg_error_t detach(bool wants_log)
{
    if (wants_log && log_place() == LOG_ON_STDERR)
        log_warning("a daemon in the background has no standard error: its log "
                    "ends here; name a file with --log-file");
    return background_detach();
}

/* Serve on the socket alone, out of sight.  Its place may be named relative to
 * the working directory, which is left, with the terminal that hears what is
 * wrong with the place. */
static gpg_error_t serve_background(const struct options *options,
                                    bool wants_log, struct listener *listener,
                                    struct background *background)
{
    struct private_socket socket = {.fd = -1};
    gpg_error_t err = open_socket(options, &socket);

    if (err != 0)
        return err;
    err = options->no_detach ? 0 : detach(wants_log);
    if (err != 0) {
        private_socket_remove(&socket);
        private_socket_close(&socket);
        return err;
    }
    err = listener_serve_socket(listener, &socket);
    if (err == 0 && options->command != NULL)
        err = background_watch(background);
    return err != 0
               ? err
               : background_ready(background, listener_socket_name(listener));
}

/* Serve until it is time to end. */
static gpg_error_t serve(const struct options *options, bool wants_log,
                         struct listener *listener,
                         struct background *background)
{
    int signal_number = 0;
    gpg_error_t err =
        options->mode == RUN_DAEMON
            ? serve_background(options, wants_log, listener, background)
            : serve_pipe(options, listener);

    if (err != 0) {
        log_error("cannot serve: %s", gpg_strerror(err));
        return err;
    }
    log_verbose("version %s, ready", SCD_VERSION);
    while ((signal_number = process_wait()) == SIGUSR1)
        listener_reload(listener);
    if (signal_number != 0)
        log_verbose("ending on signal %d", signal_number);
    else
        log_verbose("ending: who started us left, or a client asked for it");
    return 0;
}

static void *run_ending(void *context)
{
    struct ending *ending = context;
    bool complete = listener_stop(ending->listener);

    (void)pthread_mutex_lock(&ending->lock);
    ending->is_over = true;
    ending->is_complete = complete;
    (void)pthread_cond_signal(&ending->changed);
    (void)pthread_mutex_unlock(&ending->lock);
    return NULL;
}

/* Stop LISTENER.  False: something hangs, and the process can only be left as
 * it is; the log says what. */
static bool stop(struct listener *listener)
{
    static struct ending ending = {.lock = PTHREAD_MUTEX_INITIALIZER};
    const struct timespec until = clock_after_ms(END_MS);
    pthread_t thread;
    int rc = 0;
    bool is_over = false;
    bool is_complete = false;

    clock_init_cond(&ending.changed);
    ending.listener = listener;
    if (pthread_create(&thread, NULL, run_ending, &ending) != 0)
        return listener_stop(listener);
    (void)pthread_mutex_lock(&ending.lock);
    while (!ending.is_over && rc != ETIMEDOUT)
        rc = pthread_cond_timedwait(&ending.changed, &ending.lock, &until);
    is_over = ending.is_over;
    is_complete = ending.is_complete;
    (void)pthread_mutex_unlock(&ending.lock);
    /* It may come to its end just now: nothing is freed by it. */
    if (!is_over)
        listener_log_calls(listener);
    if (is_complete)
        (void)pthread_join(thread, NULL);
    return is_complete;
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
static int run(struct options *options, struct background *background)
{
    const struct listener_caller caller = {
        .end = process_end, .read = read_anew, .context = options};
    AUTO_CONFIG config = {0};
    struct listener *listener = NULL;
    bool wants_log = false;
    gpg_error_t err = 0;

    process_hold_reload();
    process_harden();
    config_init(&config);
    /* The file may be one that the shell has open for us: --options <(...) */
    err = settings_read(options, &config);
    process_close_inherited(background->report_fd);
    if (err == 0)
        err = secret_setup();
    if (err == 0 && options->mode == RUN_DUMP_CONFIG)
        return dump_config(&config);
    settings_open_log(&config);
    if (err != 0) {
        background_failed(background, err);
        return EXIT_FAILURE;
    }
    environment_set(&config);
    process_block_signals();
    wants_log = config.verbose || config.debug || config.log_file != NULL;
    err = listener_new(&config, &caller, &listener);
    if (err == 0)
        err = serve(options, wants_log, listener, background);
    background_failed(background, err);
    listener_hide(listener);
    process_end_within(END_SECONDS);
    if (!stop(listener))
        _exit(err == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
    listener_free(listener);
    return err == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    struct options options = {0};
    struct background background = {.report_fd = -1};
    int status = EXIT_FAILURE;

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
    if (options.mode == RUN_DAEMON &&
        !background_start(&options, &background, &status))
        return status;
    return run(&options, &background);
}
