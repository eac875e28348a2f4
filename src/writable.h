/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Warns of files and folders of the configuration that others can change. */
#ifndef WRITABLE_H
#define WRITABLE_H

/* Log a warning if others than the user and root can write HOME, in which a
 * configuration is looked for, or the file FILE of one, or put another one in
 * its place: it names the libraries that are loaded.  Of symbolic links what
 * they lead to counts.  Each may be NULL. */
void writable_check(const char *home, const char *file);

#endif
