/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What we need of an X.509 certificate (RFC 5280), by libksba. */
#include "keyring/x509.h"

#include <gcrypt.h>
#include <ksba.h>

#include "base/der.h"
#include "base/isotime.h"
#include "base/str.h"
#include "keyring/dn.h"
#include "keyring/key.h"

static void release_cert(ksba_cert_t *cert)
{
    ksba_cert_release(*cert);
}

static void release_ksba(void *p)
{
    ksba_free(*(void **)p);
}

/* keyUsage (RFC 5280, section 4.2.1.3) as GnuPG's letters. */
static unsigned usage_letters(unsigned bits)
{
    unsigned usage = 0;

    if ((bits & (KSBA_KEYUSAGE_DIGITAL_SIGNATURE |
                 KSBA_KEYUSAGE_NON_REPUDIATION)) != 0)
        usage |= KEY_SIGN | KEY_CERTIFY;
    if ((bits & KSBA_KEYUSAGE_DIGITAL_SIGNATURE) != 0)
        usage |= KEY_AUTHENTICATE;
    if ((bits & (KSBA_KEYUSAGE_KEY_CERT_SIGN | KSBA_KEYUSAGE_CRL_SIGN)) != 0)
        usage |= KEY_CERTIFY;
    if ((bits &
         (KSBA_KEYUSAGE_KEY_ENCIPHERMENT | KSBA_KEYUSAGE_DATA_ENCIPHERMENT |
          KSBA_KEYUSAGE_KEY_AGREEMENT)) != 0)
        usage |= KEY_ENCRYPT;
    return usage;
}

/* When it becomes valid. */
static uint32_t read_not_before(ksba_cert_t cert)
{
    ksba_isotime_t time = {0};
    uint32_t seconds = 0;

    if (ksba_cert_get_validity(cert, 0, time) != 0 ||
        isotime_parse(span_str(time), &seconds) != 0)
        return 0;
    return seconds;
}

static gpg_error_t read_pubkey(ksba_cert_t cert, struct pair_certificate *ret)
{
    AUTO(release_ksba) ksba_sexp_t sexp = ksba_cert_get_public_key(cert);
    size_t len = 0;
    gpg_error_t err = 0;

    if (sexp == NULL)
        return gpg_error(GPG_ERR_BAD_PUBKEY);
    len = gcry_sexp_canon_len(sexp, 0, NULL, NULL);
    err = pubkey_from_sexp(span_make(sexp, len), &ret->pubkey);
    if (err == 0)
        err = pubkey_keygrip(&ret->pubkey, ret->grip);
    ret->has_pubkey = err == 0;
    return err;
}

gpg_error_t x509_read(struct pair_certificate *ret)
{
    AUTO(release_cert) ksba_cert_t cert = NULL;
    AUTO(release_ksba) ksba_sexp_t serial = NULL;
    AUTO(release_ksba) char *subject = NULL;
    struct span rest = span_of(&ret->object->certificate);
    struct span contents = {0};
    unsigned bits = 0;
    int is_ca = 0;
    gpg_error_t err = 0;

    /* libksba does not miss the end of a certificate; some tokens fill up
     * with zeros behind it. */
    if (!der_take_tag(&rest, DER_SEQUENCE, &contents))
        return gpg_error(GPG_ERR_BAD_CERT);
    ret->der = span_make(ret->object->certificate.data,
                         ret->object->certificate.len - rest.len);
    err = ksba_cert_new(&cert);
    if (err == 0)
        err = ksba_cert_init_from_mem(cert, ret->der.data, ret->der.len);
    if (err != 0)
        return err;
    /* libksba takes anything at first; a certificate has a serial number. */
    serial = ksba_cert_get_serial(cert);
    if (serial == NULL)
        return gpg_error(GPG_ERR_BAD_CERT);
    subject = ksba_cert_get_subject(cert, 0);
    err = dn_one_line(subject != NULL ? subject : "", &ret->subject);
    if (err == 0)
        err = dn_common_name(subject != NULL ? subject : "", &ret->holder);
    if (err != 0)
        return err;
    ret->not_before = read_not_before(cert);
    ret->is_ca = ksba_cert_is_ca(cert, &is_ca, NULL) == 0 && is_ca != 0;
    ret->restricted = ksba_cert_get_key_usage(cert, &bits) == 0;
    ret->usage = usage_letters(bits);
    return read_pubkey(cert, ret);
}
