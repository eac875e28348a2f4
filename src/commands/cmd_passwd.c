/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* PASSWD: change the user PIN, or forget that it was entered. */
#include "base/str.h"
#include "commands/args.h"
#include "commands/client.h"
#include "commands/table.h"

struct request {
    bool reset;
    bool nullpin;
    bool clear;
    const char *name;  /* of the PIN, or of a key or token */
    const char *token; /* a key or token in place of that, or NULL */
};

static gpg_error_t parse(char *line, struct request *ret)
{
    struct request request = {0};
    struct args args = {0};
    const struct args_option options[] = {{"--reset", &request.reset, NULL},
                                          {"--nullpin", &request.nullpin, NULL},
                                          {"--clear", &request.clear, NULL}};
    gpg_error_t err =
        args_parse(line, options, ARGS_COUNT(options), true, &args);

    if (err != 0)
        return err;
    if (args.n > 2)
        return gpg_error(GPG_ERR_ASS_PARAMETER);
    request.name = args_first(&args);
    request.token = args.n == 2 ? args.operands[1] : NULL;
    *ret = request;
    return 0;
}

/* Whatever would take the PIN of the security officer: gpg's admin PIN, PUK
 * and reset code.  It is never asked for. */
static gpg_error_t refuse_admin(struct client *client,
                                const struct request *request)
{
    if (request->clear && (request->reset || request->nullpin))
        return client_error(client, GPG_ERR_ASS_PARAMETER,
                            "--clear goes with no other option");
    if (request->reset)
        return client_error(client, GPG_ERR_NOT_SUPPORTED,
                            "the SO PIN (PUK) is not asked for here: unblock "
                            "the PIN with the token's own tool");
    if (request->nullpin)
        return client_error(client, GPG_ERR_NOT_SUPPORTED,
                            "set the first PIN with the token's own tool");
    if (!request->clear && (str_equal(request->name, "3") ||
                            str_equal_nocase(request->name, "OPENPGP.3")))
        return client_error(client, GPG_ERR_NOT_SUPPORTED,
                            "the SO PIN (admin PIN) is not asked for here: "
                            "change it with the token's own tool");
    return 0;
}

/* ERR with a text that says what to do, where the code alone does not. */
static gpg_error_t explain(struct client *client, gpg_error_t err)
{
    static const struct {
        gpg_err_code_t code;
        const char *text;
    } rows[] = {
        {GPG_ERR_BAD_PIN, "the current PIN was wrong: it was not changed"},
        {GPG_ERR_INV_PASSPHRASE,
         "the token does not take this new PIN: the old one stays"},
        {GPG_ERR_PIN_BLOCKED,
         "the PIN is locked: unblock it with the token's own tool"},
        {GPG_ERR_CARD_NOT_INITIALIZED,
         "the token has no PIN: set the first one with its own tool"},
        {GPG_ERR_EACCES, "the token is write-protected"},
        {GPG_ERR_NOT_SUPPORTED,
         "the token's module cannot change its PIN: use the token's own tool"},
        {GPG_ERR_NO_PIN, "the token wants its PIN before: use CHECKPIN"},
    };

    for (size_t i = 0; i < ARGS_COUNT(rows); i++)
        if (gpg_err_code(err) == rows[i].code)
            return client_error(client, rows[i].code, rows[i].text);
    return err;
}

static gpg_error_t cmd_passwd(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    AUTO_SNAPSHOT *snapshot = NULL;
    struct token *token = NULL;
    struct request request = {0};
    gpg_error_t err = parse(line, &request);

    if (err == 0)
        err = refuse_admin(client, &request);
    if (err == 0)
        err = client_find_token(
            client, request.token != NULL ? request.token : request.name,
            &snapshot, &token);
    if (err != 0)
        return err;
    if (request.clear) {
        token_log_out(token, &client->prompter);
        return 0;
    }
    err = token_change_pin(token, &client->prompter);
    keyring_after_operation(client_keyring(client), token, err);
    return explain(client, err);
}

const struct command command_passwd = {
    "PASSWD", cmd_passwd,
    "PASSWD [--clear] [1|<ref>|<serialno>] [<keygrip>]\n"
    "\n"
    "Change the user PIN of the session's token, or the one named.  The\n"
    "current and the new PIN are asked for.\n"
    "  --clear  forget that the PIN was entered; change nothing\n"
    "The SO PIN (3, an admin PIN or PUK) is never asked for: unblocking a PIN\n"
    "and setting the first one are left to the token's own tool."};
