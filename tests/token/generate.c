/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* keymaker gen: make a key pair. */
#include <string.h>

#include "commands.h"
#include "keytype.h"
#include "spki.h"
#include "template.h"

struct gen_options {
    bool nopub;
    bool aa;
    bool open;
    bool private;
    bool oid;
    bool noid;
    bool lean;
    bool sign;
    bool decrypt;
    const char *spki;
};

static struct gen_options parse_gen_options(char **args, int n_args)
{
    struct gen_options o = {.sign = true, .decrypt = true};

    for (int i = 0; i < n_args; i++) {
        const char *arg = args[i];

        if (strcmp(arg, "nopub") == 0)
            o.nopub = true;
        else if (strcmp(arg, "aa") == 0)
            o.aa = true;
        else if (strcmp(arg, "open") == 0)
            o.open = true;
        else if (strcmp(arg, "private") == 0)
            o.private = true;
        else if (strcmp(arg, "oid") == 0)
            o.oid = true;
        else if (strcmp(arg, "noid") == 0)
            o.noid = true;
        else if (strcmp(arg, "lean") == 0)
            o.lean = true;
        else if (strcmp(arg, "usage=sd") == 0)
            o.sign = o.decrypt = true;
        else if (strcmp(arg, "usage=s") == 0)
            o.decrypt = false;
        else if (strcmp(arg, "usage=d") == 0)
            o.sign = false;
        else if (strncmp(arg, "spki=", 5) == 0)
            o.spki = arg + 5;
        else
            die_usage("unknown option '%s'", arg);
    }
    return o;
}

static void add_use(struct template *t, CK_ATTRIBUTE_TYPE type, bool value,
                    const struct gen_options *o)
{
    if (value || !o->lean)
        template_add_bool(t, type, value);
}

static void add_usage(struct template *pub, struct template *priv,
                      const struct keytype *type, const struct gen_options *o)
{
    bool rsa = type->family == FAMILY_RSA;
    bool can_sign = type->family != FAMILY_X;
    bool can_derive = type->family == FAMILY_EC || type->family == FAMILY_X;

    add_use(pub, CKA_VERIFY, can_sign && o->sign, o);
    add_use(pub, CKA_ENCRYPT, rsa && o->decrypt, o);
    add_use(pub, CKA_WRAP, rsa && o->decrypt, o);
    add_use(priv, CKA_SIGN, can_sign && o->sign, o);
    add_use(priv, CKA_DECRYPT, rsa && o->decrypt, o);
    add_use(priv, CKA_UNWRAP, rsa && o->decrypt, o);
    add_use(priv, CKA_DERIVE, can_derive && o->decrypt, o);
}

static void generate(const struct session *s, const struct keytype *type,
                     const struct id *id, const char *label,
                     const struct gen_options *o, CK_OBJECT_HANDLE *ret_pub)
{
    static const unsigned char exponent[] = {1, 0, 1};
    CK_OBJECT_HANDLE priv_handle = 0;
    CK_KEY_TYPE key_type = 0;
    CK_MECHANISM mechanism = {keytype_mechanism(s, type, &key_type), NULL, 0};
    struct template pub = {0};
    struct template priv = {0};
    unsigned char params[32];

    for (int i = 0; i < 2; i++) {
        struct template *t = i == 0 ? &pub : &priv;

        template_add_bool(t, CKA_TOKEN, true);
        template_add_bool(t, CKA_PRIVATE, i == 0 ? o->private : !o->open);
        template_add(t, CKA_KEY_TYPE, &key_type, sizeof key_type);
        template_add(t, CKA_LABEL, label, strlen(label));
        template_add(t, CKA_ID, id->bytes, o->noid ? 0 : id->len);
    }
    template_add_bool(&priv, CKA_SENSITIVE, true);
    template_add_bool(&priv, CKA_EXTRACTABLE, false);
    if (o->aa)
        template_add_bool(&priv, CKA_ALWAYS_AUTHENTICATE, true);
    add_usage(&pub, &priv, type, o);
    if (type->family == FAMILY_RSA) {
        template_add(&pub, CKA_MODULUS_BITS, &type->bits, sizeof type->bits);
        template_add(&pub, CKA_PUBLIC_EXPONENT, exponent, sizeof exponent);
    } else {
        template_add(&pub, CKA_EC_PARAMS, params,
                     keytype_params(type, o->oid, params, sizeof params));
    }
    check("C_GenerateKeyPair",
          s->p11->C_GenerateKeyPair(s->handle, &mechanism, pub.attributes,
                                    pub.n, priv.attributes, priv.n, ret_pub,
                                    &priv_handle));
}

void command_gen(CK_FUNCTION_LIST *p11, char **args, int n_args)
{
    static struct der spki;
    const struct keytype *type = keytype_find(args[2]);
    struct id id = id_parse(args[3]);
    struct gen_options o = parse_gen_options(args + 5, n_args - 5);
    struct session s = {0};
    CK_OBJECT_HANDLE pub = 0;

    if (type == NULL)
        die_usage("unknown key type '%s'", args[2]);
    s = session_open(p11, module_find_token(p11, args[0]), CKU_USER, args[1]);
    generate(&s, type, &id, args[4], &o, &pub);
    if (o.spki != NULL) {
        spki_of_object(&s, pub, &spki);
        der_write(&spki, o.spki);
    }
    if (o.nopub)
        check("C_DestroyObject", p11->C_DestroyObject(s.handle, pub));
}
