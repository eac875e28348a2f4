/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Asking the client a question whose answer is secret. */
#ifndef SERVER_INQUIRE_H
#define SERVER_INQUIRE_H

#include <assuan.h>

#include "base/secret.h"

/* Send "INQUIRE QUESTION" and put the data of the answer, MAX bytes at most, in
 * RET; nothing of them stays in libassuan's buffers, as it would with
 * assuan_inquire.  Errors: GPG_ERR_ASS_CANCELED if the client says CAN,
 * GPG_ERR_TOO_LARGE, GPG_ERR_ASS_UNEXPECTED_CMD if it sends anything else,
 * and those of reading a line. */
NODISCARD gpg_error_t inquire_secret(assuan_context_t ctx, const char *question,
                                     size_t max, struct secret *ret);

#endif
