/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Public keys in the format of OpenSSH (RFC 4253, section 6.6). */
#include "base/str.h"
#include "keyring/pubkey.h"

/* RFC 4251, section 5: a length in four bytes, then the bytes. */
static gpg_error_t append_string(struct bytes *blob, struct span s)
{
    const uint8_t len[4] = {(uint8_t)(s.len >> 24), (uint8_t)(s.len >> 16),
                            (uint8_t)(s.len >> 8), (uint8_t)s.len};
    gpg_error_t err = bytes_append(blob, span_make(len, sizeof len));

    return err != 0 ? err : bytes_append(blob, s);
}

/* A positive number, with a zero byte before a top bit that is set. */
static gpg_error_t append_mpint(struct bytes *blob, struct span number)
{
    AUTO_BYTES mpint = {0};
    gpg_error_t err = 0;

    if ((number.data[0] & 0x80) != 0)
        err = bytes_alloc(&mpint, 1);
    if (err == 0)
        err = bytes_append(&mpint, number);
    return err != 0 ? err : append_string(blob, span_of(&mpint));
}

static gpg_error_t make_blob(const struct pubkey *pubkey, const char *type,
                             struct bytes *blob)
{
    gpg_error_t err = append_string(blob, span_str(type));

    if (err != 0)
        return err;
    if (pubkey_is_rsa(pubkey)) {
        err = append_mpint(blob, span_of(&pubkey->e));
        return err != 0 ? err : append_mpint(blob, span_of(&pubkey->n));
    }
    /* RFC 5656, section 3.1, names the curve once more: the type's end. */
    if (pubkey->curve->form == CURVE_WEIERSTRASS)
        err = append_string(blob, span_str(pubkey->curve->algo));
    return err != 0 ? err : append_string(blob, span_of(&pubkey->q));
}

/* The place of '=' among the digits. */
#define PADDING 64

static void put_base64(struct strbuf *out, struct span s)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/=";

    while (s.len > 0) {
        size_t n = s.len < 3 ? s.len : 3;
        unsigned bits = (unsigned)s.data[0] << 16;

        bits |= n > 1 ? (unsigned)s.data[1] << 8 : 0;
        bits |= n > 2 ? (unsigned)s.data[2] : 0;
        strbuf_putc(out, digits[bits >> 18]);
        strbuf_putc(out, digits[bits >> 12 & 63]);
        strbuf_putc(out, digits[n > 1 ? bits >> 6 & 63 : PADDING]);
        strbuf_putc(out, digits[n > 2 ? bits & 63 : PADDING]);
        s = span_skip(s, n);
    }
}

gpg_error_t pubkey_to_ssh(const struct pubkey *pubkey, const char *comment,
                          char **ret)
{
    AUTO_BYTES blob = {0};
    AUTO_STRBUF line = {0};
    const char *type = pubkey_is_rsa(pubkey) ? "ssh-rsa" : pubkey->curve->ssh;
    gpg_error_t err = 0;

    if (type == NULL)
        return gpg_error(GPG_ERR_UNKNOWN_CURVE);
    err = make_blob(pubkey, type, &blob);
    if (err != 0)
        return err;
    strbuf_printf(&line, "%s ", type);
    put_base64(&line, span_of(&blob));
    strbuf_printf(&line, " %s\n", comment);
    return strbuf_take(&line, ret);
}
