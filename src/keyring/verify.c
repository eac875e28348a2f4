/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Signatures that a token made, verified before they are handed out.
 *
 * A wrong one is worse than useless: an RSA signature with a fault in half of
 * its computation gives the private key away to whoever sees it (Boneh,
 * DeMillo and Lipton 1997), and so does an EdDSA one beside the right one of
 * the same message. */
#include "keyring/verify.h"

#include <stdatomic.h>
#include <string.h>

#include "base/log.h"
#include "base/sexp.h"

struct verifier {
    const struct pubkey *pubkey;
    /* As libgcrypt wants it, made for the first signature: few of many keys
     * ever sign. */
    _Atomic(gcry_sexp_t) key;
    _Atomic bool has_warned;
};

gpg_error_t verifier_new(const struct pubkey *pubkey, struct verifier **ret)
{
    struct verifier *verifier = calloc(1, sizeof *verifier);

    if (verifier == NULL)
        return gpg_error_from_syserror();
    verifier->pubkey = pubkey;
    atomic_init(&verifier->key, NULL);
    atomic_init(&verifier->has_warned, false);
    *ret = verifier;
    return 0;
}

/* Two threads may both make it; the first one's is kept. */
static gpg_error_t get_key(struct verifier *verifier, gcry_sexp_t *ret)
{
    AUTO_SEXP made = NULL;
    gcry_sexp_t known = atomic_load(&verifier->key);
    gpg_error_t err = 0;

    if (known == NULL) {
        err = pubkey_build(verifier->pubkey, &made);
        if (err != 0)
            return err;
        if (atomic_compare_exchange_strong(&verifier->key, &known, made))
            known = TAKE(made);
    }
    *ret = known;
    return 0;
}

void verifier_free(struct verifier *verifier)
{
    if (verifier == NULL)
        return;
    gcry_sexp_release(atomic_load(&verifier->key));
    free(verifier);
}

/* What was to be signed.  For RSA the whole padded block, whoever padded it:
 * s^e mod n has to be just that. */
static gpg_error_t build_data(const struct token_request *request,
                              gcry_sexp_t *ret)
{
    const struct span block =
        request->mech == MECH_RSA_PKCS ? request->other_input : request->input;
    const char *format = request->mech == MECH_EDDSA
                             ? "(data(flags eddsa)(hash-algo sha512)(value%b))"
                             : "(data(flags raw)(value%b))";

    return gcry_sexp_build(ret, NULL, format, (int)block.len,
                           (const char *)block.data);
}

static gpg_error_t build_signature(const struct token_request *request,
                                   struct span signature, gcry_sexp_t *ret)
{
    const char *format = request->mech == MECH_EDDSA
                             ? "(sig-val(eddsa(r%b)(s%b)))"
                             : "(sig-val(ecdsa(r%b)(s%b)))";
    const struct span r = {signature.data, signature.len / 2};
    const struct span s = span_skip(signature, signature.len / 2);

    if (request->mech == MECH_RSA_PKCS || request->mech == MECH_RSA_X_509)
        return gcry_sexp_build(ret, NULL, "(sig-val(rsa(s%b)))",
                               (int)signature.len,
                               (const char *)signature.data);
    return gcry_sexp_build(ret, NULL, format, (int)r.len, (const char *)r.data,
                           (int)s.len, (const char *)s.data);
}

/* What libgcrypt says of it, as an error of ours. */
static gpg_error_t ask(struct verifier *verifier,
                       const struct token_request *request,
                       struct span signature)
{
    AUTO_SEXP data = NULL;
    AUTO_SEXP value = NULL;
    gcry_sexp_t key = NULL;
    gpg_error_t err = get_key(verifier, &key);

    if (err == 0)
        err = build_data(request, &data);
    if (err == 0)
        err = build_signature(request, signature, &value);
    if (err == 0)
        err = gcry_pk_verify(value, data, key);
    return gpg_error(gpg_err_code(err));
}

/* Is it libgcrypt that cannot, since it is in FIPS mode or built without
 * something, so that it refuses any signature of such a key?  Asked with one
 * that is nothing but ones: what the token gave must have no part in the
 * decision to do without. */
static bool is_impossible(struct verifier *verifier,
                          const struct token_request *request, size_t len)
{
    AUTO_BYTES ones = {0};

    if (bytes_alloc(&ones, len) != 0)
        return false;
    memset(ones.data, 1, ones.len);
    switch (gpg_err_code(ask(verifier, request, span_of(&ones)))) {
    case GPG_ERR_NOT_SUPPORTED:
    case GPG_ERR_NOT_IMPLEMENTED:
    case GPG_ERR_UNSUPPORTED_ALGORITHM:
    case GPG_ERR_PUBKEY_ALGO:
    case GPG_ERR_UNKNOWN_CURVE:
    case GPG_ERR_INV_CURVE:
    case GPG_ERR_INV_FLAG:
    case GPG_ERR_INV_VALUE: /* the size of a key */
    case GPG_ERR_FORBIDDEN:
        return true;
    default:
        return false;
    }
}

/* To refuse what cannot be verified would leave such keys without any use, on
 * a machine whose owner chose both the key and the policy; and gpg-agent, which
 * uses the same libgcrypt, has the last word anyway. */
gpg_error_t verifier_check(struct verifier *verifier,
                           const struct token_request *request,
                           struct span signature, const char *name)
{
    gpg_error_t err = ask(verifier, request, signature);

    if (err == 0 || gpg_err_code(err) == GPG_ERR_BAD_SIGNATURE)
        return err;
    /* Out of memory, say: not the token's fault. */
    if ((gpg_err_code(err) & GPG_ERR_SYSTEM_ERROR) != 0)
        return err;
    if (!is_impossible(verifier, request, signature.len))
        return gpg_error(GPG_ERR_BAD_SIGNATURE);
    if (!atomic_exchange(&verifier->has_warned, true))
        log_warning("key %s: its signatures are not verified: libgcrypt "
                    "cannot do it for such a key: %s",
                    name, gpg_strerror(err));
    return 0;
}
