/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* KEYINFO: which keys are on any token. */
#include <string.h>

#include "base/hex.h"
#include "base/str.h"
#include "commands/args.h"
#include "commands/client.h"
#include "commands/status.h"
#include "commands/table.h"

static gpg_error_t write_key(struct client *client, const struct key *key,
                             bool as_data)
{
    AUTO_STRBUF line = {0};
    AUTO_FREE char *text = NULL;
    char usage[KEY_USAGE_SIZE];
    gpg_error_t err = 0;

    key_usage_text(key->usage, usage);
    strbuf_printf(&line, "%s T %s %s %s%s", key->grip, key->serial, key->ref,
                  usage, as_data ? "\n" : "");
    err = strbuf_take(&line, &text);
    if (err != 0)
        return err;
    return as_data ? assuan_send_data(client->assuan, text, strlen(text))
                   : status_raw(client, "KEYINFO", text);
}

/* What "sign", "encr" and "auth" stand for; 0 if it is none of them. */
static unsigned usage_from_name(const char *name)
{
    if (str_equal(name, "sign"))
        return KEY_SIGN;
    if (str_equal(name, "encr"))
        return KEY_ENCRYPT;
    return str_equal(name, "auth") ? KEY_AUTHENTICATE : 0;
}

static gpg_error_t write_list(struct client *client, unsigned usage,
                              bool as_data)
{
    AUTO_SNAPSHOT *snapshot = NULL;
    gpg_error_t err =
        keyring_get(client_keyring(client), KEYRING_KNOWN, &snapshot);

    if (err != 0)
        return err;
    for (size_t i = 0; i < snapshot->n_cards; i++) {
        const struct card *card = snapshot->cards[i];

        for (size_t j = 0; j < card->n_keys && err == 0; j++) {
            const struct key *key = &card->keys[j];

            /* A key on two tokens is one key to GnuPG. */
            if ((usage == 0 || (key->usage & usage) != 0) &&
                snapshot_key_by_grip(snapshot, NULL, key->grip) == key)
                err = write_key(client, key, as_data);
        }
    }
    return err;
}

static gpg_error_t write_one(struct client *client, const char *grip,
                             bool as_data)
{
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct key *key = NULL;
    gpg_error_t err = 0;

    if (strlen(grip) != KEYGRIP_HEX_LEN || !hex_is(grip, KEYGRIP_HEX_LEN))
        return client_error(client, GPG_ERR_ASS_PARAMETER,
                            "a keygrip has 40 hex digits");
    err = client_find_key(client, grip, &snapshot, &key);
    if (gpg_err_code(err) == GPG_ERR_NO_SECKEY ||
        gpg_err_code(err) == GPG_ERR_CARD_NOT_PRESENT)
        return gpg_error(GPG_ERR_NOT_FOUND);
    return err != 0 ? err : write_key(client, key, as_data);
}

static gpg_error_t cmd_keyinfo(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    const char *capability = NULL;
    unsigned usage = 0;
    bool list = false;
    bool as_data = false;
    struct args args = {0};
    const struct args_option options[] = {{"--list", &list, &capability},
                                          {"--data", &as_data, NULL}};
    gpg_error_t err =
        args_parse(line, options, ARGS_COUNT(options), false, &args);

    if (err != 0)
        return err;
    if (list != (args.n == 0) || args.n > 1)
        return client_error(client, GPG_ERR_ASS_PARAMETER,
                            "give one keygrip, or --list");
    client->has_pin_cache = true;
    if (capability != NULL) {
        usage = usage_from_name(capability);
        if (usage == 0)
            return client_error(client, GPG_ERR_ASS_PARAMETER,
                                "--list takes sign, encr or auth");
    }
    return list ? write_list(client, usage, as_data)
                : write_one(client, args_first(&args), as_data);
}

const struct command command_keyinfo = {
    "KEYINFO", cmd_keyinfo,
    "KEYINFO [--data] <keygrip> | [--data] --list[=sign|encr|auth]\n"
    "\n"
    "Tell whether a key is on any token, or list the keys of all of them\n"
    "(only those that can sign, decrypt or authenticate):\n"
    "  S KEYINFO <keygrip> T <serialno> <ref> <usage>\n"
    "With --data the same as data, a line for each key."};
