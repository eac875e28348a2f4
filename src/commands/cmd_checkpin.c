/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* CHECKPIN: ask for the PIN now. */
#include "commands/args.h"
#include "commands/client.h"
#include "commands/table.h"

static gpg_error_t cmd_checkpin(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    AUTO_SNAPSHOT *snapshot = NULL;
    struct token *token = NULL;
    struct args args = {0};
    gpg_error_t err = args_parse(line, NULL, 0, false, &args);

    if (err == 0)
        err = client_find_token(client, args_first(&args), &snapshot, &token);
    if (err != 0)
        return err;
    token_begin_use(token);
    err = token_verify_pin(token, &client->prompter);
    keyring_after_operation(client_keyring(client), token, err);
    token_end_use(token);
    return err;
}

const struct command command_checkpin = {
    "CHECKPIN", cmd_checkpin,
    "CHECKPIN [<ref>|<keygrip>|<serialno>]\n"
    "\n"
    "Ask for the PIN of the session's token, or the one named, unless it has\n"
    "been given already.  Keys that a token shows only after that are known\n"
    "then.  A token that wants no PIN: \"No PIN given\"."};
