/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What the configuration leaves out, for the log: each is told once as long as
 * it stays. */
#ifndef TOKEN_LEFT_OUT_H
#define TOKEN_LEFT_OUT_H

#include "pkcs11/module.h"

/* {0} is empty. */
struct left_out {
    char **texts;
    size_t n;
};

void left_out_clear(struct left_out *list);

/* No slot of MODULE is used. */
#define LEFT_OUT_ALL_SLOTS CK_UNAVAILABLE_INFORMATION

/* Add the token in SLOT of MODULE with INFO, or the slot itself (INFO is NULL)
 * to LIST and, unless it is on BEFORE, the list of the last look, log it. */
NODISCARD gpg_error_t left_out_add(struct left_out *list,
                                   const struct left_out *before,
                                   const struct module *module, CK_SLOT_ID slot,
                                   const CK_TOKEN_INFO *info);

#endif
