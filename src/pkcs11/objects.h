/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The objects of a token as plain structs. */
#ifndef PKCS11_OBJECTS_H
#define PKCS11_OBJECTS_H

#include <gpg-error.h>

#include "base/bytes.h"

/* There may be thirty thousand objects: what says little is small. */
#define SMALL __attribute__((packed))

enum SMALL object_class {
    OBJECT_PUBLIC_KEY,
    OBJECT_PRIVATE_KEY,
    OBJECT_CERTIFICATE,
    OBJECT_OTHER /* nothing of it was read; on no list */
};

enum SMALL object_key_type {
    KEY_TYPE_RSA,
    KEY_TYPE_EC,
    KEY_TYPE_EDWARDS, /* also what some modules call X25519 */
    KEY_TYPE_MONTGOMERY,
    KEY_TYPE_OTHER
};

/* What an object's attributes say of a use: not every object has them all. */
enum SMALL object_use { USE_UNKNOWN = -1, USE_NO = 0, USE_YES = 1 };

/* One object.  Attributes that it does not have are empty. */
struct object {
    unsigned long handle; /* the module's, as long as nothing was lost */
    struct bytes id;
    struct bytes label; /* any bytes */
    struct bytes modulus;
    struct bytes exponent;
    struct bytes ec_params;
    struct bytes ec_point;
    struct bytes spki;        /* CKA_PUBLIC_KEY_INFO */
    struct bytes start_date;  /* CKA_START_DATE: "20261231" */
    struct bytes certificate; /* CKA_VALUE of an X.509 certificate, DER */
    enum object_class class;
    enum object_key_type key_type;
    /* Sign or verify; the same with recovery; decrypt, unwrap or their public
     * halves; derive. */
    enum object_use sign;
    enum object_use sign_recover;
    enum object_use decrypt;
    enum object_use derive;
    bool unwraps_only; /* it says so: unwraps, and does not decrypt */
    bool has_type;     /* the token told the kind of key */
    bool always_authenticate;
    bool is_private;  /* seen after a login only */
    bool is_left_out; /* by the configuration */
};

struct object_list {
    struct object *objects;
    size_t n;
};

void object_list_clear(struct object_list *list);

/* Frees what the object holds. */
void object_clear(struct object *object);
#define AUTO_OBJECT_LIST AUTO(object_list_clear) struct object_list

#endif
