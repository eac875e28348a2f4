/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* CHECKPIN: ask for the PIN now. */
#include "commands/args.h"
#include "commands/client.h"
#include "commands/table.h"

/* The token that NAME means: nothing or OPENPGP's numbered PINs (the
 * session's), a serial number, a key. */
static gpg_error_t find_token(struct client *client, const char *name,
                              struct snapshot **ret_snapshot,
                              struct token **ret)
{
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct card *card = NULL;
    const struct key *key = NULL;
    gpg_error_t err = client_need_card(client, KEYRING_SLOTS, &snapshot, &card);

    if (err != 0)
        return err;
    if (name[0] != '\0') {
        card = snapshot_card(snapshot, name);
        if (card == NULL) {
            err = client_find_key(client, name, ret_snapshot, &key);
            if (err == 0)
                *ret = key->token;
            return err;
        }
    }
    *ret = card->token;
    *ret_snapshot = TAKE(snapshot);
    return 0;
}

static gpg_error_t cmd_checkpin(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    AUTO_SNAPSHOT *snapshot = NULL;
    struct token *token = NULL;
    struct args args = {0};
    gpg_error_t err = args_parse(line, NULL, 0, false, &args);

    if (err == 0)
        err = find_token(client, args_first(&args), &snapshot, &token);
    if (err != 0)
        return err;
    token_begin_use(token);
    err = token_verify_pin(token, &client->prompter);
    keyring_after_operation(client->service->keyring, token, err);
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
