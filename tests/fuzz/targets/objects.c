/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Target: the objects of a token: keys, certificates, and which are one key.
 * Each object is a byte for its class and type, and a field for each of its
 * attributes. */
#include "pkcs11/objects.h"

#include "base/secret.h"
#include "keyring/dn.h"
#include "keyring/pair.h"
#include "target.h"

#define MAX_OBJECTS 4

/* libksba 1.6 forgets memory when a certificate is damaged: that is not ours
 * to find here. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libksba\n";
}

static void setup(void)
{
    static bool is_done;

    if (!is_done)
        TARGET_ASSERT(secret_setup() == 0);
    is_done = true;
}

static void read_object(struct span *in, struct object *o)
{
    struct bytes *const fields[] = {
        &o->id,       &o->label, &o->modulus,    &o->exponent,   &o->ec_params,
        &o->ec_point, &o->spki,  &o->start_date, &o->certificate};
    const unsigned kind = in->data[0];

    in->data++;
    in->len--;
    o->class = (enum object_class)(kind % 3);
    o->key_type = (enum object_key_type)(kind / 3 % 5);
    o->is_private = (kind & 0x40) != 0;
    o->is_left_out = (kind & 0x80) != 0;
    o->sign = o->sign_recover = o->decrypt = o->derive = USE_UNKNOWN;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        TARGET_ASSERT(bytes_set(fields[i], target_field(in)) == 0);
}

static void use_key(const struct pubkey *pubkey)
{
    AUTO_BYTES sexp = {0};
    AUTO_BYTES advanced = {0};
    AUTO_FREE char *ssh = NULL;

    free(pubkey_algo(pubkey));
    (void)!pubkey_to_sexp(pubkey, &sexp);
    (void)!pubkey_to_advanced(pubkey, &advanced);
    (void)!pubkey_to_ssh(pubkey, "comment", &ssh);
}

static void use_certificate(const struct pair_certificate *certificate)
{
    AUTO_FREE char *name = NULL;

    if (certificate->subject != NULL)
        (void)!dn_common_name(certificate->subject, &name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span in = span_make(data, size);
    struct object objects[MAX_OBJECTS] = {0};
    struct object_list list = {.objects = objects};
    struct pairs pairs = {0};

    setup();
    while (in.len > 0 && list.n < MAX_OBJECTS)
        read_object(&in, &objects[list.n++]);
    if (pairs_make(&list, size % 2 == 0, NULL, &pairs) == 0) {
        for (size_t i = 0; i < pairs.n; i++)
            use_key(&pairs.pairs[i].pubkey);
        for (size_t i = 0; i < pairs.n_certificates; i++)
            use_certificate(&pairs.certificates[i]);
    }
    pairs_clear(&pairs);
    for (size_t i = 0; i < list.n; i++)
        object_clear(&objects[i]);
    return 0;
}
