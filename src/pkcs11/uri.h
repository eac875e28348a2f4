/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* URIs of PKCS#11 (RFC 7512): which tokens and keys one of them means. */
#ifndef PKCS11_URI_H
#define PKCS11_URI_H

#include <gpg-error.h>
#include <stdbool.h>

#include "base/cleanup.h"
#include "pkcs11/cryptoki.h"
#include "pkcs11/objects.h"

struct uri;

/* GPG_ERR_INV_VALUE if TEXT is no such URI. */
NODISCARD gpg_error_t uri_parse(const char *text, struct uri **ret);
void uri_free(struct uri *uri);
static inline void uri_cleanup(struct uri **uri)
{
    uri_free(*uri);
}
#define AUTO_URI AUTO(uri_cleanup) struct uri

/* Does the token in SLOT have everything that URI says of tokens, slots and
 * libraries?  What it says of objects is not looked at, and one with something
 * unknown in its path matches nothing.  The structures are as C_GetSlotInfo,
 * C_GetTokenInfo and C_GetInfo gave them, or zeros if that failed; what it says
 * of one that is NULL is not looked at. */
bool uri_matches_token(const struct uri *uri, CK_SLOT_ID slot,
                       const CK_SLOT_INFO *slot_info,
                       const CK_TOKEN_INFO *token_info,
                       const CK_INFO *module_info);

/* Does it say something of slots that only C_GetSlotInfo tells? */
bool uri_names_slot(const struct uri *uri);

/* Does the module that was loaded from FILE and says INFO of itself have
 * everything that URI says of libraries and modules ("module-path" and
 * "module-name" too)? */
bool uri_matches_module(const struct uri *uri, const char *file,
                        const CK_INFO *info);

/* Does it mean OBJECT, as far as it speaks of objects?  PRIVATE_HIDDEN: the
 * private keys cannot be seen, and what belongs to one stands for it. */
bool uri_matches_object(const struct uri *uri, const struct object *object,
                        bool private_hidden);

/* Its attribute "pin-source", decoded; NULL if it has none.  URI's own. */
const char *uri_pin_source(const struct uri *uri);

#endif
