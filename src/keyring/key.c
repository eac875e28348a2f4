/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One private key on a token: signing or decrypting with it, whatever its
 * algorithm. */
#include "keyring/key.h"

#include "base/log.h"

void key_clear(struct key *key)
{
    free(key->ref);
    free(key->own_ref);
    free(key->grip_ref);
    free(key->id_ref);
    free(key->upstream_ref);
    free(key->uri_ref);
    free(key->label);
    free(key->algo);
    pubkey_clear(&key->pubkey);
    bytes_clear(&key->sexp);
    bytes_clear(&key->locator.id);
    bytes_clear(&key->locator.raw_label);
    bytes_clear(&key->locator.modulus);
    bytes_clear(&key->locator.ec_point);
    bytes_clear(&key->locator.ec_params);
    *key = (struct key){0};
}

void key_usage_text(unsigned usage, char ret[KEY_USAGE_SIZE])
{
    static const struct {
        enum key_usage bit;
        char letter;
    } letters[] = {{KEY_SIGN, 's'},
                   {KEY_CERTIFY, 'c'},
                   {KEY_AUTHENTICATE, 'a'},
                   {KEY_ENCRYPT, 'e'}};
    size_t n = 0;

    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if ((usage & letters[i].bit) != 0)
            ret[n++] = letters[i].letter;
    if (n == 0)
        ret[n++] = '-';
    ret[n] = '\0';
}

gpg_error_t key_sign(const struct key *key, const struct sign_input *input,
                     const struct prompter *prompter, struct secret *ret)
{
    const struct alg *alg = alg_for_signing(&key->pubkey);
    AUTO_BYTES buffer = {0};
    AUTO_SECRET answer = {0};
    struct token_request request = {0};
    gpg_error_t err = 0;

    if (alg == NULL || !key->may_sign)
        return gpg_error(GPG_ERR_WRONG_KEY_USAGE);
    err = alg->sign_prepare(&key->pubkey, input, &buffer, &request);
    if (err == 0)
        err = token_perform(key->token, &key->locator, &request, prompter,
                            &answer);
    if (err != 0)
        return err;
    err = alg->sign_finish(&key->pubkey, &answer);
    if (err != 0) {
        log_error("key %s: the token's answer is no %s signature", key->ref,
                  alg->name);
        return err;
    }
    *ret = answer;
    answer = (struct secret){0};
    return 0;
}

gpg_error_t key_decrypt(const struct key *key, struct span ciphertext,
                        const struct prompter *prompter, struct secret *ret,
                        bool *ret_unpadded)
{
    const struct alg *alg = alg_for_decryption(&key->pubkey);
    AUTO_BYTES buffer = {0};
    AUTO_SECRET answer = {0};
    struct token_request request = {0};
    bool unpadded = false;
    gpg_error_t err = 0;

    if (alg == NULL || !key->may_decrypt)
        return gpg_error(GPG_ERR_WRONG_KEY_USAGE);
    err = alg->decrypt_prepare(&key->pubkey, ciphertext, &buffer, &request);
    if (err == 0)
        err = token_perform(key->token, &key->locator, &request, prompter,
                            &answer);
    if (err == 0)
        err = alg->decrypt_finish(&key->pubkey, &answer, &unpadded);
    if (err != 0)
        return err;
    *ret = answer;
    answer = (struct secret){0};
    *ret_unpadded = unpadded;
    return 0;
}
