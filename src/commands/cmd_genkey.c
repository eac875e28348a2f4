/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* GENKEY: the key that is there, as gpg wants a new one to be told. */
#include <string.h>

#include "base/hex.h"
#include "base/isotime.h"
#include "base/str.h"
#include "commands/args.h"
#include "commands/client.h"
#include "commands/status.h"
#include "commands/table.h"
#include "keyring/openpgp.h"

/* Hex digits of a KEY-DATA line: longer values are cut, and all but the last
 * part named "-". */
#define DATA_DIGITS 768

static gpg_error_t write_data(struct client *client, const char *name,
                              struct span bytes)
{
    AUTO_FREE char *hex = hex_encode(bytes);
    size_t len = 0;

    if (hex == NULL)
        return gpg_error(GPG_ERR_ENOMEM);
    len = strlen(hex);
    for (size_t at = 0; at < len; at += DATA_DIGITS) {
        const bool is_last = len - at <= DATA_DIGITS;
        AUTO_STRBUF line = {0};
        AUTO_FREE char *text = NULL;
        gpg_error_t err = 0;

        strbuf_printf(&line, "%s %.*s", is_last ? name : "-", DATA_DIGITS,
                      hex + at);
        err = strbuf_take(&line, &text);
        if (err == 0)
            err = status_raw(client, "KEY-DATA", text);
        if (err != 0)
            return err;
    }
    return 0;
}

static gpg_error_t write_public_key(struct client *client,
                                    const struct key *key)
{
    const struct pubkey *pubkey = &key->pubkey;
    AUTO_BYTES point = {0};
    gpg_error_t err = 0;

    if (pubkey_is_rsa(pubkey)) {
        err = write_data(client, "n", span_of(&pubkey->n));
        return err != 0 ? err : write_data(client, "e", span_of(&pubkey->e));
    }
    err = openpgp_point(pubkey, &point);
    if (err == 0)
        err = write_data(client, "q", span_of(&point));
    if (err == 0)
        err = write_data(client, "curve", openpgp_curve_oid(pubkey->curve));
    return err;
}

static gpg_error_t write_key(struct client *client, const struct key *key,
                             enum openpgp_slot slot, uint32_t created)
{
    char fingerprint[OPENPGP_FINGERPRINT_SIZE] = "";
    AUTO_STRBUF line = {0};
    AUTO_FREE char *time_text = NULL;
    gpg_error_t err = openpgp_fingerprint(key, slot, created, fingerprint);

    strbuf_printf(&line, "%lu", (unsigned long)created);
    if (err == 0)
        err = strbuf_take(&line, &time_text);
    if (err == 0)
        err = status_raw(client, "KEY-FPR", fingerprint);
    if (err == 0)
        err = status_raw(client, "KEY-CREATED-AT", time_text);
    if (err == 0)
        err = status_raw(client, "SERIALNO", key->serial);
    return err != 0 ? err : write_public_key(client, key);
}

/* The key in SLOT, as the other commands find it by that name. */
static gpg_error_t find_key(struct client *client, int slot,
                            struct snapshot **ret_snapshot,
                            const struct key **ret)
{
    static const char *const names[OPENPGP_SLOTS] = {
        [OPENPGP_SIGN] = "OPENPGP.1",
        [OPENPGP_ENCR] = "OPENPGP.2",
        [OPENPGP_AUTH] = "OPENPGP.3",
    };
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct card *card = NULL;
    gpg_error_t err = client_need_card(client, KEYRING_SLOTS, &snapshot, &card);

    return err != 0 ? err
                    : client_find_key(client, names[slot], ret_snapshot, ret);
}

static gpg_error_t cmd_genkey(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct key *key = NULL;
    const char *timestamp = NULL;
    const char *algo = NULL;
    bool force = false;
    uint32_t created = 0;
    int slot = -1;
    struct args args = {0};
    const struct args_option options[] = {{"--force", &force, NULL},
                                          {"--timestamp", NULL, &timestamp},
                                          {"--algo", NULL, &algo}};
    gpg_error_t err =
        args_parse(line, options, ARGS_COUNT(options), false, &args);

    if (err != 0)
        return err;
    slot = openpgp_slot_from_name(args_first(&args));
    if (args.n != 1 || slot < 0)
        return client_error(client, GPG_ERR_NOT_SUPPORTED,
                            "make keys with the token's tool; GENKEY 1, 2 or 3 "
                            "returns one that is there");
    if (timestamp != NULL &&
        (isotime_parse(span_str(timestamp), &created) != 0 || created == 0))
        return client_error(client, GPG_ERR_INV_TIME,
                            "write the time as --timestamp=20261231T235959, "
                            "from 1970 to 2106");
    err = find_key(client, slot, &snapshot, &key);
    if (gpg_err_code(err) == GPG_ERR_NOT_FOUND)
        return client_error(client, GPG_ERR_NO_SECKEY,
                            "the token has no key for this; make one with the "
                            "token's tool");
    if (err != 0)
        return err;
    return write_key(client, key, (enum openpgp_slot)slot,
                     timestamp != NULL ? created : key->keytime);
}

const struct command command_genkey = {
    "GENKEY", cmd_genkey,
    "GENKEY [--force] [--timestamp=<isotime>] [--algo=<algo>] [--] <number>\n"
    "\n"
    "Return the key on the token that signs (1), decrypts (2) or\n"
    "authenticates (3), as if it had just been made:\n"
    "  S KEY-FPR <fingerprint>\n"
    "  S KEY-CREATED-AT <seconds since 1970>\n"
    "  S SERIALNO <hex>\n"
    "  S KEY-DATA n|e|q|curve <hex>\n"
    "The creation time is <isotime> (20261231T235959), else the key's own.\n"
    "Nothing is made or changed: keys are made with the token's tool."};
