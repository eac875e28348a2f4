/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What is remembered of a token as text: a line for each object, values in
 * hex, and a hash of all that at the end. */
#include <gcrypt.h>
#include <string.h>

#include "base/hex.h"
#include "keyring/memory.h"

#define HEADER "gnupg-pkcs11-scd memory 1\n"
#define TOKEN "token "
#define WITHOUT_KEY "without-key"
#define HASH "sha256 "
#define HASH_LEN 32

/* The words of a line, from its first. */
static const char *const classes[] = {
    [OBJECT_PUBLIC_KEY] = "public-key",
    [OBJECT_PRIVATE_KEY] = "private-key",
    [OBJECT_CERTIFICATE] = "certificate",
};

static const char *const types[] = {
    [KEY_TYPE_RSA] = "rsa",         [KEY_TYPE_EC] = "ec",
    [KEY_TYPE_EDWARDS] = "edwards", [KEY_TYPE_MONTGOMERY] = "montgomery",
    [KEY_TYPE_OTHER] = "other",
};

struct member {
    const char *name;
    size_t offset;
};

/* Of type struct bytes. */
static const struct member values[] = {
    {"id", offsetof(struct object, id)},
    {"label", offsetof(struct object, label)},
    {"modulus", offsetof(struct object, modulus)},
    {"exponent", offsetof(struct object, exponent)},
    {"ec-params", offsetof(struct object, ec_params)},
    {"ec-point", offsetof(struct object, ec_point)},
    {"spki", offsetof(struct object, spki)},
    {"start-date", offsetof(struct object, start_date)},
    {"certificate", offsetof(struct object, certificate)},
};

/* Of type enum object_use. */
static const struct member uses[] = {
    {"sign", offsetof(struct object, sign)},
    {"sign-recover", offsetof(struct object, sign_recover)},
    {"decrypt", offsetof(struct object, decrypt)},
    {"derive", offsetof(struct object, derive)},
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void *member_of(struct object *object, const struct member *member)
{
    return (char *)object + member->offset;
}

static const void *member_of_const(const struct object *object,
                                   const struct member *member)
{
    return (const char *)object + member->offset;
}

static void put_hex(struct strbuf *b, struct span bytes)
{
    AUTO_FREE char *hex = hex_encode(bytes);

    if (hex == NULL)
        b->failed = true;
    else
        strbuf_puts(b, hex);
}

static void put_object(struct strbuf *b, const struct object *object)
{
    strbuf_printf(b, "%s type=%s", classes[object->class],
                  types[object->key_type]);
    for (size_t i = 0; i < COUNT(values); i++) {
        const struct bytes *value = member_of_const(object, &values[i]);

        if (value->len == 0)
            continue;
        strbuf_printf(b, " %s=", values[i].name);
        put_hex(b, span_of(value));
    }
    for (size_t i = 0; i < COUNT(uses); i++) {
        const enum object_use *use = member_of_const(object, &uses[i]);

        if (*use != USE_UNKNOWN)
            strbuf_printf(b, " %s=%s", uses[i].name,
                          *use == USE_YES ? "yes" : "no");
    }
    if (object->always_authenticate)
        strbuf_puts(b, " always-authenticate=yes");
    strbuf_putc(b, '\n');
}

gpg_error_t memory_encode(const struct memory *memory, const char *serial,
                          struct strbuf *ret)
{
    AUTO_STRBUF b = {0};
    uint8_t hash[HASH_LEN] = {0};

    strbuf_puts(&b, HEADER);
    strbuf_printf(&b, TOKEN "%s\n", serial);
    for (size_t i = 0; i < memory->objects.n && b.len <= MEMORY_MAX_SIZE; i++)
        put_object(&b, &memory->objects.objects[i]);
    for (size_t i = 0; i < memory->n_without_key; i++) {
        strbuf_puts(&b, WITHOUT_KEY " ");
        put_hex(&b, span_make(memory->without_key[i], KEYGRIP_LEN));
        strbuf_putc(&b, '\n');
    }
    if (!b.failed)
        gcry_md_hash_buffer(GCRY_MD_SHA256, hash, b.text, b.len);
    strbuf_puts(&b, HASH);
    put_hex(&b, span_make(hash, sizeof hash));
    strbuf_putc(&b, '\n');
    if (b.failed)
        return gpg_error(GPG_ERR_ENOMEM);
    if (b.len > MEMORY_MAX_SIZE)
        return gpg_error(GPG_ERR_TOO_LARGE);
    strbuf_clear(ret);
    *ret = b;
    b = (struct strbuf){0};
    return 0;
}

/* Take what is before the first SEPARATOR off TEXT, and the separator; all of
 * it if there is none. */
static struct span take_until(struct span *text, char separator)
{
    const uint8_t *end =
        text->len != 0 ? memchr(text->data, separator, text->len) : NULL;
    struct span part = *text;

    if (end == NULL) {
        *text = span_skip(*text, text->len);
        return part;
    }
    part.len = (size_t)(end - text->data);
    *text = span_skip(*text, part.len + 1);
    return part;
}

/* The index of WORD in WORDS, N if it is none of them. */
static size_t find_word(struct span word, const char *const *words, size_t n)
{
    size_t i = 0;

    while (i < n && !span_equal(word, span_str(words[i])))
        i++;
    return i;
}

static const struct member *find_member(struct span name,
                                        const struct member *members, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (span_equal(name, span_str(members[i].name)))
            return &members[i];
    return NULL;
}

/* Words that mean nothing are not looked at: the text is compared with what is
 * made of it again. */
static gpg_error_t read_word(struct object *object, struct span name,
                             struct span value)
{
    const struct member *member = find_member(name, values, COUNT(values));

    if (member != NULL)
        return hex_decode_append((const char *)value.data, value.len,
                                 member_of(object, member));
    member = find_member(name, uses, COUNT(uses));
    if (member != NULL)
        *(enum object_use *)member_of(object, member) =
            span_equal(value, span_str("yes")) ? USE_YES : USE_NO;
    else if (span_equal(name, span_str("always-authenticate")))
        object->always_authenticate = true;
    return 0;
}

static gpg_error_t read_object(struct memory *memory, struct span line)
{
    const struct object unknown = {.key_type = KEY_TYPE_OTHER,
                                   .sign = USE_UNKNOWN,
                                   .sign_recover = USE_UNKNOWN,
                                   .decrypt = USE_UNKNOWN,
                                   .derive = USE_UNKNOWN,
                                   .is_private = true};
    const size_t class =
        find_word(take_until(&line, ' '), classes, COUNT(classes));
    struct object *object = NULL;
    gpg_error_t err = memory_add_object(memory, &unknown);

    if (err != 0 || class == COUNT(classes))
        return err != 0 ? err : gpg_error(GPG_ERR_INV_VALUE);
    object = &memory->objects.objects[memory->objects.n - 1];
    object->class = (enum object_class) class;
    while (line.len != 0 && err == 0) {
        struct span word = take_until(&line, ' ');
        struct span name = take_until(&word, '=');
        size_t type = COUNT(types);

        if (span_equal(name, span_str("type")))
            type = find_word(word, types, COUNT(types));
        if (type < COUNT(types))
            object->key_type = (enum object_key_type)type;
        err = read_word(object, name, word);
    }
    return err;
}

static gpg_error_t read_line(struct memory *memory, struct span line)
{
    struct span rest = line;
    AUTO_BYTES grip = {0};

    if (!span_equal(take_until(&rest, ' '), span_str(WITHOUT_KEY)))
        return read_object(memory, line);
    if (hex_decode_append((const char *)rest.data, rest.len, &grip) != 0 ||
        grip.len != KEYGRIP_LEN)
        return gpg_error(GPG_ERR_INV_VALUE);
    return memory_add_without_key(memory, grip.data);
}

static gpg_error_t read_lines(struct span text, struct memory *ret)
{
    while (text.len != 0) {
        struct span line = take_until(&text, '\n');
        gpg_error_t err = 0;

        if (span_has_prefix(line, span_str(HASH)))
            return text.len == 0 ? 0 : gpg_error(GPG_ERR_INV_VALUE);
        err = read_line(ret, line);
        if (err != 0)
            return gpg_err_code(err) == GPG_ERR_ENOMEM
                       ? err
                       : gpg_error(GPG_ERR_INV_VALUE);
    }
    return gpg_error(GPG_ERR_INV_VALUE);
}

static gpg_error_t check_head(struct span *text, const char *serial)
{
    struct span token = {0};

    if (!span_has_prefix(*text, span_str(HEADER)))
        return gpg_error(GPG_ERR_UNKNOWN_VERSION);
    *text = span_skip(*text, strlen(HEADER));
    token = take_until(text, '\n');
    if (!span_has_prefix(token, span_str(TOKEN)) ||
        !span_equal(span_skip(token, strlen(TOKEN)), span_str(serial)))
        return gpg_error(GPG_ERR_WRONG_CARD);
    return 0;
}

gpg_error_t memory_decode(struct span text, const char *serial,
                          struct memory *ret)
{
    AUTO_MEMORY memory = {0};
    AUTO_STRBUF again = {0};
    struct span lines = text;
    gpg_error_t err = check_head(&lines, serial);

    if (err == 0)
        err = read_lines(lines, &memory);
    if (err == 0)
        err = memory_encode(&memory, serial, &again);
    if (err != 0)
        return err;
    if (!span_equal(text, span_make(again.text, again.len)))
        return gpg_error(GPG_ERR_INV_VALUE);
    *ret = memory;
    memory = (struct memory){0};
    return 0;
}
