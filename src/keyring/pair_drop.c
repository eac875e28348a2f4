/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Which pairs are no keys: those without a private key, and those that the
 * configuration leaves out. */
#include <string.h>

#include "keyring/pair_private.h"

static const char left_out[] = "no match-uri fits";

static bool is_meant(const struct object *object)
{
    return object != NULL && !object->is_left_out;
}

/* Which keys and certificates the configuration leaves out: a key is meant if
 * one of its objects is, and then its certificates are too. */
static void mark_left_out(struct pairing *p)
{
    for (size_t i = 0; i < p->result.n; i++) {
        struct pair *pair = &p->result.pairs[i];

        pair->is_left_out =
            !is_meant(pair->public_key) && !is_meant(pair->private_key);
    }
    for (size_t i = 0; i < p->result.n_certificates; i++) {
        const struct pair_certificate *cert = &p->result.certificates[i];
        struct pair *pair =
            cert->has_pubkey ? pairing_find(p, cert->grip) : NULL;

        if (pair != NULL && is_meant(cert->object))
            pair->is_left_out = false;
    }
    for (size_t i = 0; i < p->result.n_certificates; i++) {
        struct pair_certificate *cert = &p->result.certificates[i];
        const struct pair *pair =
            cert->has_pubkey ? pairing_find(p, cert->grip) : NULL;

        cert->is_left_out =
            pair != NULL ? pair->is_left_out : !is_meant(cert->object);
        if (pair == NULL && cert->is_left_out)
            pairing_skip(p, cert->object, left_out);
    }
}

static const struct object *any_object(const struct pair *pair)
{
    if (pair->private_key != NULL)
        return pair->private_key;
    return pair->public_key != NULL ? pair->public_key
                                    : pair->certificate->object;
}

/* Which have no private key: with all of these in sight (COMPLETE) those for
 * which none was found, else those of which MEMORY knows it. */
static void mark_without_key(struct pairing *p, bool complete,
                             const struct memory *memory)
{
    for (size_t i = 0; i < p->result.n && complete; i++)
        p->result.pairs[i].is_without_key =
            p->result.pairs[i].private_key == NULL;
    for (size_t i = 0; !complete && memory != NULL && i < memory->n_without_key;
         i++) {
        struct pair *pair = pairing_find(p, memory->without_key[i]);

        if (pair != NULL)
            pair->is_without_key = pair->private_key == NULL;
    }
}

void pairing_drop(struct pairing *p, bool complete, const struct memory *memory)
{
    size_t n = 0;

    mark_left_out(p);
    mark_without_key(p, complete, memory);
    for (size_t i = 0; i < p->result.n; i++) {
        struct pair *pair = &p->result.pairs[i];

        if (!pair->is_left_out && !pair->is_without_key) {
            p->result.pairs[n++] = *pair;
            continue;
        }
        if (pair->is_without_key)
            memcpy(p->result.without_key[p->result.n_without_key++], pair->grip,
                   KEYGRIP_LEN);
        if (pair->is_left_out)
            pairing_skip(p, any_object(pair), left_out);
        else if (pair->public_key != NULL)
            pairing_skip(p, pair->public_key,
                         "its private key is not on the token");
        pubkey_clear(&pair->pubkey);
    }
    p->result.n = n;
}
