/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What GnuPG calls a token: its serial numbers and ids. */
#include "keyring/identity.h"

#include <gcrypt.h>
#include <string.h>
#include <strings.h>

#include "base/hex.h"
#include "base/str.h"
#include "keyring/identity_text.h"

/* The longest $DISPSERIALNO in bytes. */
#define DISPLAY_LEN 64

/* Ours: what no other card's begins with, and eight bytes of a hash. */
#define OWN_START "FF500B00"
#define OWN_LEN 8

/* The serial numbers of gnupg-pkcs11-scd 0.10 look like those of an OpenPGP
 * card: application, version 11, manufacturer "P11", four bytes of a hash,
 * and an end. */
#define HISTORIC_START "D2760001240111503131"
#define HISTORIC_LEN 4
#define HISTORIC_END "1111"
#define SERIAL_LEN 32

void identity_clear(struct identity *identity)
{
    free(identity->serial);
    free(identity->own_serial);
    free(identity->upstream_id);
    free(identity->upstream_serial);
    free(identity->uri_id);
    free(identity->uri_serial);
    free(identity->display_serial);
    *identity = (struct identity){0};
}

/* START, the first LEN bytes of the hash of TEXT in hex, END. */
static gpg_error_t hash_serial(const char *start, int algo, struct span text,
                               size_t len, const char *end, char **ret)
{
    uint8_t digest[32] = {0};
    AUTO_FREE char *hex = NULL;
    AUTO_STRBUF serial = {0};

    gcry_md_hash_buffer(algo, digest, text.data, text.len);
    hex = hex_encode(span_make(digest, len));
    if (hex == NULL)
        return gpg_error_from_syserror();
    strbuf_puts(&serial, start);
    strbuf_puts(&serial, hex);
    strbuf_puts(&serial, end);
    return strbuf_take(&serial, ret);
}

static gpg_error_t make_own_serial(const struct token_names *names, char **ret)
{
    AUTO_STRBUF all = {0};

    strbuf_puts(&all, names->manufacturer);
    strbuf_putc(&all, '\0');
    strbuf_puts(&all, names->model);
    strbuf_putc(&all, '\0');
    strbuf_puts(&all, names->serial);
    strbuf_putc(&all, '\0');
    strbuf_puts(&all, names->label);
    if (all.failed)
        return gpg_error(GPG_ERR_ENOMEM);
    return hash_serial(OWN_START, GCRY_MD_SHA256, span_make(all.text, all.len),
                       OWN_LEN, "", ret);
}

static gpg_error_t make_historic_serial(const char *id, char **ret)
{
    return hash_serial(HISTORIC_START, GCRY_MD_SHA1, span_str(id), HISTORIC_LEN,
                       HISTORIC_END, ret);
}

static gpg_error_t make_marked_serial(const struct identity *identity,
                                      enum card_type type, const char *mark,
                                      char **ret)
{
    AUTO_STRBUF all = {0};
    struct span text = {0};

    /* All four names, and nothing that is in an id. */
    strbuf_printf(&all, "%s\n%s", identity->upstream_id, mark);
    if (all.failed)
        return gpg_error(GPG_ERR_ENOMEM);
    text = span_make(all.text, all.len);
    if (type == CARD_TYPE_P15)
        return hash_serial(OWN_START, GCRY_MD_SHA256, text, OWN_LEN, "", ret);
    return hash_serial(HISTORIC_START, GCRY_MD_SHA1, text, HISTORIC_LEN,
                       HISTORIC_END, ret);
}

/* TEXT for people: printable, blanks squeezed and none at the ends, not too
 * long. */
static gpg_error_t make_readable(const char *text, char **ret)
{
    AUTO_FREE char *printable = str_printable(span_str(text));
    size_t len = 0;

    if (printable == NULL)
        return gpg_error(GPG_ERR_ENOMEM);
    for (const char *p = printable; *p != '\0'; p++)
        if (*p != ' ' || (len > 0 && printable[len - 1] != ' '))
            printable[len++] = *p;
    printable[len] = '\0';
    len = str_cut(printable, DISPLAY_LEN).len;
    while (len > 0 && printable[len - 1] == ' ')
        len--;
    printable[len] = '\0';
    *ret = TAKE(printable);
    return 0;
}

/* Modules without a serial number often say 0000000000000000. */
static bool is_meaningful(const char *serial)
{
    return serial[strspn(serial, "0 ")] != '\0';
}

static gpg_error_t make_display_serial(const struct token_names *names,
                                       const char *serial, char **ret)
{
    AUTO_STRBUF both = {0};
    AUTO_FREE char *all = NULL;
    AUTO_FREE char *text = NULL;
    gpg_error_t err = 0;

    strbuf_puts(&both, names->label);
    if (is_meaningful(names->serial))
        strbuf_printf(&both, " %s", names->serial);
    err = strbuf_take(&both, &all);
    if (err == 0)
        err = make_readable(all, &text);
    if (err != 0)
        return err;
    if (text[0] == '\0')
        return str_copy(serial, ret);
    *ret = TAKE(text);
    return 0;
}

static gpg_error_t make_all(const struct token_names *names,
                            enum card_type type, struct identity *made)
{
    gpg_error_t err = identity_text_upstream_id(names, &made->upstream_id);

    if (err == 0)
        err = identity_text_uri_id(names, &made->uri_id);
    if (err == 0)
        err = make_own_serial(names, &made->own_serial);
    if (err == 0)
        err = make_historic_serial(made->upstream_id, &made->upstream_serial);
    if (err == 0)
        err = make_historic_serial(made->uri_id, &made->uri_serial);
    if (err == 0)
        err = str_copy(type == CARD_TYPE_P15 ? made->own_serial
                                             : made->upstream_serial,
                       &made->serial);
    if (err == 0)
        err = make_display_serial(names, made->serial, &made->display_serial);
    return err;
}

gpg_error_t identity_make(const struct token_names *names, enum card_type type,
                          struct identity *ret)
{
    struct identity made = {0};
    gpg_error_t err = make_all(names, type, &made);

    if (err != 0) {
        identity_clear(&made);
        return err;
    }
    *ret = made;
    return 0;
}

/* TEXT is the serial number for people; the end of SERIAL tells it apart. */
static gpg_error_t make_marked_display(const char *text, const char *serial,
                                       enum card_type type, char **ret)
{
    const size_t digits = 8;
    const size_t end = type == CARD_TYPE_P15 ? 0 : strlen(HISTORIC_END);
    const struct span start = str_cut(text, DISPLAY_LEN - digits - 2);
    AUTO_STRBUF both = {0};

    strbuf_put(&both, (const char *)start.data, start.len);
    strbuf_puts(&both, " #");
    strbuf_put(&both, serial + strlen(serial) - end - digits, digits);
    return strbuf_take(&both, ret);
}

gpg_error_t identity_set_mark(struct identity *identity, enum card_type type,
                              const char *mark)
{
    AUTO_FREE char *serial = NULL;
    AUTO_FREE char *display = NULL;
    gpg_error_t err = make_marked_serial(identity, type, mark, &serial);

    if (err == 0)
        err = make_marked_display(identity->display_serial, serial, type,
                                  &display);
    if (err != 0)
        return err;
    free(identity->serial);
    free(identity->display_serial);
    identity->serial = TAKE(serial);
    identity->display_serial = TAKE(display);
    return 0;
}

bool identity_has_marked_serial(const struct identity *identity,
                                enum card_type type, const char *mark,
                                const char *serial)
{
    AUTO_FREE char *marked = NULL;

    return make_marked_serial(identity, type, mark, &marked) == 0 &&
           str_equal_nocase(serial, marked);
}

bool identity_has_serial(const struct identity *identity, const char *serial)
{
    return str_equal_nocase(serial, identity->own_serial) ||
           str_equal_nocase(serial, identity->upstream_serial) ||
           str_equal_nocase(serial, identity->uri_serial);
}

bool identity_is_historic_serial(const char *serial)
{
    const size_t start_len = strlen(HISTORIC_START);
    const size_t end_len = strlen(HISTORIC_END);

    if (!hex_is(serial, SERIAL_LEN))
        return false;
    return str_equal_nocase(serial, "D2760001240111111111111111111111") ||
           str_equal_nocase(serial, "D2760001240111504B43532331311111") ||
           (strncasecmp(serial, HISTORIC_START, start_len) == 0 &&
            str_equal(serial + SERIAL_LEN - end_len, HISTORIC_END));
}
