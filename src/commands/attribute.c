/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The attributes of a card, for GETATTR and LEARN. */
#include "commands/attribute.h"

#include "base/str.h"
#include "commands/args.h"
#include "commands/status.h"
#include "keyring/openpgp.h"

/* What is asked for, and of what. */
struct query {
    struct client *client;
    const struct card *card;
    const struct key *key; /* NULL: none was named */
    const char *name;
};

struct attribute {
    const char *name;
    bool in_learn;
    gpg_error_t (*write)(const struct query *q);
};

static gpg_error_t write_raw(const struct query *q, const char *value)
{
    return status_raw(q->client, q->name, value);
}

static gpg_error_t write_buffer(const struct query *q, struct strbuf *value)
{
    AUTO_FREE char *text = NULL;
    gpg_error_t err = strbuf_take(value, &text);

    return err != 0 ? err : write_raw(q, text);
}

/* gpg prints the sheet of an OpenPGP card for any with such a serial number,
 * which the one of 0.10 is too. */
static bool has_sheet(const struct query *q)
{
    return q->card->type != CARD_TYPE_P15;
}

/* The longest name (bytes) in a line, where it may be three times as long for
 * its escapes: a line has 1000. */
#define NAME_LEN 200

/* gpg's colon listings have these two as they come: a token must not end a
 * field of theirs. */
static void blank_colons(struct strbuf *text)
{
    for (size_t i = 0; i < text->len; i++)
        if (text->text[i] == ':')
            text->text[i] = ' ';
}

/* All that gpg shows of a card that is not an OpenPGP card. */
static gpg_error_t write_reader(const struct query *q)
{
    const char *reader = token_text(q->card->token)->reader;
    AUTO_STRBUF text = {0};
    AUTO_FREE char *value = NULL;
    gpg_error_t err = 0;

    strbuf_printf(&text, "%s (%zu key%s)", q->card->label, q->card->n_keys,
                  q->card->n_keys == 1 ? "" : "s");
    if (reader[0] != '\0')
        strbuf_printf(&text, " in %s", reader);
    blank_colons(&text);
    err = strbuf_take(&text, &value);
    return err != 0 ? err : status_text(q->client, q->name, value);
}

static gpg_error_t write_serial(const struct query *q)
{
    return write_raw(q, q->card->identity.serial);
}

/* gpg-agent must get an answer to this one: it crashes without.  It becomes
 * the comment of a key in ssh, so it tells two keys apart. */
static gpg_error_t write_display_serial(const struct query *q)
{
    AUTO_STRBUF text = {0};
    AUTO_FREE char *value = NULL;
    gpg_error_t err = 0;

    strbuf_puts(&text, q->card->identity.display_serial);
    if (q->key != NULL) {
        const char *name =
            q->key->label[0] != '\0' ? q->key->label : q->key->ref;
        const struct span cut = str_cut(name, NAME_LEN);

        strbuf_putc(&text, '/');
        strbuf_put(&text, (const char *)cut.data, cut.len);
    }
    err = strbuf_take(&text, &value);
    return err != 0 ? err : status_text(q->client, q->name, value);
}

static gpg_error_t write_cardtype(const struct query *q)
{
    return write_raw(q, "pkcs11");
}

static gpg_error_t write_apptype(const struct query *q)
{
    switch (q->card->type) {
    case CARD_TYPE_OPENPGP:
        return write_raw(q, "OPENPGP");
    case CARD_TYPE_PKCS11:
        return write_raw(q, "PKCS11");
    case CARD_TYPE_AUTO:
    case CARD_TYPE_P15:
        break;
    }
    return write_raw(q, "P15");
}

/* The number is the one in the serial number of an OpenPGP card.  No GnuPG
 * undoes escapes here. */
static gpg_error_t write_manufacturer(const struct query *q)
{
    AUTO_STRBUF value = {0};

    if (q->card->manufacturer[0] == '\0')
        return 0;
    strbuf_printf(&value, "%d %s", has_sheet(q) ? 0x3131 : 0,
                  q->card->manufacturer);
    blank_colons(&value);
    return write_buffer(q, &value);
}

static gpg_error_t write_holder(const struct query *q)
{
    AUTO_STRBUF value = {0};

    if (q->card->holder[0] == '\0')
        return 0;
    strbuf_put_status(&value, str_cut(q->card->holder, NAME_LEN));
    return write_buffer(q, &value);
}

/* Nothing of an OpenPGP card's that could be changed is there. */
static gpg_error_t write_capabilities(const struct query *q)
{
    return !has_sheet(q)
               ? 0
               : write_raw(
                     q, "gc=0+ki=0+fc=0+pd=0+mcl3=0+aac=0+sm=0+si=0+dec=0+bt=0"
                        "+kdf=0");
}

/* For an OpenPGP card: whether the PIN is asked for once only, the longest
 * PINs, and the tries left, each of user PIN, reset code and admin PIN; the
 * last two do not exist here. */
static gpg_error_t write_pin_state(const struct query *q)
{
    const struct key *key = q->card->openpgp[OPENPGP_SIGN];
    struct token *token = q->card->token;
    AUTO_STRBUF value = {0};

    if (!has_sheet(q))
        return write_raw(q, status_chv(token));
    strbuf_printf(&value, "%d+%zu+0+0+%s+0+0",
                  key == NULL || !key->always_authenticate,
                  token_pin_max_len(token), status_chv_tries(token));
    return write_buffer(q, &value);
}

static gpg_error_t write_pin_label(const struct query *q)
{
    return has_sheet(q) ? 0 : write_raw(q, "PIN");
}

/* PKCS#11 has no such counter: ours begins when the token is first seen. */
static gpg_error_t write_counter(const struct query *q)
{
    AUTO_STRBUF value = {0};

    if (!has_sheet(q))
        return 0;

    strbuf_printf(&value, "%u", token_signature_count(q->card->token));
    return write_buffer(q, &value);
}

/* gpg-card would show three keys more for any other card. */
static gpg_error_t write_key_algos(const struct query *q)
{
    for (size_t i = 0; i < OPENPGP_SLOTS; i++) {
        const enum openpgp_slot slot = (enum openpgp_slot)i;
        const struct key *key = q->card->openpgp[slot];
        AUTO_STRBUF value = {0};
        gpg_error_t err = 0;

        if (key == NULL || !has_sheet(q))
            continue;
        strbuf_printf(&value, "%zu %u %s", i + 1, openpgp_algo(key, slot),
                      key->algo);
        err = write_buffer(q, &value);
        if (err != 0)
            return err;
    }
    return 0;
}

/* What the configuration says of the key in SLOT: NULL if it does not say
 * which key that is and the keytime does not show it either.  RET_PROVED: the
 * OpenPGP key was made with the keytime. */
static gpg_error_t get_fingerprint(const struct query *q, size_t slot,
                                   const char **ret, bool *ret_proved)
{
    const struct config *config = client_config(q->client);
    const struct key *key = q->card->openpgp[slot];
    char made[OPENPGP_FINGERPRINT_SIZE] = "";
    gpg_error_t err = 0;

    *ret = NULL;
    *ret_proved = false;
    if (key == NULL || config->openpgp_fpr[slot] == NULL)
        return 0;
    err = openpgp_fingerprint(key, (enum openpgp_slot)slot, key->keytime, made);
    if (err != 0)
        return err;
    *ret_proved = str_equal(made, config->openpgp_fpr[slot]);
    if (*ret_proved || q->card->is_configured[slot])
        *ret = config->openpgp_fpr[slot];
    return 0;
}

/* None is no error: gpg would fail, and a fingerprint that it does not know
 * would keep it from signing at all. */
static gpg_error_t write_fingerprints(const struct query *q)
{
    for (size_t slot = 0; slot < OPENPGP_SLOTS; slot++) {
        AUTO_STRBUF value = {0};
        const char *fpr = NULL;
        bool proved = false;
        gpg_error_t err = get_fingerprint(q, slot, &fpr, &proved);

        strbuf_printf(&value, "%zu %s", slot + 1, fpr != NULL ? fpr : "");
        if (err == 0 && fpr != NULL)
            err = write_buffer(q, &value);
        if (err != 0)
            return err;
    }
    return 0;
}

static gpg_error_t write_times(const struct query *q)
{
    for (size_t slot = 0; slot < OPENPGP_SLOTS; slot++) {
        AUTO_STRBUF value = {0};
        const char *fpr = NULL;
        bool proved = false;
        gpg_error_t err = get_fingerprint(q, slot, &fpr, &proved);

        if (err == 0 && proved) {
            strbuf_printf(&value, "%zu %lu", slot + 1,
                          (unsigned long)q->card->openpgp[slot]->keytime);
            err = write_buffer(q, &value);
        }
        if (err != 0)
            return err;
    }
    return 0;
}

static gpg_error_t write_key_labels(const struct query *q)
{
    for (size_t i = 0; i < q->card->n_keys; i++) {
        const struct key *key = &q->card->keys[i];
        AUTO_STRBUF value = {0};
        gpg_error_t err = 0;

        if (q->key != NULL && q->key != key)
            continue;
        strbuf_printf(&value, "%s ", key->ref);
        strbuf_put_status(
            &value,
            str_cut(key->label[0] != '\0' ? key->label : "-", NAME_LEN));
        err = write_buffer(q, &value);
        if (err != 0)
            return err;
    }
    return 0;
}

/* With a fingerprint gpg can look for the key; it says nothing at all if it
 * gets neither that nor an error. */
static gpg_error_t write_url(const struct query *q)
{
    const char *fpr = NULL;
    bool proved = false;
    gpg_error_t err = get_fingerprint(q, OPENPGP_SIGN, &fpr, &proved);

    if (err != 0)
        return err;
    return fpr != NULL ? 0
                       : client_error(q->client, GPG_ERR_NOT_FOUND,
                                      "the token has no URL of a public key");
}

static gpg_error_t write_slot(const struct query *q, enum openpgp_slot slot)
{
    const struct key *key = q->card->openpgp[slot];

    return key != NULL ? write_raw(q, key->ref) : 0;
}

static gpg_error_t write_sign_ref(const struct query *q)
{
    return write_slot(q, OPENPGP_SIGN);
}

static gpg_error_t write_encr_ref(const struct query *q)
{
    return write_slot(q, OPENPGP_ENCR);
}

static gpg_error_t write_auth_ref(const struct query *q)
{
    return write_slot(q, OPENPGP_AUTH);
}

static const struct attribute attributes[] = {
    {"READER", true, write_reader},
    {"SERIALNO", true, write_serial},
    {"$DISPSERIALNO", false, write_display_serial},
    {"CARDTYPE", true, write_cardtype},
    {"APPTYPE", true, write_apptype},
    {"MANUFACTURER", true, write_manufacturer},
    {"DISP-NAME", true, write_holder},
    {"EXTCAP", true, write_capabilities},
    {"CHV-STATUS", true, write_pin_state},
    {"CHV-LABEL", true, write_pin_label},
    {"SIG-COUNTER", true, write_counter},
    {"KEY-ATTR", true, write_key_algos},
    {"KEY-FPR", true, write_fingerprints},
    {"KEY-TIME", true, write_times},
    {"KEY-LABEL", true, write_key_labels},
    {"PUBKEY-URL", false, write_url},
    {"$SIGNKEYID", false, write_sign_ref},
    {"$ENCRKEYID", false, write_encr_ref},
    {"$AUTHKEYID", false, write_auth_ref},
};

gpg_error_t attribute_write(struct client *client, const struct card *card,
                            const struct key *key, const char *name)
{
    for (size_t i = 0; i < ARGS_COUNT(attributes); i++) {
        const struct attribute *attribute = &attributes[i];
        const struct query q = {client, card, key, attribute->name};

        if (str_equal(attribute->name, name))
            return attribute->write(&q);
    }
    return client_error(client, GPG_ERR_INV_NAME, "no such attribute");
}

gpg_error_t attribute_write_all(struct client *client, const struct card *card)
{
    for (size_t i = 0; i < ARGS_COUNT(attributes); i++) {
        const struct attribute *attribute = &attributes[i];
        const struct query q = {client, card, NULL, attribute->name};
        gpg_error_t err = attribute->in_learn ? attribute->write(&q) : 0;

        if (err != 0)
            return err;
    }
    return 0;
}
