/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* SETDATA: what PKSIGN, PKAUTH and PKDECRYPT work on. */
#include <string.h>

#include "base/hex.h"
#include "commands/args.h"
#include "commands/client.h"
#include "commands/table.h"

/* More than any client sends: gpg-agent allows itself far less. */
#define MAX_DATA ((size_t)64 * 1024)

static gpg_error_t cmd_setdata(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    AUTO_BYTES fresh = {0};
    bool append = false;
    struct args args = {0};
    const struct args_option options[] = {{"--append", &append, NULL}};
    const char *hex = NULL;
    gpg_error_t err =
        args_parse(line, options, ARGS_COUNT(options), true, &args);

    if (err != 0)
        return err;
    hex = args_first(&args);
    if (args.n != 1 || strlen(hex) % 2 != 0 || !hex_is(hex, strlen(hex)))
        return client_error(client, GPG_ERR_ASS_PARAMETER,
                            "give the data as an even number of hex digits");
    if ((append ? client->data.len : 0) + strlen(hex) / 2 > MAX_DATA)
        return client_error(client, GPG_ERR_TOO_LARGE,
                            "more than 64 KiB of data");
    err = hex_decode_append(hex, strlen(hex), append ? &client->data : &fresh);
    if (err != 0)
        return err;
    if (!append) {
        bytes_clear(&client->data);
        client->data = bytes_take(&fresh);
    }
    client->has_data = true;
    return 0;
}

const struct command command_setdata = {
    "SETDATA", cmd_setdata,
    "SETDATA [--append] <hex>\n"
    "\n"
    "Keep this data for the PKSIGN, PKAUTH or PKDECRYPT that follows, in\n"
    "place of what was there or, with --append, behind it."};
