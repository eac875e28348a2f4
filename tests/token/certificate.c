/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* keymaker cert: store a certificate. */
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "template.h"

/* The first element of DER in the *LEN bytes at *POS, and step over it. */
static CK_ATTRIBUTE take_element(CK_ATTRIBUTE_TYPE type, unsigned char **pos,
                                 size_t *len)
{
    CK_ATTRIBUTE element = {type, *pos, 0};
    size_t header_len = 2;
    size_t n = *len < 2 ? 0 : (*pos)[1];

    if (n >= 0x80) {
        size_t n_bytes = n & 0x7f;

        n = 0;
        for (; n_bytes > 0 && header_len < *len; n_bytes--)
            n = n << 8 | (*pos)[header_len++];
    }
    if (*len < 2 || n > *len - header_len)
        die("the certificate is damaged");
    element.ulValueLen = header_len + n;
    *pos += element.ulValueLen;
    *len -= element.ulValueLen;
    return element;
}

static void enter_element(unsigned char **pos, size_t *len)
{
    unsigned char *end = *pos;
    size_t rest = *len;
    CK_ATTRIBUTE element = take_element(0, &end, &rest);
    size_t header_len = (*pos)[1] < 0x80 ? 2 : 2 + (size_t)((*pos)[1] & 0x7f);

    *pos += header_len;
    *len = element.ulValueLen - header_len;
}

/* CKA_SUBJECT, CKA_ISSUER and CKA_SERIAL_NUMBER out of a certificate. */
static void add_names(struct template *t, unsigned char *pos, size_t len)
{
    enter_element(&pos, &len); /* Certificate */
    enter_element(&pos, &len); /* TBSCertificate */
    if (len > 0 && *pos == 0xa0)
        take_element(0, &pos, &len); /* version */
    t->attributes[t->n++] = take_element(CKA_SERIAL_NUMBER, &pos, &len);
    take_element(0, &pos, &len); /* signature */
    t->attributes[t->n++] = take_element(CKA_ISSUER, &pos, &len);
    take_element(0, &pos, &len); /* validity */
    t->attributes[t->n++] = take_element(CKA_SUBJECT, &pos, &len);
}

void command_cert(CK_FUNCTION_LIST *p11, char **args, int n_args)
{
    static unsigned char der[65536];
    static const CK_OBJECT_CLASS class = CKO_CERTIFICATE;
    static const CK_CERTIFICATE_TYPE type = CKC_X_509;
    struct id id = id_parse(args[2]);
    FILE *f = fopen(args[4], "rb");
    size_t len = f == NULL ? 0 : fread(der, 1, sizeof der, f);
    struct template t = {0};
    struct session s = {0};
    CK_OBJECT_HANDLE handle = 0;

    if (n_args == 6 && strcmp(args[5], "private") != 0)
        die_usage("unknown option '%s'", args[5]);
    if (f == NULL || len == 0 || len == sizeof der)
        die("cannot read a certificate from %s", args[4]);
    fclose(f);
    template_add(&t, CKA_CLASS, &class, sizeof class);
    template_add(&t, CKA_CERTIFICATE_TYPE, &type, sizeof type);
    template_add_bool(&t, CKA_TOKEN, true);
    template_add_bool(&t, CKA_PRIVATE, n_args == 6);
    template_add(&t, CKA_ID, id.bytes, id.len);
    template_add(&t, CKA_LABEL, args[3], strlen(args[3]));
    template_add(&t, CKA_VALUE, der, len);
    add_names(&t, der, len);
    s = session_open(p11, module_find_token(p11, args[0]), CKU_USER, args[1]);
    check("C_CreateObject",
          p11->C_CreateObject(s.handle, t.attributes, t.n, &handle));
}
