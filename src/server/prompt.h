/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Asking the client: for a PIN, or to show that one is typed on a PIN pad. */
#ifndef SERVER_PROMPT_H
#define SERVER_PROMPT_H

#include <assuan.h>

#include "token/prompter.h"

/* A prompter that asks the client of CTX, which must outlive it; STOP_FD
 * becomes readable when the daemon ends. */
struct prompter prompt_make(assuan_context_t ctx, int stop_fd);

/* The text of an inquiry, "||..." ("|N|..." for a new PIN) with line feeds as
 * %0A, in the form that gpg-agent hands to pinentry.  The caller frees it. */
NODISCARD gpg_error_t prompt_text(const struct pin_request *request,
                                  char **ret);

#endif
