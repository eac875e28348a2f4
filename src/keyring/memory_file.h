/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The files in which it is kept what a login has shown of a token: one for
 * each token in gnupg-pkcs11-scd.d in GnuPG's home. */
#ifndef KEYRING_MEMORY_FILE_H
#define KEYRING_MEMORY_FILE_H

#include "keyring/memory.h"

/* What is remembered of the token with this serial number (hex digits), in
 * RET, which is empty before and stays so if there is nothing.  A file that is
 * damaged, somebody else's, about another token or too large counts as none;
 * the log says so.  HOME may be NULL. */
void memory_load(const char *home, const char *serial, struct memory *ret);

/* Remember that, and nothing else; an empty MEMORY removes the file.  A file
 * that says the same already is left alone.  What fails is worth a line in a
 * talkative log: the next start knows less, that is all. */
void memory_store(const char *home, const char *serial,
                  const struct memory *memory);

#endif
