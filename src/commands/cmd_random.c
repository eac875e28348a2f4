/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* RANDOM: random numbers of the token. */
#include "commands/args.h"
#include "commands/client.h"
#include "commands/status.h"
#include "commands/table.h"

/* Bytes in one answer. */
#define MAX_RANDOM 65536

static gpg_error_t parse(struct client *client, char *line, size_t *ret)
{
    struct args args = {0};
    size_t n = 0;
    gpg_error_t err = args_parse(line, NULL, 0, false, &args);

    if (err != 0)
        return err;
    if (args.n != 1)
        return client_error(client, GPG_ERR_ASS_PARAMETER,
                            "how many bytes are wanted?");
    for (const char *p = args_first(&args); *p != '\0'; p++) {
        if (*p < '0' || *p > '9')
            return client_error(client, GPG_ERR_ASS_PARAMETER,
                                "the number of bytes is not a number");
        n = 10 * n + (size_t)(*p - '0');
        if (n > MAX_RANDOM)
            return client_error(client, GPG_ERR_TOO_LARGE,
                                "at most 65536 bytes at once");
    }
    if (n == 0)
        return client_error(client, GPG_ERR_ASS_PARAMETER,
                            "how many bytes are wanted?");
    *ret = n;
    return 0;
}

static gpg_error_t cmd_random(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    AUTO_SNAPSHOT *snapshot = NULL;
    AUTO_SECRET random = {0};
    const struct card *card = NULL;
    size_t n = 0;
    gpg_error_t err = parse(client, line, &n);

    if (err == 0)
        err = client_need_card(client, KEYRING_KNOWN, &snapshot, &card);
    if (err != 0)
        return err;
    err = token_random(card->token, n, &random);
    keyring_after_operation(client_keyring(client), card->token, err);
    if (gpg_err_code(err) == GPG_ERR_NOT_SUPPORTED)
        return client_error(client, GPG_ERR_NOT_SUPPORTED,
                            "the token has no random number generator");
    return err != 0 ? err : status_confidential(client, secret_span(&random));
}

const struct command command_random = {
    "RANDOM", cmd_random,
    "RANDOM <n>\n"
    "\n"
    "N random bytes, up to 65536, made by the session's token and by nothing\n"
    "else.  No PIN is needed."};
