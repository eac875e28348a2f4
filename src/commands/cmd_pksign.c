/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* PKSIGN and PKAUTH: sign with a private key. */
#include "base/str.h"
#include "commands/args.h"
#include "commands/client.h"
#include "commands/status.h"
#include "commands/table.h"

#define SHA1_LEN 20

/* Say it in words where the code alone leaves a person guessing. */
static gpg_error_t explain(struct client *client, gpg_error_t err)
{
    switch (gpg_err_code(err)) {
    case GPG_ERR_CONFLICT:
        return client_error(client, GPG_ERR_CONFLICT,
                            "the data is a DigestInfo of another algorithm "
                            "than --hash names");
    case GPG_ERR_INV_LENGTH:
        return client_error(client, GPG_ERR_INV_LENGTH,
                            "the data is not as long as a digest of that "
                            "algorithm");
    case GPG_ERR_INV_DATA:
        return client_error(client, GPG_ERR_INV_DATA,
                            "the data is no DigestInfo: name its algorithm "
                            "with --hash");
    case GPG_ERR_TOO_LARGE:
        return client_error(client, GPG_ERR_TOO_LARGE,
                            "the data is too long for this key");
    case GPG_ERR_WRONG_KEY_USAGE:
        return client_error(client, GPG_ERR_WRONG_KEY_USAGE,
                            "this key does not sign");
    case GPG_ERR_BAD_SIGNATURE:
        return client_error(client, GPG_ERR_BAD_SIGNATURE,
                            "the token's signature is wrong and was not given "
                            "out; the log of gnupg-pkcs11-scd has more");
    case GPG_ERR_UNSUPPORTED_ALGORITHM:
        return client_error(client, GPG_ERR_UNSUPPORTED_ALGORITHM,
                            "the token cannot sign like this; the log of "
                            "gnupg-pkcs11-scd names what it lacks");
    default:
        return err;
    }
}

static gpg_error_t sign(struct client *client, const char *name,
                        struct sign_input *input)
{
    AUTO_SNAPSHOT *snapshot = NULL;
    AUTO_SECRET signature = {0};
    const struct key *key = NULL;
    bool elsewhere = false;
    gpg_error_t err = 0;

    if (name[0] == '\0')
        return client_error(client, GPG_ERR_ASS_PARAMETER,
                            "name the key: its reference or keygrip");
    if (!client->has_data)
        return client_error(client, GPG_ERR_NO_DATA,
                            "send the data with SETDATA first");
    input->data = span_of(&client->data);
    err = client_find_key(client, name, &snapshot, &key);
    if (err != 0)
        return err;
    client_note_key_name(client, name);
    do {
        token_begin_use(key->token);
        err = key_sign(key, input, &client->prompter, &signature);
        keyring_after_operation(client_keyring(client), key->token, err);
        token_end_use(key->token);
        elsewhere =
            !elsewhere && client_find_elsewhere(client, err, &snapshot, &key);
    } while (elsewhere);
    if (err != 0)
        return explain(client, err);
    return status_data(client, secret_span(&signature));
}

static gpg_error_t cmd_pksign(assuan_context_t ctx, char *line)
{
    struct client *client = assuan_get_pointer(ctx);
    struct sign_input input = {0};
    const char *hash = NULL;
    struct args args = {0};
    const struct args_option options[] = {{"--hash", NULL, &hash}};
    gpg_error_t err =
        args_parse(line, options, ARGS_COUNT(options), true, &args);

    if (err != 0 || args.n > 1)
        return gpg_error(GPG_ERR_ASS_PARAMETER);
    if (hash == NULL) {
        /* scdaemon's default; a DigestInfo speaks for itself. */
        if (client->data.len == SHA1_LEN)
            input.hash = digest_algo_from_name("sha1");
    } else if (str_equal_nocase(hash, "none") ||
               str_equal_nocase(hash, "tls-md5sha1")) {
        input.any_format = true;
    } else {
        input.hash = digest_algo_from_name(hash);
        if (input.hash == NULL)
            return client_error(client, GPG_ERR_ASS_PARAMETER,
                                "unknown hash algorithm");
    }
    return sign(client, args_first(&args), &input);
}

const struct command command_pksign = {
    "PKSIGN", cmd_pksign,
    "PKSIGN [--hash=<name>] <ref>|<keygrip>\n"
    "\n"
    "Sign the data of SETDATA: a DigestInfo, or the bare digest of the\n"
    "algorithm named (sha1 rmd160 md5 sha224 sha256 sha384 sha512).  For RSA\n"
    "the name may also be none (any block, padded as it is) or tls-md5sha1.\n"
    "The answer is the signature: for RSA as long as the modulus, for ECDSA\n"
    "and EdDSA two equal halves."};

static gpg_error_t cmd_pkauth(assuan_context_t ctx, char *line)
{
    struct sign_input input = {.any_format = true};
    bool challenge_response = false;
    struct args args = {0};
    const struct args_option options[] = {
        {"--challenge-response", &challenge_response, NULL}};
    gpg_error_t err =
        args_parse(line, options, ARGS_COUNT(options), true, &args);

    if (err != 0 || args.n > 1)
        return gpg_error(GPG_ERR_ASS_PARAMETER);
    return sign(assuan_get_pointer(ctx), args_first(&args), &input);
}

const struct command command_pkauth = {
    "PKAUTH", cmd_pkauth,
    "PKAUTH [--challenge-response] <ref>|<keygrip>\n"
    "\n"
    "Sign the data of SETDATA for authentication: as PKSIGN, but data that\n"
    "is no DigestInfo is signed as it is."};
