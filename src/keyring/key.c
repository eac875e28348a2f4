/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One private key on a token: signing or decrypting with it, whatever its
 * algorithm. */
#include "keyring/key.h"

#include "base/log.h"

void key_clear(struct key *key)
{
    free(key->ref);
    free(key->label);
    verifier_free(key->verifier);
    pubkey_clear(&key->pubkey);
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

typedef gpg_error_t finish_function(const struct pubkey *pubkey,
                                    struct secret *signature);

/* The signature that the token's ANSWER stands for if read by FINISH, if it is
 * a right one. */
static gpg_error_t read_signature(const struct key *key,
                                  finish_function *finish,
                                  const struct token_request *request,
                                  struct span answer, struct secret *ret)
{
    AUTO_SECRET signature = {0};
    gpg_error_t err = secret_set(&signature, answer);

    if (err == 0)
        err = finish(&key->pubkey, &signature);
    if (err == 0 && key->verifier != NULL)
        err = verifier_check(key->verifier, request, secret_span(&signature),
                             key->ref);
    if (err != 0)
        return err;
    *ret = signature;
    signature = (struct secret){0};
    return 0;
}

/* Most likely the private key is not the one that the public key object or the
 * certificate with its CKA_ID says it is; but it may be a fault. */
static void report_bad_signature(const struct key *key, const struct alg *alg)
{
    log_error("key %s (%s '%s') of token %s: the token's answer is not an %s "
              "signature by this key; it was not given out.  Compare the "
              "token's public key, certificate and private key with this "
              "CKA_ID; if they belong together, the token or its module is "
              "defective",
              key->ref, key->algo, key->label, key->serial, alg->name);
}

gpg_error_t key_sign(const struct key *key, const struct sign_input *input,
                     const struct prompter *prompter, struct secret *ret)
{
    const struct alg *alg = alg_for_signing(&key->pubkey);
    AUTO_BYTES buffer = {0};
    AUTO_SECRET answer = {0};
    struct token_request request = {0};
    enum mech mech = MECH_NONE;
    gpg_error_t err = 0;

    if (alg == NULL || !key->may_sign)
        return gpg_error(GPG_ERR_WRONG_KEY_USAGE);
    err = alg->sign_prepare(&key->pubkey, input, &buffer, &request);
    if (err == 0)
        err = token_perform(key->token, &key->locator, &request, prompter,
                            &answer, &mech);
    if (err != 0)
        return err;
    err = read_signature(key, alg->sign_finish, &request, secret_span(&answer),
                         ret);
    if (gpg_err_code(err) == GPG_ERR_BAD_SIGNATURE && key->verifier != NULL &&
        alg->sign_finish_other != NULL)
        err = read_signature(key, alg->sign_finish_other, &request,
                             secret_span(&answer), ret);
    if (gpg_err_code(err) == GPG_ERR_BAD_SIGNATURE) {
        token_forget_key(key->token, &key->locator);
        report_bad_signature(key, alg);
    }
    return err;
}

gpg_error_t key_decrypt(const struct key *key, struct span ciphertext,
                        const struct prompter *prompter, struct secret *ret,
                        bool *ret_unpadded)
{
    const struct alg *alg = alg_for_decryption(&key->pubkey);
    AUTO_BYTES buffer = {0};
    AUTO_SECRET answer = {0};
    struct token_request request = {0};
    enum mech mech = MECH_NONE;
    bool unpadded = false;
    gpg_error_t err = 0;

    if (alg == NULL || !key->may_decrypt)
        return gpg_error(GPG_ERR_WRONG_KEY_USAGE);
    err = alg->decrypt_prepare(&key->pubkey, ciphertext, &buffer, &request);
    if (err == 0)
        err = token_perform(key->token, &key->locator, &request, prompter,
                            &answer, &mech);
    if (err == 0)
        err = alg->decrypt_finish(&key->pubkey, mech, &answer, &unpadded);
    if (err != 0)
        return err;
    *ret = answer;
    answer = (struct secret){0};
    *ret_unpadded = unpadded;
    return 0;
}
