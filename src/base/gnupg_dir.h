/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The directory in which GnuPG has its sockets. */
#ifndef BASE_GNUPG_DIR_H
#define BASE_GNUPG_DIR_H

#include "base/bytes.h"

/* What "gpgconf --homedir HOME --list-dirs socketdir" says; the caller frees
 * it.  Nothing is made: HOME itself if there is no other.  After
 * secret_setup(). */
NODISCARD gpg_error_t gnupg_dir_of_sockets(const char *home, char **ret);

/* The name, below the user's directory of GnuPG, for the full path HOME if
 * that is not ~/.gnupg. */
NODISCARD gpg_error_t gnupg_dir_name(const char *home, char **ret);

#endif
