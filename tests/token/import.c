/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* keymaker import: an RSA key made elsewhere, for sizes that a token takes
 * minutes to make. */
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "template.h"

#define TAG_INTEGER 0x02
#define TAG_SEQUENCE 0x30

/* Step over the head of an element of type TAG; the length of its contents. */
static size_t take_head(unsigned char tag, unsigned char **pos,
                        const unsigned char *end)
{
    size_t len = 0;
    size_t n_bytes = 0;

    if (end - *pos < 2 || (*pos)[0] != tag)
        die("this is not an RSAPrivateKey");
    len = (*pos)[1];
    *pos += 2;
    if (len >= 0x80) {
        n_bytes = len & 0x7f;
        for (len = 0; n_bytes > 0 && *pos < end; n_bytes--)
            len = len << 8 | *(*pos)++;
    }
    if (n_bytes > 0 || len > (size_t)(end - *pos))
        die("the RSAPrivateKey is damaged");
    return len;
}

/* The next INTEGER, an attribute of type TYPE if that is not 0. */
static void take_number(struct template *t, CK_ATTRIBUTE_TYPE type,
                        unsigned char **pos, const unsigned char *end)
{
    size_t len = take_head(TAG_INTEGER, pos, end);

    *pos += len;
    while (len > 1 && *(*pos - len) == 0)
        len--;
    if (type != CKA_VENDOR_DEFINED)
        template_add(t, type, *pos - len, len);
}

static void add_common(struct template *t, const CK_OBJECT_CLASS *class,
                       char **args, const struct id *id)
{
    static const CK_KEY_TYPE key_type = CKK_RSA;
    const bool is_private = *class == CKO_PRIVATE_KEY;

    template_add(t, CKA_CLASS, class, sizeof *class);
    template_add(t, CKA_KEY_TYPE, &key_type, sizeof key_type);
    template_add_bool(t, CKA_TOKEN, true);
    template_add_bool(t, CKA_PRIVATE, is_private);
    template_add(t, CKA_ID, id->bytes, id->len);
    template_add(t, CKA_LABEL, args[3], strlen(args[3]));
    template_add_bool(t, is_private ? CKA_SIGN : CKA_VERIFY, true);
    template_add_bool(t, is_private ? CKA_DECRYPT : CKA_ENCRYPT, true);
    template_add_bool(t, is_private ? CKA_UNWRAP : CKA_WRAP, true);
    if (is_private)
        template_add_bool(t, CKA_SENSITIVE, true);
}

void command_import(CK_FUNCTION_LIST *p11, char **args, int n_args)
{
    /* RFC 8017, appendix A.1.2; the public key has two of them. */
    static const CK_ATTRIBUTE_TYPE numbers[] = {
        CKA_VENDOR_DEFINED,   CKA_MODULUS,    CKA_PUBLIC_EXPONENT,
        CKA_PRIVATE_EXPONENT, CKA_PRIME_1,    CKA_PRIME_2,
        CKA_EXPONENT_1,       CKA_EXPONENT_2, CKA_COEFFICIENT};
    static const CK_OBJECT_CLASS classes[] = {CKO_PUBLIC_KEY, CKO_PRIVATE_KEY};
    static const size_t n_numbers[] = {3, sizeof numbers / sizeof *numbers};
    static unsigned char der[65536];
    struct id id = id_parse(args[2]);
    FILE *f = fopen(args[4], "rb");
    size_t len = f == NULL ? 0 : fread(der, 1, sizeof der, f);
    struct session s = {0};

    (void)n_args;
    if (f == NULL || len == 0 || len == sizeof der)
        die("cannot read a key from %s", args[4]);
    fclose(f);
    s = session_open(p11, module_find_token(p11, args[0]), CKU_USER, args[1]);
    for (int i = 0; i < 2; i++) {
        unsigned char *pos = der;
        struct template t = {0};
        CK_OBJECT_HANDLE handle = 0;

        add_common(&t, &classes[i], args, &id);
        take_head(TAG_SEQUENCE, &pos, der + len);
        for (size_t j = 0; j < n_numbers[i]; j++)
            take_number(&t, numbers[j], &pos, der + len);
        check("C_CreateObject",
              p11->C_CreateObject(s.handle, t.attributes, t.n, &handle));
    }
}
