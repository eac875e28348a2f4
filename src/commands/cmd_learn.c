/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* LEARN: everything there is to know of the session's card. */
#include <string.h>

#include "base/hex.h"
#include "base/str.h"
#include "commands/args.h"
#include "commands/attribute.h"
#include "commands/client.h"
#include "commands/status.h"
#include "commands/table.h"

/* gpgsm's kinds of certificates on a card. */
#define CERT_OF_A_KEY 100
#define CERT_OF_A_KEY_0_10 101
#define CERT_OF_A_CA 102

static gpg_error_t write_certificate(struct client *client,
                                     const struct card *card,
                                     const struct certificate *cert)
{
    AUTO_STRBUF line = {0};
    AUTO_FREE char *value = NULL;
    int type = CERT_OF_A_KEY;
    gpg_error_t err = 0;

    if (cert->is_ca && !cert->has_key)
        type = CERT_OF_A_CA;
    else if (card->type == CARD_TYPE_PKCS11)
        type = CERT_OF_A_KEY_0_10;
    strbuf_printf(&line, "%d %s", type, cert->ref);
    err = strbuf_take(&line, &value);
    return err != 0 ? err : status_raw(client, "CERTINFO", value);
}

/* "KEY-FRIEDNLY grip subject on label", spelled as users of 0.10 know it. */
static gpg_error_t write_friendly(struct client *client,
                                  const struct card *card,
                                  const struct key *key)
{
    AUTO_STRBUF line = {0};
    AUTO_FREE char *value = NULL;
    const char *name =
        key->certificate != NULL ? key->certificate->subject : key->label;
    gpg_error_t err = 0;

    strbuf_printf(&line, "%s %s on %s", key->grip,
                  name[0] != '\0' ? name : key->ref, card->label);
    err = strbuf_take(&line, &value);
    return err != 0 ? err : status_raw(client, "KEY-FRIEDNLY", value);
}

static gpg_error_t write_key(struct client *client, const struct card *card,
                             const struct key *key, bool only_keypairinfo)
{
    gpg_error_t err = status_keypairinfo(client, key);

    if (err != 0 || only_keypairinfo)
        return err;
    return write_friendly(client, card, key);
}

struct learn {
    bool force;
    bool keypairinfo;
    const char *serial;
    const char *grip;
};

static gpg_error_t write_all(struct client *client, const struct card *card,
                             const struct learn *learn)
{
    gpg_error_t err = 0;

    if (!learn->keypairinfo)
        err = attribute_write_all(client, card);
    for (size_t i = 0;
         i < card->n_certificates && err == 0 && !learn->keypairinfo; i++)
        err = write_certificate(client, card, &card->certificates[i]);
    for (size_t i = 0; i < card->n_keys && err == 0; i++)
        if (learn->grip[0] == '\0' ||
            str_equal_nocase(learn->grip, card->keys[i].grip))
            err = write_key(client, card, &card->keys[i], learn->keypairinfo);
    return err;
}

/* With a keygrip, the card that has the key is described, if there is one. */
static const struct card *card_of_key(const struct snapshot *snapshot,
                                      const struct card *card, const char *grip)
{
    const struct key *key = NULL;

    if (strlen(grip) == KEYGRIP_HEX_LEN && hex_is(grip, KEYGRIP_HEX_LEN))
        key = snapshot_key_by_grip(snapshot, card, grip);
    return key != NULL ? snapshot_card(snapshot, key->serial) : card;
}

static gpg_error_t cmd_learn(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct card *card = NULL;
    struct learn learn = {0};
    bool reread = false;
    bool multi = false;
    struct args args = {0};
    const struct args_option options[] = {
        {"--force", &learn.force, NULL},
        {"--keypairinfo", &learn.keypairinfo, NULL},
        {"--reread", &reread, NULL},
        {"--multi", &multi, NULL},
        {"--demand", NULL, &learn.serial}};
    gpg_error_t err =
        args_parse(line, options, ARGS_COUNT(options), false, &args);

    if (err != 0)
        return err;
    if (client_is_locked_out(client))
        return gpg_error(GPG_ERR_LOCKED);
    learn.grip = args_first(&args);
    err = client_card(client,
                      learn.force || reread ? KEYRING_OBJECTS : KEYRING_SLOTS,
                      &snapshot, &card);
    if (err == 0 && learn.serial != NULL)
        err = client_choose_card(client, snapshot, learn.serial, &card);
    if (gpg_err_code(err) == GPG_ERR_NOT_FOUND)
        return client_no_such_card(client, snapshot);
    if (err != 0)
        return err;
    card = card_of_key(snapshot, card, learn.grip);
    return card == NULL ? client_no_card(client, snapshot)
                        : write_all(client, card, &learn);
}

const struct command command_learn = {
    "LEARN", cmd_learn,
    "LEARN [--force] [--keypairinfo] [--reread] [--multi]\n"
    "      [--demand=<serialno>] [<keygrip>]\n"
    "\n"
    "Describe the session's token, or the one that has the key:\n"
    "  S READER <text>          the slot it is in\n"
    "  S SERIALNO <hex>\n"
    "  S APPTYPE P15            or PKCS11, see \"card-type\"\n"
    "  S CERTINFO <type> <ref>  for each certificate\n"
    "  S KEYPAIRINFO <keygrip> <ref> <usage> <keytime> <algorithm>\n"
    "  S KEY-FRIEDNLY <keygrip> <name> on <token>\n"
    "and some lines for gpg's display.  --force reads the token's objects\n"
    "anew.  --keypairinfo sends nothing but KEYPAIRINFO.  Nothing is asked,\n"
    "neither a PIN nor whether the client knows the card."};
