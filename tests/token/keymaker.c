/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Makes tokens, keys and certificates with any PKCS#11 module, for tests and
 * the demo.  See usage[] below. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "keytype.h"
#include "spki.h"
#include "template.h"

static const char usage[] =
    "usage: keymaker MODULE COMMAND ARGUMENT...\n"
    "  init LABEL SOPIN PIN\n"
    "      make a token of the first uninitialised slot, print its serial\n"
    "  gen TOKEN PIN TYPE ID LABEL [OPTION...]\n"
    "      TYPE: rsa1024 ... rsa8192, p256 p384 p521 bp256 bp384 bp512 k256\n"
    "            ed25519 x25519\n"
    "      nopub      destroy the public key object afterwards\n"
    "      aa         the private key wants the PIN at every use\n"
    "      open       the private key can be used without a login\n"
    "      private    the public key is seen after a login only\n"
    "      oid        name the curve by OID instead of PrintableString\n"
    "      noid       leave CKA_ID empty (ID is ignored)\n"
    "      lean       leave out usages that are not wanted, not say false\n"
    "      usage=s    sign only; d decrypt, unwrap, derive only; sd both\n"
    "      spki=FILE  write the public key there\n"
    "  import TOKEN PIN ID LABEL FILE.der\n"
    "      an RSA key, as RSAPrivateKey of PKCS#1\n"
    "  cert TOKEN PIN ID LABEL FILE.der [private]\n"
    "  pubkey TOKEN PIN ID\n"
    "      print the public key as SubjectPublicKeyInfo in DER\n"
    "  delete TOKEN PIN ID pub|priv|cert|all\n"
    "  list TOKEN [PIN]\n"
    "TOKEN is a label or serial=NUMBER, ID is in hex, FILE '-' is standard\n"
    "output; an empty ID is \"\".\n";

static struct session login(CK_FUNCTION_LIST *p11, char **args)
{
    return session_open(p11, module_find_token(p11, args[0]), CKU_USER,
                        args[1]);
}

static void command_init(CK_FUNCTION_LIST *p11, char **args, int n_args)
{
    CK_SLOT_ID slot = module_find_blank(p11);
    CK_TOKEN_INFO info = {0};
    struct session s = {0};
    CK_UTF8CHAR label[32];
    size_t len = strlen(args[0]);

    (void)n_args;
    if (len > sizeof label)
        die("the label is longer than 32 bytes");
    memset(label, ' ', sizeof label);
    memcpy(label, args[0], len);
    check("C_InitToken", p11->C_InitToken(slot, (CK_UTF8CHAR_PTR)args[1],
                                          strlen(args[1]), label));
    s = session_open(p11, slot, CKU_SO, args[1]);
    check("C_InitPIN",
          p11->C_InitPIN(s.handle, (CK_UTF8CHAR_PTR)args[2], strlen(args[2])));
    check("C_GetTokenInfo", p11->C_GetTokenInfo(slot, &info));
    printf("%.*s\n", (int)sizeof info.serialNumber,
           (const char *)info.serialNumber);
}

static void destroy(const struct session *s, CK_OBJECT_HANDLE object,
                    void *data)
{
    (void)data;
    check("C_DestroyObject", s->p11->C_DestroyObject(s->handle, object));
}

static void command_delete(CK_FUNCTION_LIST *p11, char **args, int n_args)
{
    static const struct {
        const char *name;
        CK_OBJECT_CLASS class;
    } kinds[] = {{"pub", CKO_PUBLIC_KEY},
                 {"priv", CKO_PRIVATE_KEY},
                 {"cert", CKO_CERTIFICATE}};
    struct id id = id_parse(args[2]);
    bool all = strcmp(args[3], "all") == 0;
    bool known = all;
    size_t n_destroyed = 0;
    struct session s = login(p11, args);

    (void)n_args;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct template t = {0};

        if (!all && strcmp(args[3], kinds[i].name) != 0)
            continue;
        known = true;
        template_add(&t, CKA_CLASS, &kinds[i].class, sizeof kinds[i].class);
        template_add(&t, CKA_ID, id.bytes, id.len);
        n_destroyed += session_each(&s, t.attributes, t.n, destroy, NULL);
    }
    if (!known)
        die_usage("'%s' is not pub, priv, cert or all", args[3]);
    if (n_destroyed == 0)
        die("there is no such object with the ID %s", args[2]);
}

/* Remembers the first object in DATA. */
static void keep_first(const struct session *s, CK_OBJECT_HANDLE object,
                       void *data)
{
    CK_OBJECT_HANDLE *first = data;

    (void)s;
    if (*first == 0)
        *first = object;
}

static void command_pubkey(CK_FUNCTION_LIST *p11, char **args, int n_args)
{
    static const CK_OBJECT_CLASS classes[] = {CKO_PUBLIC_KEY, CKO_PRIVATE_KEY};
    static struct der spki;
    struct id id = id_parse(args[2]);
    struct session s = login(p11, args);
    CK_OBJECT_HANDLE object = 0;

    (void)n_args;
    for (int i = 0; i < 2 && object == 0; i++) {
        struct template t = {0};

        template_add(&t, CKA_CLASS, &classes[i], sizeof classes[i]);
        template_add(&t, CKA_ID, id.bytes, id.len);
        session_each(&s, t.attributes, t.n, keep_first, &object);
    }
    if (object == 0)
        die("there is no key with the ID %s", args[2]);
    spki_of_object(&s, object, &spki);
    der_write(&spki, "-");
}

static const char *class_name(CK_OBJECT_CLASS class)
{
    switch (class) {
    case CKO_PUBLIC_KEY:
        return "pub";
    case CKO_PRIVATE_KEY:
        return "priv";
    case CKO_CERTIFICATE:
        return "cert";
    default:
        return "other";
    }
}

/* The CKA_... of a private key that are true. */
static void print_usage(const struct session *s, CK_OBJECT_HANDLE object)
{
    static const struct {
        const char *name;
        CK_ATTRIBUTE_TYPE type;
    } flags[] = {{"sign", CKA_SIGN},
                 {"decrypt", CKA_DECRYPT},
                 {"unwrap", CKA_UNWRAP},
                 {"derive", CKA_DERIVE},
                 {"always-authenticate", CKA_ALWAYS_AUTHENTICATE}};

    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        CK_BBOOL value = CK_FALSE;

        if (session_get(s, object, flags[i].type, &value, 1) == 1 && value)
            printf(" %s", flags[i].name);
    }
}

/* How a curve is named: "oid", "name" or nothing. */
static void print_params(const struct session *s, CK_OBJECT_HANDLE object)
{
    unsigned char params[256];
    long len = session_get(s, object, CKA_EC_PARAMS, params, sizeof params);

    if (len > 0)
        printf(params[0] == 0x06 ? "oid " : "name ");
}

static void print_object(const struct session *s, CK_OBJECT_HANDLE object,
                         void *data)
{
    CK_OBJECT_CLASS class = CK_UNAVAILABLE_INFORMATION;
    CK_KEY_TYPE key_type = CK_UNAVAILABLE_INFORMATION;
    unsigned char id[256];
    char label[512];
    long id_len = session_get(s, object, CKA_ID, id, sizeof id);
    long label_len = session_get(s, object, CKA_LABEL, label, sizeof label);

    (void)data;
    session_get(s, object, CKA_CLASS, &class, sizeof class);
    printf("%s ", class_name(class));
    if (class != CKO_CERTIFICATE &&
        session_get(s, object, CKA_KEY_TYPE, &key_type, sizeof key_type) > 0)
        printf("type 0x%lx ", key_type);
    if (class == CKO_PUBLIC_KEY)
        print_params(s, object);
    fputs("id ", stdout);
    for (long i = 0; i < id_len; i++)
        printf("%02X", id[i]);
    printf(" label '%.*s'", label_len < 0 ? 0 : (int)label_len, label);
    if (class == CKO_PRIVATE_KEY)
        print_usage(s, object);
    putchar('\n');
}

static void command_list(CK_FUNCTION_LIST *p11, char **args, int n_args)
{
    struct session s = session_open(p11, module_find_token(p11, args[0]),
                                    CKU_USER, n_args > 1 ? args[1] : NULL);

    session_each(&s, NULL, 0, print_object, NULL);
}

static const struct command {
    const char *name;
    int min_args;
    int max_args;
    void (*run)(CK_FUNCTION_LIST *p11, char **args, int n_args);
} commands[] = {
    {"init", 3, 3, command_init},     {"gen", 5, 16, command_gen},
    {"import", 5, 5, command_import}, {"cert", 5, 6, command_cert},
    {"pubkey", 3, 3, command_pubkey}, {"delete", 4, 4, command_delete},
    {"list", 1, 2, command_list},
};

int main(int argc, char **argv)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        const struct command *command = &commands[i];
        int n_args = argc - 3;

        if (argc < 3 || strcmp(argv[2], command->name) != 0)
            continue;
        if (n_args < command->min_args || n_args > command->max_args)
            break;
        command->run(module_load(argv[1]), argv + 3, n_args);
        return 0;
    }
    fputs(usage, stderr);
    return 2;
}
