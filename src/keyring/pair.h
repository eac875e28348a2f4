/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Pairing a token's objects: which of them are one key. */
#ifndef KEYRING_PAIR_H
#define KEYRING_PAIR_H

#include "keyring/memory.h"
#include "keyring/pubkey.h"
#include "pkcs11/objects.h"

/* The parsed certificate of an object. */
struct pair_certificate {
    const struct object *object;
    struct span der;      /* of the object, without what may follow it */
    struct pubkey pubkey; /* empty if its key is of no use to us, or if a */
                          /* pair has it */
    uint8_t grip[KEYGRIP_LEN];
    bool has_pubkey;
    bool is_left_out; /* by the configuration */
    bool is_ca;
    bool restricted; /* has a keyUsage extension */
    unsigned usage;  /* its letters, of enum key_usage */
    char *subject;
    char *holder;        /* its common name */
    uint32_t not_before; /* seconds since 1970; 0: unknown */
};

/* Objects that belong together.  At least one of the three is there. */
struct pair {
    uint8_t grip[KEYGRIP_LEN];
    struct pubkey pubkey;
    const struct object *public_key;
    const struct object *private_key;
    const struct pair_certificate *certificate; /* its newest */
    uint32_t not_before;        /* of its oldest certificate; 0: unknown */
    uint32_t public_not_before; /* of those that are seen without a login */
    bool restricted;     /* all its certificates have a keyUsage extension: */
    unsigned usage;      /* the letters of all of them */
    bool is_left_out;    /* by the configuration, while it is being paired */
    bool is_without_key; /* it is not one, for want of a private key */
};

struct pairs {
    struct pair *pairs;
    size_t n;
    struct pair_certificate *certificates;
    size_t n_certificates;
    uint8_t (*without_key)[KEYGRIP_LEN]; /* what is no key, for want of one */
    size_t n_without_key;
    char **skipped; /* "what: why", for people */
    size_t n_skipped;
};

/* Pair OBJECTS by the public key's value first, by CKA_ID second.  COMPLETE:
 * the list has the private keys, so that what has none is no key; else so is
 * what MEMORY (or NULL) says has none.  A key of which each object is left out
 * is none either, nor has it certificates.  RET points into OBJECTS. */
NODISCARD gpg_error_t pairs_make(const struct object_list *objects,
                                 bool complete, const struct memory *memory,
                                 struct pairs *ret);
void pairs_clear(struct pairs *pairs);

/* Is anything of it seen without a login? */
bool pair_is_public(const struct pair *pair);

#endif
