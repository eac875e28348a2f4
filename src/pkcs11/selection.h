/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Which tokens and keys of a module are used, as URIs say it. */
#ifndef PKCS11_SELECTION_H
#define PKCS11_SELECTION_H

#include <stdint.h>

#include "base/config.h"
#include "pkcs11/uri.h"

/* {0}: all of them. */
struct selection {
    bool is_limited; /* to what one of the URIs means */
    struct uri **uris;
    size_t n;
};

/* The module in FILE that says INFO of itself (zeros if it does not) is limited
 * to LINES, of which those that mean another module are left out; without any
 * line it is not.  A line that could not be used means nothing, so that a slip
 * of the pen does not open what was to be kept out. */
NODISCARD gpg_error_t selection_make(const struct config_list *lines,
                                     const char *file, const CK_INFO *info,
                                     struct selection *ret);
void selection_clear(struct selection *selection);

/* A bit for each URI. */
#define SELECTION_ALL UINT64_MAX

/* Which URIs of AMONG may mean the token in SLOT; 0: it is not used.  What is
 * NULL is not known yet and not looked at. */
uint64_t selection_match(const struct selection *selection, uint64_t among,
                         CK_SLOT_ID slot, const CK_SLOT_INFO *slot_info,
                         const CK_TOKEN_INFO *token_info);

/* Does one of AMONG say something that only C_GetSlotInfo tells? */
bool selection_names_slot(const struct selection *selection, uint64_t among);

/* Does one of AMONG mean OBJECT?  PRIVATE_HIDDEN as in uri_matches_object. */
bool selection_has_object(const struct selection *selection, uint64_t among,
                          const struct object *object, bool private_hidden);

#endif
