/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What GnuPG calls a key: references, written and read. */
#include <string.h>
#include <strings.h>

#include "base/hex.h"
#include "base/str.h"
#include "keyring/identity.h"
#include "keyring/identity_text.h"

#define OWN_PREFIX "P15."

/* Status lines have a length: a CKA_ID beyond this (bytes) is not spelled out
 * in a reference. */
#define OWN_MAX_ID 64
#define URI_PREFIX "pkcs11:"
#define URI_ID ";id="

/* Of the keygrip, in a reference to a key without ID. */
#define GRIP_DIGITS 16

static void names_clear(struct token_names *names)
{
    free(names->manufacturer);
    free(names->model);
    free(names->serial);
    free(names->label);
    *names = (struct token_names){0};
}
#define AUTO_NAMES AUTO(names_clear) struct token_names

/* START and the LEN hex digits at DIGITS in upper case. */
static gpg_error_t join(const char *start, const char *digits, size_t len,
                        char **ret)
{
    static const char upper[] = "0123456789ABCDEF";
    AUTO_STRBUF ref = {0};

    strbuf_puts(&ref, start);
    for (size_t i = 0; i < len; i++)
        strbuf_putc(&ref, upper[hex_digit(digits[i])]);
    return strbuf_take(&ref, ret);
}

gpg_error_t identity_own_ref(struct span id, const char *keygrip, char **ret)
{
    AUTO_FREE char *hex = hex_encode(id);

    if (hex == NULL)
        return gpg_error_from_syserror();
    if (id.len != 0 && id.len <= OWN_MAX_ID)
        return join(OWN_PREFIX, hex, 2 * id.len, ret);
    if (!hex_is(keygrip, 40))
        return gpg_error(GPG_ERR_INV_VALUE);
    return join(OWN_PREFIX "X", keygrip, GRIP_DIGITS, ret);
}

static gpg_error_t upstream_ref(const char *token_id, struct span id,
                                char **ret)
{
    AUTO_FREE char *hex = hex_encode(id);
    AUTO_STRBUF ref = {0};

    if (id.len == 0)
        return gpg_error(GPG_ERR_INV_ID);
    if (hex == NULL)
        return gpg_error_from_syserror();
    strbuf_puts(&ref, token_id);
    strbuf_putc(&ref, '/');
    strbuf_puts(&ref, hex);
    return strbuf_take(&ref, ret);
}

static gpg_error_t uri_ref(const char *token_id, struct span id, char **ret)
{
    AUTO_STRBUF ref = {0};

    if (id.len == 0)
        return gpg_error(GPG_ERR_INV_ID);
    strbuf_puts(&ref, token_id);
    strbuf_puts(&ref, URI_ID);
    identity_text_put_uri(&ref, id);
    return strbuf_take(&ref, ret);
}

gpg_error_t identity_upstream_ref(const struct identity *identity,
                                  struct span id, char **ret)
{
    return upstream_ref(identity->upstream_id, id, ret);
}

gpg_error_t identity_uri_ref(const struct identity *identity, struct span id,
                             char **ret)
{
    return uri_ref(identity->uri_id, id, ret);
}

bool identity_is_own_ref(const char *ref)
{
    return str_has_prefix(ref, OWN_PREFIX);
}

const char *identity_own_ref_grip(const char *ref)
{
    const char *rest = ref + strlen(OWN_PREFIX);

    return identity_is_own_ref(ref) && rest[0] == 'X' &&
                   hex_is(rest + 1, GRIP_DIGITS)
               ? rest + 1
               : NULL;
}

static gpg_error_t id_from_hex(const char *hex, struct bytes *ret)
{
    const size_t len = strlen(hex);

    if (len == 0 || len % 2 != 0 || !hex_is(hex, len))
        return gpg_error(GPG_ERR_INV_ID);
    return hex_decode_append(hex, len, ret);
}

gpg_error_t identity_own_ref_id(const char *ref, struct bytes *ret)
{
    if (!identity_is_own_ref(ref))
        return gpg_error(GPG_ERR_INV_ID);
    return id_from_hex(ref + strlen(OWN_PREFIX), ret);
}

gpg_error_t identity_old_ref_id(const struct identity *identity,
                                const char *ref, struct bytes *ret)
{
    const size_t upstream_len = strlen(identity->upstream_id);
    const size_t uri_len = strlen(identity->uri_id);
    struct span value = {0};
    gpg_error_t err = 0;

    if (str_has_prefix(ref, identity->upstream_id) && ref[upstream_len] == '/')
        return id_from_hex(ref + upstream_len + 1, ret);
    if (!str_has_prefix(ref, identity->uri_id) ||
        !str_has_prefix(ref + uri_len, URI_ID))
        return gpg_error(GPG_ERR_INV_ID);
    value = span_str(ref + uri_len + strlen(URI_ID));
    err = identity_text_from_uri(value, ret);
    return err == 0 && ret->len == 0 ? gpg_error(GPG_ERR_INV_ID) : err;
}

static gpg_error_t canonical_own(const char *ref, char **ret)
{
    const char *rest = ref;
    size_t len = 0;

    if (strncasecmp(rest, OWN_PREFIX, strlen(OWN_PREFIX)) == 0)
        rest += strlen(OWN_PREFIX);
    if ((rest[0] == 'X' || rest[0] == 'x') && hex_is(rest + 1, GRIP_DIGITS))
        return join(OWN_PREFIX "X", rest + 1, GRIP_DIGITS, ret);
    len = strlen(rest);
    if (len == 0 || len % 2 != 0 || !hex_is(rest, len))
        return gpg_error(GPG_ERR_INV_ID);
    return join(OWN_PREFIX, rest, len, ret);
}

/* Take what stands before SEPARATOR, or all, off TEXT.  False if there is no
 * SEPARATOR. */
static bool take_part(struct span *text, char separator, struct span *ret_part)
{
    const uint8_t *end =
        text->len != 0 ? memchr(text->data, separator, text->len) : NULL;

    if (end == NULL) {
        *ret_part = *text;
        *text = span_skip(*text, text->len);
        return false;
    }
    *ret_part = span_make(text->data, (size_t)(end - text->data));
    *text = span_skip(*text, ret_part->len + 1);
    return true;
}

static gpg_error_t canonical_upstream(const char *ref, char **ret)
{
    AUTO_NAMES names = {0};
    AUTO_BYTES id = {0};
    AUTO_FREE char *token_id = NULL;
    char **const fields[] = {&names.manufacturer, &names.model, &names.serial,
                             &names.label};
    struct span rest = span_str(ref);
    gpg_error_t err = 0;

    for (size_t i = 0; err == 0 && i < sizeof fields / sizeof fields[0]; i++) {
        AUTO_BYTES plain = {0};
        struct span part = {0};

        if (!take_part(&rest, '/', &part))
            return gpg_error(GPG_ERR_INV_ID);
        err = identity_text_from_upstream(part, &plain);
        if (err == 0)
            err = identity_text_field(span_of(&plain), fields[i]);
    }
    if (err == 0)
        err = hex_decode_append((const char *)rest.data, rest.len, &id);
    if (gpg_err_code(err) == GPG_ERR_INV_VALUE)
        return gpg_error(GPG_ERR_INV_ID);
    if (err == 0)
        err = identity_text_upstream_id(&names, &token_id);
    return err != 0 ? err : upstream_ref(token_id, span_of(&id), ret);
}

/* One attribute of a URI: keep its value in NAMES or ID. */
static gpg_error_t read_attribute(struct span attribute,
                                  struct token_names *names, struct bytes *id)
{
    const struct {
        const char *name;
        char **field;
    } fields[] = {{"model", &names->model},
                  {"token", &names->label},
                  {"manufacturer", &names->manufacturer},
                  {"serial", &names->serial}};
    AUTO_BYTES plain = {0};
    struct span value = attribute;
    struct span name = {0};
    gpg_error_t err = 0;

    if (!take_part(&value, '=', &name))
        return gpg_error(GPG_ERR_INV_ID);
    err = identity_text_from_uri(value, &plain);
    if (err != 0)
        return err;
    if (span_equal(name, span_str("id")) && id->len == 0) {
        *id = bytes_take(&plain);
        return id->len != 0 ? 0 : gpg_error(GPG_ERR_INV_ID);
    }
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (span_equal(name, span_str(fields[i].name)) &&
            *fields[i].field == NULL)
            return identity_text_field(span_of(&plain), fields[i].field);
    return gpg_error(GPG_ERR_INV_ID);
}

static gpg_error_t canonical_uri(const char *ref, char **ret)
{
    AUTO_NAMES names = {0};
    AUTO_BYTES id = {0};
    AUTO_FREE char *token_id = NULL;
    struct span rest = span_str(ref + strlen(URI_PREFIX));
    bool more = true;
    gpg_error_t err = 0;

    while (err == 0 && more) {
        struct span attribute = {0};

        more = take_part(&rest, ';', &attribute);
        err = read_attribute(attribute, &names, &id);
    }
    if (err != 0)
        return err;
    if (names.model == NULL || names.label == NULL ||
        names.manufacturer == NULL || names.serial == NULL)
        return gpg_error(GPG_ERR_INV_ID);
    err = identity_text_uri_id(&names, &token_id);
    return err != 0 ? err : uri_ref(token_id, span_of(&id), ret);
}

gpg_error_t identity_canonical_ref(const char *ref, char **ret)
{
    if (strncasecmp(ref, URI_PREFIX, strlen(URI_PREFIX)) == 0)
        return canonical_uri(ref, ret);
    if (strchr(ref, '/') != NULL)
        return canonical_upstream(ref, ret);
    return canonical_own(ref, ret);
}
