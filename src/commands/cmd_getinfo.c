/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* GETINFO: what the daemon is and has. */
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "base/version.h"
#include "commands/args.h"
#include "commands/client.h"
#include "commands/status.h"
#include "commands/table.h"

static gpg_error_t send_text(struct client *client, const char *text)
{
    return status_data(client, span_str(text));
}

static gpg_error_t send_number(struct client *client, unsigned long number)
{
    AUTO_STRBUF buffer = {0};
    AUTO_FREE char *text = NULL;
    gpg_error_t err = 0;

    strbuf_printf(&buffer, "%lu", number);
    err = strbuf_take(&buffer, &text);
    return err != 0 ? err : send_text(client, text);
}

/* gpg nags about, or refuses, a server that is older than itself: our version
 * begins with 3 for that. */
static gpg_error_t info_version(struct client *client)
{
    return send_text(client, SCD_VERSION);
}

static gpg_error_t info_pid(struct client *client)
{
    return send_number(client, (unsigned long)getpid());
}

static gpg_error_t info_socket_name(struct client *client)
{
    if (client->service->socket_name == NULL)
        return client_error(client, GPG_ERR_NO_DATA,
                            "there is no socket in --server mode");
    return send_text(client, client->service->socket_name);
}

static gpg_error_t info_connections(struct client *client)
{
    return send_number(client, atomic_load(&client->service->n_connections));
}

static gpg_error_t info_status(struct client *client)
{
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct card *card = NULL;
    gpg_error_t err = client_card(client, KEYRING_SLOTS, &snapshot, &card);

    return err != 0 ? err : send_text(client, card != NULL ? "u" : "r");
}

static gpg_error_t info_reader_list(struct client *client)
{
    AUTO_SNAPSHOT *snapshot = NULL;
    AUTO_STRBUF buffer = {0};
    AUTO_FREE char *text = NULL;
    gpg_error_t err =
        keyring_get(client_keyring(client), KEYRING_SLOTS, &snapshot);

    if (err != 0)
        return err;
    if (snapshot->n_cards == 0)
        return gpg_error(GPG_ERR_NO_DATA);
    for (size_t i = 0; i < snapshot->n_cards; i++)
        strbuf_printf(&buffer, "%s\n",
                      token_text(snapshot->cards[i]->token)->reader);
    err = strbuf_take(&buffer, &text);
    return err != 0 ? err : send_text(client, text);
}

static gpg_error_t write_card(struct client *client, const struct card *card,
                              bool with_app)
{
    AUTO_STRBUF buffer = {0};
    AUTO_FREE char *text = NULL;
    gpg_error_t err = 0;

    strbuf_puts(&buffer, card->identity.serial);
    if (with_app)
        strbuf_printf(&buffer, " %s", status_app(client));
    err = strbuf_take(&buffer, &text);
    return err != 0 ? err : status_raw(client, "SERIALNO", text);
}

static gpg_error_t write_cards(struct client *client, bool with_app)
{
    AUTO_SNAPSHOT *snapshot = NULL;
    gpg_error_t err =
        keyring_get(client_keyring(client), KEYRING_SLOTS, &snapshot);

    if (err != 0)
        return err;
    for (size_t i = 0; i < snapshot->n_cards && err == 0; i++)
        err = write_card(client, snapshot->cards[i], with_app);
    return err;
}

static gpg_error_t info_card_list(struct client *client)
{
    return write_cards(client, false);
}

static gpg_error_t info_all_active_apps(struct client *client)
{
    return write_cards(client, true);
}

static gpg_error_t info_active_apps(struct client *client)
{
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct card *card = NULL;
    gpg_error_t err = client_need_card(client, KEYRING_KNOWN, &snapshot, &card);

    return err != 0 ? err : write_card(client, card, true);
}

static gpg_error_t info_app_list(struct client *client)
{
    AUTO_STRBUF line = {0};
    AUTO_FREE char *text = NULL;
    gpg_error_t err = 0;

    strbuf_printf(&line, "%s:\n", status_app(client));
    err = strbuf_take(&line, &text);
    return err != 0 ? err : send_text(client, text);
}

/* There are no admin commands. */
static gpg_error_t info_deny_admin(struct client *client)
{
    (void)client;
    return 0;
}

/* Is OPTION (without its dashes) a whole word of the command's help? */
static bool has_option(const struct command *command, const char *option)
{
    const char *at = command->help;
    const size_t len = strlen(option);

    while ((at = strstr(at, "--")) != NULL) {
        at += 2;
        if (strncmp(at, option, len) == 0 && strchr(" =[]|\n", at[len]) != NULL)
            return true;
    }
    return false;
}

static gpg_error_t cmd_has_option(const struct args *args)
{
    const struct command *command = NULL;
    const char *option = NULL;

    if (args->n != 3)
        return gpg_error(GPG_ERR_MISSING_VALUE);
    command = command_find(args->operands[1]);
    option = args->operands[2];
    return command != NULL && has_option(command, option)
               ? 0
               : gpg_error(GPG_ERR_FALSE);
}

static const struct {
    const char *name;
    gpg_error_t (*answer)(struct client *client);
} infos[] = {
    {"version", info_version},
    {"pid", info_pid},
    {"socket_name", info_socket_name},
    {"connections", info_connections},
    {"status", info_status},
    {"reader_list", info_reader_list},
    {"card_list", info_card_list},
    {"active_apps", info_active_apps},
    {"all_active_apps", info_all_active_apps},
    {"app_list", info_app_list},
    {"deny_admin", info_deny_admin},
};

static gpg_error_t cmd_getinfo(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    struct args args = {0};
    gpg_error_t err = args_parse(line, NULL, 0, false, &args);

    if (err != 0)
        return err;
    if (str_equal(args_first(&args), "cmd_has_option"))
        return cmd_has_option(&args);
    for (size_t i = 0; i < ARGS_COUNT(infos); i++)
        if (str_equal(args_first(&args), infos[i].name))
            return infos[i].answer(client);
    return client_error(client, GPG_ERR_ASS_PARAMETER,
                        "unknown; HELP GETINFO lists what there is");
}

const struct command command_getinfo = {
    "GETINFO", cmd_getinfo,
    "GETINFO <what>\n"
    "\n"
    "  version          the version of the daemon\n"
    "  pid              its process id\n"
    "  socket_name      where more clients may connect\n"
    "  connections      how many are connected\n"
    "  status           \"u\" if there is a token, \"r\" if not\n"
    "  reader_list      the slots with a token, a line each\n"
    "  card_list        S SERIALNO <hex> for each token\n"
    "  active_apps      S SERIALNO <hex> <app> of the session's token\n"
    "  all_active_apps  the same of all tokens\n"
    "  app_list         what <app> can be\n"
    "  deny_admin       OK: there are no admin commands\n"
    "  cmd_has_option <command> <option>\n"
    "                   OK if it has, else an error"};
