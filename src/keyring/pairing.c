/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Pairing under way: the pairs that there are already. */
#include "keyring/pairing.h"

#include <string.h>

#include "base/hex.h"
#include "base/str.h"

void pairing_clear(struct pairing *p)
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
    char **skipped =
        realloc(p->result.skipped, (p->result.n_skipped + 1) * sizeof *skipped);

    if (skipped == NULL || label == NULL || id == NULL)
        return;
    p->result.skipped = skipped;
    strbuf_printf(&text, "%s '%s' with CKA_ID %s: %s", kinds[object->class],
                  label, id[0] != '\0' ? id : "(empty)", why);
    if (strbuf_take(&text, &skipped[p->result.n_skipped]) == 0)
        p->result.n_skipped++;
}

struct pair *pairing_find(const struct pairing *p,
                          const uint8_t grip[KEYGRIP_LEN])
{
    AUTO_FREE char *hex = hex_encode(span_make(grip, KEYGRIP_LEN));

    return hex != NULL ? map_get(&p->by_grip, hex) : NULL;
}

gpg_error_t pairing_add(struct pairing *p, struct pubkey *pubkey,
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
