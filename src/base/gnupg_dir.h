/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* GnuPG's directories: its home, and the one in which it has its sockets. */
#ifndef BASE_GNUPG_DIR_H
#define BASE_GNUPG_DIR_H

#include <stdbool.h>

#include "base/bytes.h"

/* GnuPG's home if nobody names another, the caller's to free: .gnupg in the
 * directory of the user, who may have none.  RET_ORIGIN, static: who names
 * that, for a person.  In any thread. */
NODISCARD gpg_error_t gnupg_dir_standard_home(char **ret,
                                              const char **ret_origin);

/* What "gpgconf --homedir HOME --list-dirs socketdir" says; the caller frees
 * it.  Nothing is made: HOME itself if there is no other.  After
 * secret_setup(). */
NODISCARD gpg_error_t gnupg_dir_of_sockets(const char *home, char **ret);

/* The name, below the user's directory of GnuPG, for the full path HOME if
 * that is not ~/.gnupg. */
NODISCARD gpg_error_t gnupg_dir_name(const char *home, char **ret);

#endif
