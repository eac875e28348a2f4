/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* DEVINFO: the tokens as devices, now and whenever they change. */
#include <string.h>

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
        keyring_get(client_keyring(client), KEYRING_SLOTS, &snapshot);

    if (err != 0)
        return err;
    return snapshot->n_cards == 0 ? gpg_error(GPG_ERR_NOT_FOUND)
                                  : write_devices(client, snapshot);
}

/* What a client that watches has been told. */
struct told {
    unsigned long generation; /* its number; 0: nothing yet */
    struct keyring_changes changes;
    char *serials; /* each with a blank before and behind it */
};

static void told_clear(struct told *told)
{
    free(told->serials);
}

static gpg_error_t list_serials(const struct snapshot *snapshot, char **ret)
{
    AUTO_STRBUF text = {0};

    strbuf_puts(&text, " ");
    for (size_t i = 0; i < snapshot->n_cards; i++)
        strbuf_printf(&text, "%s ", snapshot->cards[i]->identity.serial);
    return strbuf_take(&text, ret);
}

/* Is there a serial number in LIST that is not in OTHER? */
static bool has_more(const char *list, const char *other)
{
    const char *end = NULL;

    for (const char *at = list; (end = strchr(at + 1, ' ')) != NULL; at = end) {
        const size_t len = (size_t)(end - at) + 1;

        if (memmem(other, strlen(other), at, len) == NULL)
            return true;
    }
    return false;
}

/* What is different from what was told: by the counts of one keyring, or, if
 * there is another one now, by the tokens. */
static void compare(const struct told *told, const struct told *now,
                    bool *ret_went, bool *ret_came)
{
    if (told->generation == now->generation) {
        *ret_went = told->changes.went != now->changes.went;
        *ret_came = told->changes.came != now->changes.came;
    } else {
        *ret_went = has_more(told->serials, now->serials);
        *ret_came = has_more(now->serials, told->serials);
    }
}

/* Tell the list of SNAPSHOT, which is as NOW says, after what happened since
 * TOLD, if that is not the beginning; nothing if nothing did. */
static gpg_error_t write_news(struct client *client, const struct told *told,
                              const struct told *now,
                              const struct snapshot *snapshot)
{
    bool went = false;
    bool came = false;
    gpg_error_t err = 0;

    if (told->generation != 0) {
        compare(told, now, &went, &came);
        if (!went && !came && told->generation == now->generation)
            return 0;
    }
    if (went)
        err = status_raw(client, "DEVINFO_STATUS", "removal");
    if (err == 0 && came)
        err = status_raw(client, "DEVINFO_STATUS", "new");
    return err != 0 ? err : write_devices(client, snapshot);
}

/* The first look after the configuration was read anew also begins to watch. */
static gpg_error_t look(struct client *client)
{
    AUTO_SNAPSHOT *snapshot = NULL;

    return keyring_get(client_keyring(client), KEYRING_SLOTS, &snapshot);
}

/* Tell what is new since *TOLD. */
static gpg_error_t write_changes(struct client *client, struct told *told)
{
    AUTO_SNAPSHOT *snapshot = NULL;
    AUTO(told_clear)
    struct told now = {.generation = client_generation(client)};
    gpg_error_t err = 0;

    if (told->generation != now.generation)
        err = look(client);
    /* Before the list: it may be newer, but it is not older. */
    now.changes = keyring_changes(client_keyring(client));
    if (err == 0)
        err = keyring_get(client_keyring(client), KEYRING_KNOWN, &snapshot);
    if (err == 0)
        err = list_serials(snapshot, &now.serials);
    if (err == 0)
        err = write_news(client, told, &now, snapshot);
    if (err != 0)
        return err;
    told_clear(told);
    *told = now;
    now.serials = NULL;
    return 0;
}

static gpg_error_t write_until_told(struct client *client)
{
    AUTO(told_clear) struct told told = {0};
    gpg_error_t err = 0;

    do {
        err = write_changes(client, &told);
        client_leave_generation(client);
    } while (err == 0 && events_wait(client));
    if (err != 0)
        return err;
    return told.serials[1] != '\0' ? 0 : gpg_error(GPG_ERR_NOT_FOUND);
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
    err = write_until_told(client);
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
