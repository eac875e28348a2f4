/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* READKEY: a public key. */
#include "base/str.h"
#include "commands/args.h"
#include "commands/client.h"
#include "commands/status.h"
#include "commands/table.h"

static gpg_error_t send_key(struct client *client, const struct key *key,
                            const char *format)
{
    AUTO_BYTES text = {0};
    AUTO_FREE char *line = NULL;
    gpg_error_t err = 0;

    if (format == NULL) {
        err = pubkey_to_sexp(&key->pubkey, &text);
        return err != 0 ? err : status_data(client, span_of(&text));
    }
    if (str_equal(format, "advanced")) {
        err = pubkey_to_advanced(&key->pubkey, &text);
        return err != 0 ? err : status_data(client, span_of(&text));
    }
    if (str_equal(format, "ssh")) {
        err = pubkey_to_ssh(&key->pubkey, key->label, &line);
        return err != 0 ? err : status_data(client, span_str(line));
    }
    return client_error(client, GPG_ERR_ASS_PARAMETER,
                        "the formats are \"advanced\" and \"ssh\"");
}

static gpg_error_t cmd_readkey(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct key *key = NULL;
    const char *format = NULL;
    bool advanced = false;
    bool info = false;
    bool info_only = false;
    struct args args = {0};
    const struct args_option options[] = {{"--advanced", &advanced, NULL},
                                          {"--format", NULL, &format},
                                          {"--info", &info, NULL},
                                          {"--info-only", &info_only, NULL}};
    gpg_error_t err =
        args_parse(line, options, ARGS_COUNT(options), false, &args);

    if (err != 0)
        return err;
    if (args.n != 1)
        return client_error(client, GPG_ERR_ASS_PARAMETER,
                            "name one key: its reference or keygrip");
    err = client_find_key(client, args_first(&args), &snapshot, &key);
    if (err == 0 && (info || info_only))
        err = status_keypairinfo(client, key);
    if (err != 0 || info_only)
        return err;
    return send_key(client, key, advanced ? "advanced" : format);
}

const struct command command_readkey = {
    "READKEY", cmd_readkey,
    "READKEY [--advanced|--format=advanced|--format=ssh]\n"
    "        [--info|--info-only] [--] <ref>|<keygrip>\n"
    "\n"
    "Return a public key: as a canonical S-expression, an indented one\n"
    "(advanced), or a line for OpenSSH (ssh).  --info adds, --info-only\n"
    "sends only\n"
    "  S KEYPAIRINFO <keygrip> <ref> <usage> <keytime> <algorithm>"};
