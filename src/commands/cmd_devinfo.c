/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* DEVINFO: the tokens as devices, now and whenever they change. */
#include "base/str.h"
#include "commands/args.h"
#include "commands/client.h"
#include "commands/events.h"
#include "commands/status.h"
#include "commands/table.h"

static gpg_error_t write_device(struct client *client, const struct card *card)
{
    AUTO_STRBUF line = {0};
    AUTO_FREE char *value = NULL;
    gpg_error_t err = 0;

    strbuf_printf(&line, "pkcs11 %s %s", card->identity.serial,
                  status_app(client));
    err = strbuf_take(&line, &value);
    return err != 0 ? err : status_raw(client, "DEVICE", value);
}

static gpg_error_t write_devices(struct client *client,
                                 const struct snapshot *snapshot)
{
    gpg_error_t err = status_raw(client, "DEVINFO_START", "");

    for (size_t i = 0; i < snapshot->n_cards && err == 0; i++)
        err = write_device(client, snapshot->cards[i]);
    return err != 0 ? err : status_raw(client, "DEVINFO_END", "");
}

static gpg_error_t list(struct client *client)
{
    AUTO_SNAPSHOT *snapshot = NULL;
    gpg_error_t err =
        keyring_get(client->service->keyring, KEYRING_SLOTS, &snapshot);

    if (err != 0)
        return err;
    return snapshot->n_cards == 0 ? gpg_error(GPG_ERR_NOT_FOUND)
                                  : write_devices(client, snapshot);
}

/* The list as it is known, after what happened since *TOLD if that is not the
 * beginning.  RET_ANY: there is a token. */
static gpg_error_t write_news(struct client *client,
                              const struct keyring_changes *told,
                              const struct keyring_changes *now, bool *ret_any)
{
    AUTO_SNAPSHOT *snapshot = NULL;
    gpg_error_t err = 0;

    if (now->went != told->went)
        err = status_raw(client, "DEVINFO_STATUS", "removal");
    if (err == 0 && now->came != told->came)
        err = status_raw(client, "DEVINFO_STATUS", "new");
    if (err == 0)
        err = keyring_get(client->service->keyring, KEYRING_KNOWN, &snapshot);
    if (err != 0)
        return err;
    *ret_any = snapshot->n_cards > 0;
    return write_devices(client, snapshot);
}

static gpg_error_t write_changes(struct client *client)
{
    struct keyring *keyring = client->service->keyring;
    AUTO_SNAPSHOT *snapshot = NULL;
    gpg_error_t err = keyring_get(keyring, KEYRING_SLOTS, &snapshot);
    struct keyring_changes now = keyring_changes(keyring);
    struct keyring_changes told = now;
    bool any = false;

    snapshot_unref(TAKE(snapshot));
    if (err == 0)
        err = write_news(client, &told, &now, &any);
    while (err == 0 && events_wait(client)) {
        now = keyring_changes(keyring);
        if (now.came != told.came || now.went != told.went)
            err = write_news(client, &told, &now, &any);
        told = now;
    }
    if (err != 0)
        return err;
    return any ? 0 : gpg_error(GPG_ERR_NOT_FOUND);
}

static gpg_error_t watch(struct client *client)
{
    gpg_error_t err = 0;

    if (client->is_primary)
        return client_error(client, GPG_ERR_INV_HANDLE,
                            "--watch needs a connection of its own, "
                            "through the socket");
    err = events_begin_wait(client);
    if (err != 0)
        return err;
    err = write_changes(client);
    events_end_wait(client);
    return err;
}

static gpg_error_t cmd_devinfo(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    bool wants_watch = false;
    struct args args = {0};
    const struct args_option options[] = {{"--watch", &wants_watch, NULL}};
    gpg_error_t err =
        args_parse(line, options, ARGS_COUNT(options), true, &args);

    if (err != 0)
        return err;
    return wants_watch ? watch(client) : list(client);
}

const struct command command_devinfo = {
    "DEVINFO", cmd_devinfo,
    "DEVINFO [--watch]\n"
    "\n"
    "List the tokens:\n"
    "  S DEVINFO_START\n"
    "  S DEVICE pkcs11 <serialno> <app>\n"
    "  S DEVINFO_END\n"
    "With --watch, list them again when some came or went, after a line\n"
    "  S DEVINFO_STATUS new|removal\n"
    "until the client sends something or leaves."};
