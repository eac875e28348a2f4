/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The slots of a module that have a token. */
#ifndef PKCS11_SLOT_LIST_H
#define PKCS11_SLOT_LIST_H

#include "base/cleanup.h"
#include "pkcs11/module.h"

/* The slots of MODULE with a token in them, the caller's to free.  Tokens that
 * come and go in slots that the module knows are seen in any case.  ANEW: it is
 * asked for their number first, which makes it look for new slots, a reader
 * that was plugged in (PKCS#11 2.40, section 5.5.1); that is one call more. */
NODISCARD CK_RV slot_list_get(struct module *module, bool anew,
                              CK_SLOT_ID **ret, CK_ULONG *ret_n);

#endif
