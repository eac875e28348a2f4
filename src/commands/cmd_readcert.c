/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* READCERT: a certificate. */
#include "commands/args.h"
#include "commands/client.h"
#include "commands/status.h"
#include "commands/table.h"

/* On CARD or, as a reference of 0.10 names its token, on any. */
static const struct certificate *find_on_cards(const struct snapshot *snapshot,
                                               const struct card *card,
                                               const char *ref)
{
    const struct certificate *cert =
        card != NULL ? card_certificate(card, ref) : NULL;

    if (identity_is_own_ref(ref))
        return cert;
    for (size_t i = 0; i < snapshot->n_cards && cert == NULL; i++)
        cert = card_certificate(snapshot->cards[i], ref);
    return cert;
}

/* A certificate by the reference that its CERTINFO line has. */
static gpg_error_t find_by_ref(struct client *client, const char *name,
                               struct snapshot **ret_snapshot,
                               const struct certificate **ret)
{
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct card *card = NULL;
    AUTO_FREE char *ref = NULL;
    const struct certificate *cert = NULL;
    gpg_error_t err = identity_canonical_ref(name, &ref);

    if (err == 0)
        err = client_card(client, KEYRING_KNOWN, &snapshot, &card);
    if (err != 0)
        return err;
    cert = find_on_cards(snapshot, card, ref);
    if (cert == NULL)
        return gpg_error(GPG_ERR_NOT_FOUND);
    *ret = cert;
    *ret_snapshot = TAKE(snapshot);
    return 0;
}

/* There is none; or is it for those who are logged in? */
static gpg_error_t not_found(struct client *client, const char *text)
{
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct card *card = NULL;
    gpg_error_t err = client_card(client, KEYRING_KNOWN, &snapshot, &card);

    if (err == 0 && card != NULL && card->hides_certificates)
        text = "this token's certificates are read after the PIN was given: "
               "CHECKPIN asks for it";
    return text != NULL ? client_error(client, GPG_ERR_NOT_FOUND, text)
                        : gpg_error(GPG_ERR_NOT_FOUND);
}

static gpg_error_t cmd_readcert(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct certificate *cert = NULL;
    const struct key *key = NULL;
    struct args args = {0};
    gpg_error_t err = args_parse(line, NULL, 0, false, &args);

    if (err != 0)
        return err;
    if (args.n != 1)
        return client_error(client, GPG_ERR_ASS_PARAMETER,
                            "name one certificate: its CERTINFO or key "
                            "reference, or a keygrip");
    err = find_by_ref(client, args_first(&args), &snapshot, &cert);
    if (err != 0) {
        err = client_find_key(client, args_first(&args), &snapshot, &key);
        if (gpg_err_code(err) == GPG_ERR_NO_SECKEY ||
            gpg_err_code(err) == GPG_ERR_NOT_FOUND)
            return not_found(client, NULL);
        if (err != 0)
            return err;
        cert = key->certificate;
    }
    if (cert == NULL)
        return not_found(client, "the key has no certificate");
    return status_data(client, span_of(&cert->der));
}

const struct command command_readcert = {
    "READCERT", cmd_readcert,
    "READCERT <ref>|<keygrip>\n"
    "\n"
    "Return the certificate (DER) of this key, or the one that a CERTINFO\n"
    "line named.  Of a token with \"cert-private\" it is known after CHECKPIN\n"
    "or any other use of the PIN."};
