/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One Assuan connection, from hello to bye. */
#include "server/connection.h"

#include <signal.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "base/version.h"
#include "commands/table.h"
#include "server/assuan_io.h"
#include "server/peer.h"
#include "server/prompt.h"

/* OPTION event-signal=N: the signal to send to the client when tokens come or
 * go. */
static gpg_error_t set_event_signal(struct client *client, const char *value)
{
    int number = 0;
    gpg_error_t err = 0;

    for (const char *p = value; *p != '\0'; p++) {
        if (*p < '0' || *p > '9' || number > 1000)
            return client_error(client, GPG_ERR_INV_VALUE,
                                "event-signal takes a signal number");
        number = 10 * number + (*p - '0');
    }
    if (number < 0 || number >= NSIG)
        return client_error(client, GPG_ERR_INV_VALUE,
                            "there is no such signal");
    /* A client that cannot be told still gets its answers. */
    err = events_set_signal(client, assuan_get_pid(client->assuan), number);
    if (err != 0)
        log_verbose("the client's process is not known, it gets no signals: %s",
                    gpg_strerror(err));
    return 0;
}

/* Other options are of no use to us; clients send their display and such. */
static gpg_error_t option_handler(assuan_context_t ctx, const char *name,
                                  const char *value)
{
    return str_equal(name, "event-signal")
               ? set_event_signal(assuan_get_pointer(ctx), value)
               : 0;
}

static gpg_error_t reset_handler(assuan_context_t ctx, char *line)
{
    (void)line;
    client_reset(assuan_get_pointer(ctx));
    return 0;
}

/* Every command goes through here: its handler's answer is logged, what it
 * was sent is not. */
static gpg_error_t dispatch(assuan_context_t ctx, char *line)
{
    const struct command *command = command_find(assuan_get_command_name(ctx));
    gpg_error_t err = gpg_error(GPG_ERR_ASS_UNKNOWN_CMD);

    /* Who sends several commands at once has the answer of one while the next
     * is at the token. */
    assuan_io_flush();
    /* libassuan shows the last text again for an error of the same code. */
    (void)assuan_set_error(ctx, 0, NULL);
    if (command != NULL)
        err = command->handler(ctx, line);
    client_leave_generation(assuan_get_pointer(ctx));
    if (err != 0)
        log_verbose("%s: %s", assuan_get_command_name(ctx), gpg_strerror(err));
    else
        log_debug("%s: OK", assuan_get_command_name(ctx));
    return err;
}

static gpg_error_t register_all(assuan_context_t ctx)
{
    const struct command *command = NULL;
    gpg_error_t err = assuan_register_option_handler(ctx, option_handler);

    if (err == 0)
        err = assuan_register_reset_notify(ctx, reset_handler);
    for (size_t i = 0; err == 0 && (command = command_at(i)) != NULL; i++)
        err = assuan_register_command(ctx, command->name, dispatch,
                                      command->help);
    return err;
}

/* A line longer than Assuan allows is one bad command, not the end: the
 * client gets its error and may go on. */
static gpg_error_t answer_long_line(assuan_context_t ctx)
{
    AUTO_STRBUF buffer = {0};
    AUTO_FREE char *line = NULL;
    gpg_error_t err = assuan_io_skip_line(ctx);

    strbuf_printf(&buffer, "ERR %u %s <SCD>",
                  gpg_error(GPG_ERR_ASS_LINE_TOO_LONG),
                  gpg_strerror(GPG_ERR_ASS_LINE_TOO_LONG));
    if (err == 0)
        err = strbuf_take(&buffer, &line);
    return err != 0 ? err : assuan_write_line(ctx, line);
}

static gpg_error_t process(assuan_context_t ctx)
{
    gpg_error_t err = assuan_process(ctx);

    while (gpg_err_code(err) == GPG_ERR_ASS_LINE_TOO_LONG) {
        err = answer_long_line(ctx);
        if (err == 0)
            err = assuan_process(ctx);
    }
    return gpg_err_code(err) == GPG_ERR_EOF ? 0 : err;
}

/* libassuan knows the client's socket from the greeting on, and closes it then:
 * *SOCKET is -1. */
static gpg_error_t serve(struct client *client, int *socket)
{
    assuan_context_t ctx = client->assuan;
    gpg_error_t err = 0;

    assuan_set_pointer(ctx, client);
    err = assuan_set_hello_line(ctx, "gnupg-pkcs11-scd " SCD_VERSION
                                     " at your service");
    if (err == 0)
        err = register_all(ctx);
    if (err != 0)
        return err;
    *socket = -1;
    err = assuan_accept(ctx);
    return err != 0 ? err : process(ctx);
}

void connection_serve(struct service *service, assuan_context_t ctx, int socket,
                      bool is_primary, bool *ret_ends_daemon)
{
    struct client client = {.service = service,
                            .assuan = ctx,
                            .prompter = prompt_make(ctx, service->stop_fd),
                            .flush = assuan_io_flush,
                            .is_primary = is_primary};
    gpg_error_t err = 0;

    atomic_fetch_add(&service->n_connections, 1);
    err = serve(&client, &socket);
    if (err != 0)
        log_verbose("a connection ended: %s", gpg_strerror(err));
    events_leave(&client);
    assuan_release(ctx);
    if (socket >= 0)
        peer_refuse(socket, gpg_err_code(err), "try again later");
    client_reset(&client);
    atomic_fetch_sub(&service->n_connections, 1);
    *ret_ends_daemon = client.ends_daemon;
}
