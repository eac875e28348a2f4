/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The subject of a certificate in one line, as 0.10 shows it: the form is that
 * of OpenSSL, which read certificates for it. */
#include "keyring/oneline.h"

#include <ksba.h>
#include <string.h>

#include "base/der.h"
#include "base/str.h"

#define DER_SET ((enum der_tag)0x31)
#define EXPLICIT_VERSION ((enum der_tag)0xA0)

/* Types of attributes (X.520 and others) and their short names. */
static const struct {
    const char *oid;
    const char *name;
} names[] = {{"2.5.4.3", "CN"},
             {"2.5.4.4", "SN"},
             {"2.5.4.5", "serialNumber"},
             {"2.5.4.6", "C"},
             {"2.5.4.7", "L"},
             {"2.5.4.8", "ST"},
             {"2.5.4.9", "street"},
             {"2.5.4.10", "O"},
             {"2.5.4.11", "OU"},
             {"2.5.4.12", "title"},
             {"2.5.4.13", "description"},
             {"2.5.4.15", "businessCategory"},
             {"2.5.4.16", "postalAddress"},
             {"2.5.4.17", "postalCode"},
             {"2.5.4.20", "telephoneNumber"},
             {"2.5.4.41", "name"},
             {"2.5.4.42", "GN"},
             {"2.5.4.43", "initials"},
             {"2.5.4.44", "generationQualifier"},
             {"2.5.4.45", "x500UniqueIdentifier"},
             {"2.5.4.46", "dnQualifier"},
             {"2.5.4.65", "pseudonym"},
             {"2.5.4.97", "organizationIdentifier"},
             {"0.9.2342.19200300.100.1.1", "UID"},
             {"0.9.2342.19200300.100.1.3", "mail"},
             {"0.9.2342.19200300.100.1.25", "DC"},
             {"1.2.840.113549.1.9.1", "emailAddress"},
             {"1.2.840.113549.1.9.2", "unstructuredName"}};

static void release_ksba(void *p)
{
    ksba_free(*(void **)p);
}

static void put_type(struct strbuf *line, struct span oid)
{
    AUTO(release_ksba)
    char *digits = ksba_oid_to_str((const char *)oid.data, oid.len);

    if (digits == NULL) {
        line->failed = true;
        return;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (str_equal(digits, names[i].oid)) {
            strbuf_puts(line, names[i].name);
            return;
        }
    }
    strbuf_puts(line, digits);
}

/* With OpenSSL 3, what separates the parts is marked within them. */
static void put_value(struct strbuf *line, struct span value)
{
    for (size_t i = 0; i < value.len; i++) {
        const uint8_t byte = value.data[i];

        if (byte < ' ' || byte > '~') {
            strbuf_printf(line, "\\x%02X", byte);
            continue;
        }
        if (byte == '/' || byte == '+')
            strbuf_putc(line, '\\');
        strbuf_putc(line, (char)byte);
    }
}

/* The attributes of one RelativeDistinguishedName: mostly one. */
static bool put_rdn(struct strbuf *line, struct span rdn)
{
    struct span attribute = {0};
    struct span oid = {0};
    struct span value = {0};
    uint8_t tag = 0;

    while (rdn.len != 0) {
        if (!der_take_tag(&rdn, DER_SEQUENCE, &attribute) ||
            !der_take_tag(&attribute, DER_OID, &oid) ||
            !der_take(&attribute, &tag, &value))
            return false;
        strbuf_putc(line, '/');
        put_type(line, oid);
        strbuf_putc(line, '=');
        put_value(line, value);
    }
    return true;
}

/* The Name that is the subject (RFC 5280, section 4.1). */
static bool find_subject(struct span der, struct span *ret)
{
    struct span rest = der;
    struct span cert = {0};
    struct span tbs = {0};
    struct span skipped = {0};

    if (!der_take_tag(&rest, DER_SEQUENCE, &cert) ||
        !der_take_tag(&cert, DER_SEQUENCE, &tbs))
        return false;
    (void)der_take_tag(&tbs, EXPLICIT_VERSION, &skipped);
    /* Serial number, algorithm, issuer, validity. */
    return der_take_tag(&tbs, DER_INTEGER, &skipped) &&
           der_take_tag(&tbs, DER_SEQUENCE, &skipped) &&
           der_take_tag(&tbs, DER_SEQUENCE, &skipped) &&
           der_take_tag(&tbs, DER_SEQUENCE, &skipped) &&
           der_take_tag(&tbs, DER_SEQUENCE, ret);
}

gpg_error_t oneline_subject(struct span der, char **ret)
{
    AUTO_STRBUF line = {0};
    struct span name = {0};
    struct span rdn = {0};

    if (!find_subject(der, &name) || name.len == 0)
        return gpg_error(GPG_ERR_INV_CERT_OBJ);
    while (name.len != 0)
        if (!der_take_tag(&name, DER_SET, &rdn) || !put_rdn(&line, rdn))
            return gpg_error(GPG_ERR_INV_CERT_OBJ);
    return strbuf_take(&line, ret);
}
