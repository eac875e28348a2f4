/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* DEVINFO: the tokens as devices. */
#include "base/str.h"
#include "commands/args.h"
#include "commands/client.h"
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

static gpg_error_t cmd_devinfo(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    AUTO_SNAPSHOT *snapshot = NULL;
    bool watch = false;
    struct args args = {0};
    const struct args_option options[] = {{"--watch", &watch, NULL}};
    gpg_error_t err =
        args_parse(line, options, ARGS_COUNT(options), true, &args);

    if (err != 0)
        return err;
    if (watch)
        return client_error(client, GPG_ERR_NOT_SUPPORTED,
                            "--watch is not available in this version");
    err = keyring_get(client->service->keyring, KEYRING_SLOTS, &snapshot);
    if (err != 0)
        return err;
    if (snapshot->n_cards == 0)
        return gpg_error(GPG_ERR_NOT_FOUND);
    err = status_raw(client, "DEVINFO_START", "");
    for (size_t i = 0; i < snapshot->n_cards && err == 0; i++)
        err = write_device(client, snapshot->cards[i]);
    return err != 0 ? err : status_raw(client, "DEVINFO_END", "");
}

const struct command command_devinfo = {"DEVINFO", cmd_devinfo,
                                        "DEVINFO\n"
                                        "\n"
                                        "List the tokens:\n"
                                        "  S DEVINFO_START\n"
                                        "  S DEVICE pkcs11 <serialno> <app>\n"
                                        "  S DEVINFO_END"};
