/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* GETATTR and SETATTR: the attributes of a card. */
#include "base/str.h"
#include "commands/args.h"
#include "commands/client.h"
#include "commands/status.h"
#include "commands/table.h"

struct attribute {
    const char *name;
    gpg_error_t (*write)(struct client *client, const struct card *card,
                         const char *name);
};

static gpg_error_t write_serial(struct client *client, const struct card *card,
                                const char *name)
{
    return status_raw(client, name, card->identity.serial);
}

/* gpg-agent must get an answer to this one: it crashes without. */
static gpg_error_t write_display_serial(struct client *client,
                                        const struct card *card,
                                        const char *name)
{
    return status_text(client, name, card->identity.display_serial);
}

static gpg_error_t write_slot_ref(struct client *client,
                                  const struct card *card, const char *name,
                                  enum openpgp_slot slot)
{
    const struct key *key = card->openpgp[slot];

    return key != NULL ? status_raw(client, name, key->ref) : 0;
}

static gpg_error_t write_sign_ref(struct client *client,
                                  const struct card *card, const char *name)
{
    return write_slot_ref(client, card, name, OPENPGP_SIGN);
}

static gpg_error_t write_encr_ref(struct client *client,
                                  const struct card *card, const char *name)
{
    return write_slot_ref(client, card, name, OPENPGP_ENCR);
}

static gpg_error_t write_auth_ref(struct client *client,
                                  const struct card *card, const char *name)
{
    return write_slot_ref(client, card, name, OPENPGP_AUTH);
}

/* Nothing, but without an error: gpg would fail, and a fingerprint that it
 * does not know would keep it from signing at all. */
static gpg_error_t write_nothing(struct client *client, const struct card *card,
                                 const char *name)
{
    (void)client;
    (void)card;
    (void)name;
    return 0;
}

static gpg_error_t write_apptype(struct client *client, const struct card *card,
                                 const char *name)
{
    (void)card;
    return status_raw(
        client, name,
        client->service->config->card_type == CARD_TYPE_P15 ? "P15" : "PKCS11");
}

static gpg_error_t write_cardtype(struct client *client,
                                  const struct card *card, const char *name)
{
    (void)card;
    return status_raw(client, name, "pkcs11");
}

static gpg_error_t write_chv(struct client *client, const struct card *card,
                             const char *name)
{
    return status_raw(client, name, status_chv(card->token));
}

static gpg_error_t write_label(struct client *client, const struct card *card,
                               const char *name)
{
    return status_text(client, name, card->label);
}

static gpg_error_t write_manufacturer(struct client *client,
                                      const struct card *card, const char *name)
{
    AUTO_STRBUF line = {0};
    AUTO_FREE char *value = NULL;
    gpg_error_t err = 0;

    strbuf_puts(&line, "0 ");
    strbuf_put_status(&line, span_str(card->manufacturer));
    err = strbuf_take(&line, &value);
    return err != 0 ? err : status_raw(client, name, value);
}

static gpg_error_t write_key_labels(struct client *client,
                                    const struct card *card, const char *name)
{
    for (size_t i = 0; i < card->n_keys; i++) {
        const struct key *key = &card->keys[i];
        AUTO_STRBUF line = {0};
        AUTO_FREE char *value = NULL;
        gpg_error_t err = 0;

        strbuf_printf(&line, "%s ", key->ref);
        strbuf_put_status(&line,
                          span_str(key->label[0] != '\0' ? key->label : "-"));
        err = strbuf_take(&line, &value);
        if (err == 0)
            err = status_raw(client, name, value);
        if (err != 0)
            return err;
    }
    return 0;
}

static const struct attribute attributes[] = {
    {"SERIALNO", write_serial},
    {"$DISPSERIALNO", write_display_serial},
    {"$SIGNKEYID", write_sign_ref},
    {"$ENCRKEYID", write_encr_ref},
    {"$AUTHKEYID", write_auth_ref},
    {"KEY-FPR", write_nothing},
    {"APPTYPE", write_apptype},
    {"CARDTYPE", write_cardtype},
    {"CHV-STATUS", write_chv},
    {"DISP-NAME", write_label},
    {"MANUFACTURER", write_manufacturer},
    {"KEY-LABEL", write_key_labels},
};

static gpg_error_t find_attribute(struct client *client, const char *name,
                                  const struct attribute **ret)
{
    for (size_t i = 0; i < ARGS_COUNT(attributes); i++) {
        if (str_equal(attributes[i].name, name)) {
            *ret = &attributes[i];
            return 0;
        }
    }
    return client_error(client, GPG_ERR_INV_NAME, "no such attribute");
}

/* The card of the key NAME. */
static gpg_error_t card_of_key(struct client *client, const char *name,
                               struct snapshot **ret_snapshot,
                               const struct card **ret)
{
    const struct key *key = NULL;
    gpg_error_t err = client_find_key(client, name, ret_snapshot, &key);

    if (err != 0)
        return err;
    *ret = snapshot_card(*ret_snapshot, key->serial);
    return *ret != NULL ? 0 : gpg_error(GPG_ERR_CARD_NOT_PRESENT);
}

static gpg_error_t cmd_getattr(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct card *card = NULL;
    const struct attribute *attribute = NULL;
    struct args args = {0};
    gpg_error_t err = args_parse(line, NULL, 0, false, &args);

    if (err != 0)
        return err;
    if (args.n < 1 || args.n > 2)
        return client_error(client, GPG_ERR_ASS_PARAMETER,
                            "name the attribute, and a key if need be");
    err = find_attribute(client, args.operands[0], &attribute);
    if (err != 0)
        return err;
    if (args.n == 2)
        err = card_of_key(client, args.operands[1], &snapshot, &card);
    else
        err = client_need_card(client, KEYRING_KNOWN, &snapshot, &card);
    return err != 0 ? err : attribute->write(client, card, attribute->name);
}

const struct command command_getattr = {
    "GETATTR", cmd_getattr,
    "GETATTR <name> [<keygrip>]\n"
    "\n"
    "Return an attribute of the session's token, or of the one with this\n"
    "key:  S <name> <value>.  Names: SERIALNO $DISPSERIALNO $SIGNKEYID\n"
    "$ENCRKEYID $AUTHKEYID APPTYPE CARDTYPE CHV-STATUS DISP-NAME\n"
    "MANUFACTURER KEY-LABEL; KEY-FPR has no value."};

static gpg_error_t cmd_setattr(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    struct args args = {0};
    gpg_error_t err = args_parse(line, NULL, 0, false, &args);

    if (err != 0)
        return err;
    if (args.n == 0)
        return client_error(client, GPG_ERR_ASS_PARAMETER,
                            "name the attribute");
    return client_error(client, GPG_ERR_NOT_SUPPORTED,
                        "a PKCS#11 token has no attributes to set here");
}

const struct command command_setattr = {
    "SETATTR", cmd_setattr,
    "SETATTR <name> <value>\n"
    "\n"
    "Not supported: a PKCS#11 token has no such attributes."};
