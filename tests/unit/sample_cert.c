/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Certificates for the sample keys (RFC 5280). */
#include <string.h>

#include "sample_keys.h"

#define ECDSA_WITH_SHA256 "\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02"

static void append(struct bytes *der, const char *data, size_t len)
{
    if (bytes_append(der, span_make(data, len)) != 0)
        abort();
}

static void append_bytes(struct bytes *der, const struct bytes *more)
{
    append(der, (const char *)more->data, more->len);
}

/* Make DER the contents of an element with this TAG. */
static void wrap(struct bytes *der, uint8_t tag)
{
    AUTO_BYTES whole = {0};
    const char header[4] = {(char)tag, (char)0x82, (char)(der->len >> 8),
                            (char)der->len};
    const char short_header[2] = {(char)tag, (char)der->len};
    const char middle_header[3] = {(char)tag, (char)0x81, (char)der->len};

    if (der->len < 0x80)
        append(&whole, short_header, sizeof short_header);
    else if (der->len < 0x100)
        append(&whole, middle_header, sizeof middle_header);
    else
        append(&whole, header, sizeof header);
    append_bytes(&whole, der);
    bytes_clear(der);
    *der = bytes_take(&whole);
}

static void append_name(struct bytes *der, const char *common_name)
{
    AUTO_BYTES name = {0};
    AUTO_BYTES attribute = {0};

    append(&name, common_name, strlen(common_name));
    wrap(&name, 0x0c);
    append(&attribute, "\x06\x03\x55\x04\x03", 5);
    append_bytes(&attribute, &name);
    wrap(&attribute, 0x30);
    wrap(&attribute, 0x31);
    wrap(&attribute, 0x30);
    append_bytes(der, &attribute);
}

static void append_extensions(struct bytes *der, const struct sample_cert *cert)
{
    AUTO_BYTES extensions = {0};

    if (cert->key_usage >= 0) {
        const char bits = (char)cert->key_usage;

        append(&extensions, "\x30\x0b\x06\x03\x55\x1d\x0f\x04\x04\x03\x02\x00",
               12);
        append(&extensions, &bits, 1);
    }
    if (cert->is_ca)
        append(&extensions,
               "\x30\x0f\x06\x03\x55\x1d\x13\x01\x01\xff\x04\x05\x30\x03"
               "\x01\x01\xff",
               17);
    if (extensions.len == 0)
        return;
    wrap(&extensions, 0x30);
    wrap(&extensions, 0xa3);
    append_bytes(der, &extensions);
}

static void make_certificate(const struct sample_cert *cert, struct bytes *ret)
{
    static const char validity[] = "\x30\x1e\x17\x0d"
                                   "240101000000Z\x17\x0d"
                                   "490101000000Z";
    AUTO_BYTES spki = {0};
    AUTO_BYTES tbs = {0};

    sample_bytes(sample_keys[cert->which].spki, &spki);
    append(&tbs, "\xa0\x03\x02\x01\x02\x02\x01\x05", 8);
    append(&tbs, ECDSA_WITH_SHA256, 12);
    append_name(&tbs, "Issuer");
    append(&tbs, validity, sizeof validity - 1);
    append_name(&tbs, cert->subject);
    append_bytes(&tbs, &spki);
    append_extensions(&tbs, cert);
    wrap(&tbs, 0x30);
    append(&tbs, ECDSA_WITH_SHA256, 12);
    append(&tbs, "\x03\x09\x00\x30\x06\x02\x01\x01\x02\x01\x01", 11);
    wrap(&tbs, 0x30);
    *ret = bytes_take(&tbs);
}

struct object *sample_certificate(struct object_list *list,
                                  const struct sample_cert *cert,
                                  const char *id)
{
    struct object *o = sample_object(list, OBJECT_CERTIFICATE, cert->which, id);

    o->key_type = KEY_TYPE_OTHER;
    make_certificate(cert, &o->certificate);
    return o;
}
