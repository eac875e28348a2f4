/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A token's PIN in the cache of a client, encrypted. */
#include "token/pin_cache.h"

#include <gcrypt.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/hex.h"
#include "base/log.h"

#define WRAP_KEY_LEN 16

/* AES key wrap (RFC 3394) works on blocks of 8 bytes, 2 at least, and makes
 * one more. */
#define BLOCK 8

/* A longer PIN does not fit into a line of the protocol with all the rest. */
#define MAX_CACHED_PIN 255

void pin_cache_init(struct pin_cache *cache)
{
    static _Atomic unsigned long n_tokens;

    *cache = (struct pin_cache){0};
    (void)pthread_mutex_init(&cache->lock, NULL);
    /* In the form that scdaemon uses: slot, application, what it is for.  The
     * number is no slot of PKCS#11: it never comes again. */
    (void)snprintf(cache->name, sizeof cache->name, "%lu/p11/user",
                   atomic_fetch_add(&n_tokens, 1));
}

void pin_cache_done(struct pin_cache *cache)
{
    secret_clear(&cache->wrap_key);
    (void)pthread_mutex_destroy(&cache->lock);
}

/* A cipher with the token's key, the caller's to close.  MAKE: a new key if
 * there is none; else GPG_ERR_NOT_FOUND. */
static gpg_error_t open_cipher(struct pin_cache *cache, bool make,
                               gcry_cipher_hd_t *ret)
{
    gcry_cipher_hd_t cipher = NULL;
    gpg_error_t err =
        gcry_cipher_open(&cipher, GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_AESWRAP,
                         GCRY_CIPHER_SECURE);

    if (err != 0)
        return err;
    (void)pthread_mutex_lock(&cache->lock);
    if (cache->wrap_key.len == 0 && make) {
        err = secret_alloc(&cache->wrap_key, WRAP_KEY_LEN);
        if (err == 0)
            gcry_randomize(cache->wrap_key.data, WRAP_KEY_LEN,
                           GCRY_STRONG_RANDOM);
    }
    if (err == 0)
        err = cache->wrap_key.len == 0
                  ? gpg_error(GPG_ERR_NOT_FOUND)
                  : gcry_cipher_setkey(cipher, cache->wrap_key.data,
                                       cache->wrap_key.len);
    (void)pthread_mutex_unlock(&cache->lock);
    if (err == 0)
        *ret = cipher;
    else
        gcry_cipher_close(cipher);
    return err;
}

static bool is_in_use(struct pin_cache *cache)
{
    bool used = false;

    (void)pthread_mutex_lock(&cache->lock);
    used = cache->wrap_key.len != 0;
    (void)pthread_mutex_unlock(&cache->lock);
    return used;
}

/* The PIN that VALUE, hex digits, is; its padding are zeros. */
static gpg_error_t unwrap(struct pin_cache *cache, const struct bytes *value,
                          struct secret *ret)
{
    AUTO_BYTES wrapped = {0};
    AUTO_SECRET pin = {0};
    gcry_cipher_hd_t cipher = NULL;
    gpg_error_t err =
        hex_decode_append((const char *)value->data, value->len, &wrapped);

    if (err == 0 && wrapped.len < 3 * BLOCK)
        err = gpg_error(GPG_ERR_INV_LENGTH);
    if (err == 0)
        err = secret_alloc(&pin, wrapped.len - BLOCK);
    if (err == 0)
        err = open_cipher(cache, false, &cipher);
    if (err != 0)
        return err;
    err = gcry_cipher_decrypt(cipher, pin.data, pin.len, wrapped.data,
                              wrapped.len);
    gcry_cipher_close(cipher);
    if (err != 0)
        return err;
    secret_truncate(&pin, strnlen((const char *)pin.data, pin.len));
    *ret = pin;
    pin = (struct secret){0};
    return 0;
}

gpg_error_t pin_cache_get(struct pin_cache *cache,
                          const struct prompter *prompter, struct secret *ret)
{
    AUTO_BYTES value = {0};
    gpg_error_t err = 0;

    if (!is_in_use(cache) || !prompter->has_cache(prompter->context))
        return 0;
    err = prompter->cache_get(prompter->context, cache->name, &value);
    if (err != 0 || value.len == 0)
        return err;
    err = unwrap(cache, &value, ret);
    if (err != 0)
        log_verbose("what the client remembered for a PIN is of no use: %s",
                    gpg_strerror(err));
    return 0;
}

/* PIN, padded and encrypted, in hex; the caller frees it. */
static gpg_error_t wrap(struct pin_cache *cache, const struct secret *pin,
                        char **ret)
{
    AUTO_SECRET padded = {0};
    AUTO_BYTES wrapped = {0};
    gcry_cipher_hd_t cipher = NULL;
    const size_t n_blocks = (pin->len + BLOCK - 1) / BLOCK;
    gpg_error_t err =
        secret_alloc(&padded, BLOCK * (n_blocks < 2 ? 2 : n_blocks));

    if (err != 0)
        return err;
    memcpy(padded.data, pin->data, pin->len);
    err = bytes_alloc(&wrapped, padded.len + BLOCK);
    if (err == 0)
        err = open_cipher(cache, true, &cipher);
    if (err != 0)
        return err;
    err = gcry_cipher_encrypt(cipher, wrapped.data, wrapped.len, padded.data,
                              padded.len);
    gcry_cipher_close(cipher);
    if (err != 0)
        return err;
    *ret = hex_encode(span_of(&wrapped));
    return *ret != NULL ? 0 : gpg_error_from_syserror();
}

void pin_cache_put(struct pin_cache *cache, const struct prompter *prompter,
                   const struct secret *pin)
{
    AUTO_FREE char *value = NULL;
    gpg_error_t err = 0;

    if (pin->len == 0 || pin->len > MAX_CACHED_PIN ||
        !prompter->has_cache(prompter->context))
        return;
    err = wrap(cache, pin, &value);
    if (err == 0)
        prompter->cache_put(prompter->context, cache->name, value);
    else
        log_verbose("a PIN could not be given to the client: %s",
                    gpg_strerror(err));
}

void pin_cache_forget(struct pin_cache *cache, const struct prompter *prompter)
{
    bool used = false;

    (void)pthread_mutex_lock(&cache->lock);
    used = cache->wrap_key.len != 0;
    secret_clear(&cache->wrap_key);
    (void)pthread_mutex_unlock(&cache->lock);
    if (used && prompter->has_cache(prompter->context))
        prompter->cache_put(prompter->context, cache->name, NULL);
}
