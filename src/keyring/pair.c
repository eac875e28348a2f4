/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Pairing a token's objects: which of them are one key. */
#include <string.h>

#include "base/hex.h"
#include "base/log.h"
#include "base/map.h"
#include "base/str.h"
#include "keyring/pair_private.h"
#include "keyring/x509.h"

void pairs_clear(struct pairs *pairs)
{
    for (size_t i = 0; i < pairs->n; i++)
        pubkey_clear(&pairs->pairs[i].pubkey);
    for (size_t i = 0; i < pairs->n_certificates; i++) {
        pubkey_clear(&pairs->certificates[i].pubkey);
        free(pairs->certificates[i].subject);
        free(pairs->certificates[i].holder);
    }
    for (size_t i = 0; i < pairs->n_skipped; i++)
        free(pairs->skipped[i]);
    free(pairs->pairs);
    free(pairs->certificates);
    free(pairs->without_key);
    free(pairs->skipped);
    *pairs = (struct pairs){0};
}

static void pairing_clear(struct pairing *p)
{
    pairs_clear(&p->result);
    map_clear(&p->by_grip);
    free(p->grips);
}

void pairing_skip(struct pairing *p, const struct object *object,
                  const char *why)
{
    static const char *const kinds[] = {
        [OBJECT_PUBLIC_KEY] = "public key",
        [OBJECT_PRIVATE_KEY] = "private key",
        [OBJECT_CERTIFICATE] = "certificate",
    };
    AUTO_FREE char *label = str_printable(span_of(&object->label));
    AUTO_FREE char *id = hex_encode(span_of(&object->id));
    AUTO_STRBUF text = {0};
    const size_t n = p->result.n_skipped;

    if (label == NULL || id == NULL)
        return;
    /* It is as long as a power of two, and full. */
    if ((n & (n - 1)) == 0) {
        char **skipped =
            realloc(p->result.skipped, (n != 0 ? 2 * n : 1) * sizeof *skipped);

        if (skipped == NULL)
            return;
        p->result.skipped = skipped;
    }
    strbuf_printf(&text, "%s '%s' with CKA_ID %s: %s", kinds[object->class],
                  label, id[0] != '\0' ? id : "(empty)", why);
    if (strbuf_take(&text, &p->result.skipped[n]) == 0)
        p->result.n_skipped++;
}

struct pair *pairing_find(const struct pairing *p,
                          const uint8_t grip[KEYGRIP_LEN])
{
    AUTO_FREE char *hex = hex_encode(span_make(grip, KEYGRIP_LEN));

    return hex != NULL ? map_get(&p->by_grip, hex) : NULL;
}

static void note_time(uint32_t *oldest, uint32_t time)
{
    if (*oldest == 0 || (time != 0 && time < *oldest))
        *oldest = time;
}

static void add_certificate(struct pair *pair,
                            const struct pair_certificate *cert)
{
    pair->restricted =
        cert->restricted && (pair->certificate == NULL || pair->restricted);
    pair->usage |= cert->usage;
    if (pair->certificate == NULL)
        pair->certificate = cert;
    note_time(&pair->not_before, cert->not_before);
    if (!cert->object->is_private)
        note_time(&pair->public_not_before, cert->not_before);
}

/* A new pair for PUBKEY, which it takes over.  There is room: the arrays are
 * as long as there are objects. */
static gpg_error_t add_pair(struct pairing *p, struct pubkey *pubkey,
                            const uint8_t grip[KEYGRIP_LEN], struct pair **ret)
{
    struct pair *pair = &p->result.pairs[p->result.n];
    AUTO_FREE char *hex = hex_encode(span_make(grip, KEYGRIP_LEN));

    if (hex == NULL)
        return gpg_error(GPG_ERR_ENOMEM);
    memcpy(p->grips[p->result.n], hex, KEYGRIP_HEX_LEN + 1);
    *pair = (struct pair){.pubkey = *pubkey};
    *pubkey = (struct pubkey){0};
    memcpy(pair->grip, grip, KEYGRIP_LEN);
    p->result.n++;
    *ret = pair;
    return map_add(&p->by_grip, p->grips[p->result.n - 1], pair);
}

/* The pair of a key object with a public part, made if there is none.  NULL
 * in RET: the object has no such part, or we cannot use it (then skipped). */
static gpg_error_t pair_of_key(struct pairing *p, const struct object *object,
                               struct pair **ret)
{
    AUTO_PUBKEY pubkey = {0};
    uint8_t grip[KEYGRIP_LEN] = {0};
    gpg_error_t err = pubkey_from_object(object, &pubkey);

    *ret = NULL;
    if (err == 0)
        err = pubkey_keygrip(&pubkey, grip);
    if (gpg_err_code(err) == GPG_ERR_ENOMEM)
        return err;
    if (err != 0) {
        if (gpg_err_code(err) != GPG_ERR_NO_PUBKEY ||
            object->class == OBJECT_PUBLIC_KEY)
            pairing_skip(p, object, pubkey_why(object, err));
        return gpg_err_code(err) == GPG_ERR_NO_PUBKEY ? err : 0;
    }
    *ret = pairing_find(p, grip);
    return *ret != NULL ? 0 : add_pair(p, &pubkey, grip, ret);
}

/* Of several objects with the same value the first counts that is meant. */
static bool is_better(const struct object *object, const struct object *known)
{
    return known == NULL || (known->is_left_out && !object->is_left_out);
}

static gpg_error_t take_public_keys(struct pairing *p,
                                    const struct object_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        struct pair *pair = NULL;
        gpg_error_t err = 0;

        if (list->objects[i].class != OBJECT_PUBLIC_KEY)
            continue;
        err = pair_of_key(p, &list->objects[i], &pair);
        if (gpg_err_code(err) == GPG_ERR_ENOMEM)
            return err;
        if (pair != NULL && is_better(&list->objects[i], pair->public_key))
            pair->public_key = &list->objects[i];
    }
    return 0;
}

/* The newest first, and else in an order that does not depend on the token's:
 * a key is named after its first. */
static int compare_certificates(const void *a, const void *b)
{
    const struct pair_certificate *ca = a;
    const struct pair_certificate *cb = b;
    size_t len = ca->der.len < cb->der.len ? ca->der.len : cb->der.len;
    int order = 0;

    if (ca->not_before != cb->not_before)
        return ca->not_before > cb->not_before ? -1 : 1;
    order = memcmp(ca->der.data, cb->der.data, len);
    if (order == 0 && ca->der.len != cb->der.len)
        order = ca->der.len < cb->der.len ? -1 : 1;
    return order;
}

static void pair_certificates(struct pairing *p)
{
    for (size_t i = 0; i < p->result.n_certificates; i++) {
        const struct pair_certificate *cert = &p->result.certificates[i];
        struct pair *pair =
            cert->has_pubkey ? pairing_find(p, cert->grip) : NULL;

        if (pair != NULL)
            add_certificate(pair, cert);
    }
}

static gpg_error_t take_certificates(struct pairing *p,
                                     const struct object_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        struct pair_certificate *cert =
            &p->result.certificates[p->result.n_certificates];
        gpg_error_t err = 0;

        if (list->objects[i].class != OBJECT_CERTIFICATE ||
            list->objects[i].certificate.len == 0)
            continue;
        cert->object = &list->objects[i];
        err = x509_read(cert);
        p->result.n_certificates++;
        /* Mostly another object told it. */
        if (cert->has_pubkey && pairing_find(p, cert->grip) != NULL)
            pubkey_clear(&cert->pubkey);
        if (err != 0 && cert->subject == NULL) {
            pairing_skip(p, cert->object, gpg_strerror(err));
            p->result.n_certificates--;
            pubkey_clear(&cert->pubkey);
            *cert = (struct pair_certificate){0};
        }
    }
    qsort(p->result.certificates, p->result.n_certificates,
          sizeof *p->result.certificates, compare_certificates);
    pair_certificates(p);
    return 0;
}

/* Private keys that show their public part. */
static gpg_error_t take_private_keys(struct pairing *p,
                                     const struct object_list *list,
                                     bool *pending)
{
    for (size_t i = 0; i < list->n; i++) {
        struct pair *pair = NULL;
        gpg_error_t err = 0;

        if (list->objects[i].class != OBJECT_PRIVATE_KEY)
            continue;
        err = pair_of_key(p, &list->objects[i], &pair);
        if (gpg_err_code(err) == GPG_ERR_ENOMEM)
            return err;
        if (pair != NULL && is_better(&list->objects[i], pair->private_key))
            pair->private_key = &list->objects[i];
        pending[i] = gpg_err_code(err) == GPG_ERR_NO_PUBKEY;
    }
    return 0;
}

/* A certificate whose key nothing else shows makes a pair of its own; but not
 * one of a CA, which has its key elsewhere. */
static gpg_error_t add_from_certificates(struct pairing *p)
{
    for (size_t i = 0; i < p->result.n_certificates; i++) {
        struct pair_certificate *cert = &p->result.certificates[i];
        struct pair *pair = NULL;
        gpg_error_t err = 0;

        if (!cert->has_pubkey || cert->is_ca)
            continue;
        pair = pairing_find(p, cert->grip);
        if (pair == NULL)
            err = add_pair(p, &cert->pubkey, cert->grip, &pair);
        if (err != 0)
            return err;
        add_certificate(pair, cert);
    }
    return 0;
}

gpg_error_t pairs_make(const struct object_list *objects, bool complete,
                       const struct memory *memory, struct pairs *ret)
{
    AUTO(pairing_clear) struct pairing p = {0};
    const size_t room = objects->n + 1;
    AUTO_FREE bool *pending = calloc(room, sizeof *pending);
    gpg_error_t err = 0;

    /* One place for each object: pairs are pointed to while more come. */
    p.result.pairs = calloc(room, sizeof *p.result.pairs);
    p.result.certificates = calloc(room, sizeof *p.result.certificates);
    p.result.without_key = calloc(room, sizeof *p.result.without_key);
    p.grips = calloc(room, sizeof *p.grips);
    if (pending == NULL || p.result.pairs == NULL ||
        p.result.certificates == NULL || p.result.without_key == NULL ||
        p.grips == NULL)
        return gpg_error(GPG_ERR_ENOMEM);
    err = take_public_keys(&p, objects);
    if (err == 0)
        err = take_private_keys(&p, objects, pending);
    if (err == 0)
        err = take_certificates(&p, objects);
    if (err == 0)
        err = add_from_certificates(&p);
    if (err == 0)
        err = pairing_by_id(&p, objects, pending);
    if (err != 0)
        return err;
    pairing_drop(&p, complete, memory);
    *ret = p.result;
    p.result = (struct pairs){0};
    return 0;
}

bool pair_is_public(const struct pair *pair)
{
    return (pair->public_key != NULL && !pair->public_key->is_private) ||
           (pair->certificate != NULL &&
            !pair->certificate->object->is_private) ||
           (pair->private_key != NULL && !pair->private_key->is_private);
}
