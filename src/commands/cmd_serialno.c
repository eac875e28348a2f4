/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* SERIALNO, SWITCHCARD, SWITCHAPP: which card is this client's. */
#include <string.h>

#include "base/hex.h"
#include "base/str.h"
#include "commands/args.h"
#include "commands/client.h"
#include "commands/status.h"
#include "commands/table.h"

/* SERIALNO --demand=SN.  GnuPG 2.2 compares our answer with what it sent, so
 * that is echoed; and its older key stubs have serial numbers that meant no
 * token in particular: the key's reference that follows says which. */
static gpg_error_t demand(struct client *client,
                          const struct snapshot *snapshot, const char *serial)
{
    const struct card *card = NULL;
    gpg_error_t err = client_choose_card(client, snapshot, serial, &card);

    if (err == 0) {
        err = keyring_prefer(client_keyring(client), card->identity.serial);
    } else if (gpg_err_code(err) == GPG_ERR_NOT_FOUND) {
        if (snapshot->n_cards == 0 || !identity_is_historic_serial(serial))
            return client_no_such_card(client, snapshot);
        free(TAKE(client->serial));
        err = 0;
    }
    return err != 0 ? err : status_raw(client, "SERIALNO", serial);
}

/* The tokens that there are; if that with SERIAL is not among them, it may be
 * in a reader that was plugged in. */
static gpg_error_t look_for(struct client *client, const char *serial,
                            struct snapshot **ret)
{
    struct keyring *keyring = client_keyring(client);
    const enum keyring_look look = client_look(client);
    gpg_error_t err = keyring_get(keyring, look, ret);

    if (err != 0 || look == KEYRING_SLOTS ||
        identity_is_historic_serial(serial) ||
        snapshot_card(*ret, serial) != NULL)
        return err;
    snapshot_unref(*ret);
    *ret = NULL;
    return keyring_get(keyring, KEYRING_SLOTS, ret);
}

static gpg_error_t cmd_serialno(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct card *card = NULL;
    const char *serial = NULL;
    bool all = false;
    struct args args = {0};
    const struct args_option options[] = {{"--demand", NULL, &serial},
                                          {"--all", &all, NULL}};
    gpg_error_t err =
        args_parse(line, options, ARGS_COUNT(options), false, &args);

    if (err != 0)
        return err;
    if (serial != NULL &&
        (serial[0] == '\0' || !hex_is(serial, strlen(serial))))
        return client_error(client, GPG_ERR_INV_VALUE,
                            "--demand takes a serial number in hex");
    if (all)
        client->has_pin_cache = true;
    if (client_is_locked_out(client))
        return gpg_error(GPG_ERR_LOCKED);
    if (serial != NULL) {
        err = look_for(client, serial, &snapshot);
        return err != 0 ? err : demand(client, snapshot, serial);
    }
    free(TAKE(client->serial));
    err = client_need_card(client, client_look(client), &snapshot, &card);
    if (err == 0)
        err =
            client_choose_card(client, snapshot, card->identity.serial, &card);
    return err != 0 ? err
                    : status_raw(client, "SERIALNO", card->identity.serial);
}

const struct command command_serialno = {
    "SERIALNO", cmd_serialno,
    "SERIALNO [--demand=<serialno>] [--all] [<apptype>]\n"
    "\n"
    "Look which tokens are present and return the serial number of this\n"
    "session's one:\n"
    "  S SERIALNO <hex>\n"
    "Without --demand that is the token asked for last, else one with a key\n"
    "of openpgp-sign, -encr or -auth, else the first.\n"
    "--demand chooses the token with that serial number, which may also be\n"
    "one that gnupg-pkcs11-scd 0.10 had for it.  A token has one\n"
    "application, so that --all and <apptype> change nothing."};

static gpg_error_t write_serial(struct client *client, const char *serial,
                                const char *app)
{
    AUTO_STRBUF text = {0};
    AUTO_FREE char *value = NULL;
    gpg_error_t err = 0;

    strbuf_printf(&text, "%s%s%s", serial, app != NULL ? " " : "",
                  app != NULL ? app : "");
    err = strbuf_take(&text, &value);
    return err != 0 ? err : status_raw(client, "SERIALNO", value);
}

static gpg_error_t cmd_switchcard(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct card *card = NULL;
    struct args args = {0};
    gpg_error_t err = args_parse(line, NULL, 0, false, &args);

    if (err == 0 && client_is_locked_out(client))
        return gpg_error(GPG_ERR_LOCKED);
    if (err == 0)
        err = client_card(client, KEYRING_SLOTS, &snapshot, &card);
    if (err != 0)
        return err;
    if (args.n > 0)
        err = client_choose_card(client, snapshot, args_first(&args), &card);
    else if (card == NULL)
        return gpg_error(GPG_ERR_CARD_NOT_PRESENT);
    if (gpg_err_code(err) == GPG_ERR_NOT_FOUND)
        return client_error(client, GPG_ERR_NOT_FOUND,
                            "no token has this serial number");
    return err != 0 ? err : write_serial(client, card->identity.serial, NULL);
}

const struct command command_switchcard = {
    "SWITCHCARD", cmd_switchcard,
    "SWITCHCARD [--] [<serialno>]\n"
    "\n"
    "Make the token with this serial number the session's, or return the\n"
    "one that it is:\n"
    "  S SERIALNO <hex>"};

static gpg_error_t cmd_switchapp(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct card *card = NULL;
    struct args args = {0};
    gpg_error_t err = args_parse(line, NULL, 0, false, &args);

    if (err == 0 && client_is_locked_out(client))
        return gpg_error(GPG_ERR_LOCKED);
    if (err == 0)
        err = client_need_card(client, KEYRING_KNOWN, &snapshot, &card);
    if (err != 0)
        return err;
    if (args.n > 0 && !str_equal_nocase(args_first(&args), status_app(client)))
        return client_error(client, GPG_ERR_NOT_FOUND,
                            "the token has no such application");
    return write_serial(client, card->identity.serial, status_app(client));
}

const struct command command_switchapp = {
    "SWITCHAPP", cmd_switchapp,
    "SWITCHAPP [--] [<app>]\n"
    "\n"
    "Return the session's token and its application, the only one it has:\n"
    "  S SERIALNO <hex> <app>"};
