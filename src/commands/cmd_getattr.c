/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* GETATTR and SETATTR: the attributes of a card. */

#include "base/str.h"
#include "commands/args.h"
#include "commands/attribute.h"
#include "commands/client.h"
#include "commands/table.h"

/* The key NAME and its card. */
static gpg_error_t find_key(struct client *client, const char *name,
                            struct snapshot **ret_snapshot,
                            const struct card **ret, const struct key **ret_key)
{
    gpg_error_t err = client_find_key(client, name, ret_snapshot, ret_key);

    if (err != 0)
        return err;
    *ret = snapshot_card(*ret_snapshot, (*ret_key)->serial);
    return *ret != NULL ? 0 : gpg_error(GPG_ERR_CARD_NOT_PRESENT);
}

static gpg_error_t cmd_getattr(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct card *card = NULL;
    const struct key *key = NULL;
    struct args args = {0};
    gpg_error_t err = args_parse(line, NULL, 0, false, &args);

    if (err != 0)
        return err;
    if (args.n < 1 || args.n > 2)
        return client_error(client, GPG_ERR_ASS_PARAMETER,
                            "name the attribute, and a key if need be");
    if (args.n == 2)
        err = find_key(client, args.operands[1], &snapshot, &card, &key);
    else
        err = client_need_card(client, KEYRING_KNOWN, &snapshot, &card);
    return err != 0 ? err
                    : attribute_write(client, card, key, args.operands[0]);
}

const struct command command_getattr = {
    "GETATTR", cmd_getattr,
    "GETATTR <name> [<keygrip>]\n"
    "\n"
    "Return an attribute of the session's token, or of this key and the token\n"
    "it is on:  S <name> <value>.  Names: READER SERIALNO $DISPSERIALNO\n"
    "CARDTYPE APPTYPE MANUFACTURER DISP-NAME EXTCAP CHV-STATUS CHV-LABEL\n"
    "SIG-COUNTER KEY-ATTR KEY-FPR KEY-TIME KEY-LABEL PUBKEY-URL $SIGNKEYID\n"
    "$ENCRKEYID $AUTHKEYID.  Those without a value have no line; KEY-FPR and\n"
    "KEY-TIME come from \"openpgp-sign-fpr\" and its like."};

/* gpg lifts "forced" before it makes keys of an OpenPGP card's, and restores it
 * afterwards: both are well, though when a PIN is asked for is the key's own
 * matter.  What its "forcesig" wants of any other key cannot be had. */
static gpg_error_t set_pin_mode(struct client *client, const char *value)
{
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct card *card = NULL;
    const struct key *key = NULL;
    gpg_error_t err = client_need_card(client, KEYRING_KNOWN, &snapshot, &card);

    if (err != 0)
        return err;
    key = card->openpgp[OPENPGP_SIGN];
    if (str_equal(value, "%00") && (key == NULL || !key->always_authenticate))
        return client_error(client, GPG_ERR_NOT_SUPPORTED,
                            "the token decides when it wants a PIN");
    return 0;
}

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
    if (args.n == 2 && str_equal_nocase(args.operands[0], "CHV-STATUS-1"))
        return set_pin_mode(client, args.operands[1]);
    return client_error(client, GPG_ERR_NOT_SUPPORTED,
                        "a PKCS#11 token has no attributes to set here");
}

const struct command command_setattr = {
    "SETATTR", cmd_setattr,
    "SETATTR <name> <value>\n"
    "\n"
    "Not supported: a PKCS#11 token has no such attributes.  Only\n"
    "\"CHV-STATUS-1 %01\", with which gpg lifts the flag \"forced\" for a\n"
    "moment, is answered by OK and changes nothing."};
