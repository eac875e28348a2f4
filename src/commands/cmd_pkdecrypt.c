/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* PKDECRYPT: decrypt, or agree on a secret, with a private key. */
#include "commands/args.h"
#include "commands/client.h"
#include "commands/status.h"
#include "commands/table.h"

static gpg_error_t decrypt(struct client *client, const char *name)
{
    AUTO_SNAPSHOT *snapshot = NULL;
    AUTO_SECRET plaintext = {0};
    const struct key *key = NULL;
    bool unpadded = false;
    bool elsewhere = false;
    gpg_error_t err = client_find_key(client, name, &snapshot, &key);

    if (err != 0)
        return err;
    client_note_key_name(client, name);
    do {
        token_begin_use(key->token);
        err = key_decrypt(key, span_of(&client->data), &client->prompter,
                          &plaintext, &unpadded);
        keyring_after_operation(client_keyring(client), key->token, err);
        token_end_use(key->token);
        elsewhere =
            !elsewhere && client_find_elsewhere(client, err, &snapshot, &key);
    } while (elsewhere);
    if (gpg_err_code(err) == GPG_ERR_WRONG_KEY_USAGE)
        return client_error(client, GPG_ERR_WRONG_KEY_USAGE,
                            "this key does not decrypt");
    if (gpg_err_code(err) == GPG_ERR_BAD_PUBKEY)
        return client_error(client, GPG_ERR_BAD_PUBKEY,
                            "the sender's point is not on the key's curve");
    if (gpg_err_code(err) == GPG_ERR_UNSUPPORTED_ALGORITHM)
        return client_error(client, GPG_ERR_UNSUPPORTED_ALGORITHM,
                            "the token cannot decrypt like this; the log of "
                            "gnupg-pkcs11-scd names what it lacks");
    if (err == 0 && unpadded)
        err = status_raw(client, "PADDING", "0");
    return err != 0 ? err
                    : status_confidential(client, secret_span(&plaintext));
}

static gpg_error_t cmd_pkdecrypt(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    struct args args = {0};
    gpg_error_t err = args_parse(line, NULL, 0, true, &args);

    if (err != 0)
        return err;
    if (args.n != 1)
        return client_error(client, GPG_ERR_ASS_PARAMETER,
                            "name the key: its reference or keygrip");
    if (!client->has_data)
        return client_error(client, GPG_ERR_NO_DATA,
                            "send the ciphertext with SETDATA first");
    return decrypt(client, args_first(&args));
}

const struct command command_pkdecrypt = {
    "PKDECRYPT", cmd_pkdecrypt,
    "PKDECRYPT <ref>|<keygrip>\n"
    "\n"
    "RSA: decrypt the data of SETDATA; \"S PADDING 0\" says that the answer\n"
    "is without its padding.  Elliptic curves: the data is the sender's\n"
    "point, the answer the shared x-coordinate behind one byte, 41 (40 for\n"
    "Curve25519)."};
