/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* RESTART, DISCONNECT, LOCK, UNLOCK, RELOADCONF, KILLSCD: the session and the
 * daemon. */
#include <errno.h>

#include "base/clock.h"
#include "base/str.h"
#include "commands/args.h"
#include "commands/client.h"
#include "commands/status.h"
#include "commands/table.h"

/* How often a waiting client is told that it still waits. */
#define PROGRESS_MS 1000

static gpg_error_t cmd_restart(assuan_context_t ctx, char *line)
{
    (void)line;
    client_reset(assuan_get_pointer(ctx));
    return 0;
}

const struct command command_restart = {
    "RESTART", cmd_restart,
    "RESTART\n"
    "\n"
    "Begin a new session: data, chosen token and lock are forgotten.  Tokens\n"
    "stay logged in."};

static gpg_error_t cmd_disconnect(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct card *card = NULL;
    gpg_error_t err = client_card(client, KEYRING_KNOWN, &snapshot, &card);

    (void)line;
    if (err != 0)
        return err;
    /* Who names none wants no token to stay logged in. */
    for (size_t i = 0; i < snapshot->n_cards; i++)
        if (client->serial == NULL || snapshot->cards[i] == card)
            token_disconnect(snapshot->cards[i]->token);
    return 0;
}

const struct command command_disconnect = {
    "DISCONNECT", cmd_disconnect,
    "DISCONNECT\n"
    "\n"
    "Close the sessions with the token that was chosen, or with all of them,\n"
    "so that other programs can have it; if commands use it, at their end.\n"
    "It forgets the PIN with the last."};

static gpg_error_t tell_progress(struct client *client)
{
    gpg_error_t err = status_raw(client, "PROGRESS", "scd_locked . 0 0");

    client->flush();
    return err;
}

/* Wait for the lock, which somebody else has; card_lock is held. */
static gpg_error_t wait_locked(struct client *client)
{
    struct service *service = client->service;

    while (service->locked_by != NULL) {
        const struct timespec until = clock_after_ms(PROGRESS_MS);
        gpg_error_t err = 0;

        if (pthread_cond_timedwait(&service->unlocked, &service->card_lock,
                                   &until) != ETIMEDOUT)
            continue;
        /* Writing may block: not under the lock. */
        (void)pthread_mutex_unlock(&service->card_lock);
        err = tell_progress(client);
        (void)pthread_mutex_lock(&service->card_lock);
        if (err != 0)
            return err;
        if (atomic_load(&service->stopping))
            return gpg_error(GPG_ERR_CANCELED);
    }
    return 0;
}

static gpg_error_t cmd_lock(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    struct service *service = client->service;
    bool wait = false;
    struct args args = {0};
    const struct args_option options[] = {{"--wait", &wait, NULL}};
    gpg_error_t err =
        args_parse(line, options, ARGS_COUNT(options), true, &args);

    if (err != 0)
        return err;
    (void)pthread_mutex_lock(&service->card_lock);
    if (service->locked_by != NULL)
        err = wait && service->locked_by != client ? wait_locked(client)
                                                   : gpg_error(GPG_ERR_LOCKED);
    if (err == 0)
        service->locked_by = client;
    (void)pthread_mutex_unlock(&service->card_lock);
    return err;
}

const struct command command_lock = {
    "LOCK", cmd_lock,
    "LOCK [--wait]\n"
    "\n"
    "Keep other sessions from choosing or describing a token (SERIALNO,\n"
    "SWITCHCARD, SWITCHAPP, LEARN) until UNLOCK or the end of this one.  If\n"
    "somebody has the lock: an error, or --wait."};

static gpg_error_t cmd_unlock(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    struct service *service = client->service;
    gpg_error_t err = 0;

    (void)line;
    (void)pthread_mutex_lock(&service->card_lock);
    if (service->locked_by == client) {
        service->locked_by = NULL;
        (void)pthread_cond_signal(&service->unlocked);
    } else {
        err = gpg_error(service->locked_by != NULL ? GPG_ERR_LOCKED
                                                   : GPG_ERR_NOT_LOCKED);
    }
    (void)pthread_mutex_unlock(&service->card_lock);
    return err;
}

const struct command command_unlock = {"UNLOCK", cmd_unlock,
                                       "UNLOCK\n"
                                       "\n"
                                       "Give back what LOCK took."};

/* For whoever types the command.  A status line, as gpg-agent does not hand
 * comments on, nor the text of an error. */
static gpg_error_t tell_refused(struct client *client, unsigned n)
{
    AUTO_STRBUF text = {0};
    AUTO_FREE char *line = NULL;
    gpg_error_t err = 0;

    strbuf_printf(&text,
                  "configuration 0 %u %s cannot be used: see the log, or "
                  "'gnupg-pkcs11-scd --gpgconf-test'",
                  n, n == 1 ? "line" : "lines");
    err = strbuf_take(&text, &line);
    return err != 0 ? err : status_raw(client, "WARNING", line);
}

static gpg_error_t cmd_reloadconf(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    unsigned n_refused = 0;
    gpg_error_t err = service_reload(client->service, &n_refused);

    (void)line;
    if (err != 0)
        return client_error(client, gpg_err_code(err),
                            "the configuration cannot be read, and stays as it "
                            "was; the log of gnupg-pkcs11-scd says why");
    return n_refused == 0 ? 0 : tell_refused(client, n_refused);
}

const struct command command_reloadconf = {
    "RELOADCONF", cmd_reloadconf,
    "RELOADCONF\n"
    "\n"
    "Read the configuration again, log out of all tokens, forget what is\n"
    "known of PINs, and open the log again.  Modules are unloaded, and loaded\n"
    "again when they are needed.  Commands that are under way go on as they\n"
    "began."};

static gpg_error_t cmd_killscd(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);

    (void)line;
    /* The connection closes after the answer; the daemon stops then. */
    assuan_set_flag(ctx, ASSUAN_FORCE_CLOSE, 1);
    client->ends_daemon = true;
    return 0;
}

const struct command command_killscd = {
    "KILLSCD", cmd_killscd,
    "KILLSCD\n"
    "\n"
    "End the daemon; gpg-agent starts it again when it is needed."};
