/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Warns of files and folders of the configuration that others can change. */
#ifndef WRITABLE_H
#define WRITABLE_H

/* Log a warning if others than the user and root can write the file FILE, or
 * put another one in its place: it names the libraries that are loaded.  Of a
 * symbolic link, what it leads to counts. */
void writable_check_file(const char *file);

/* The same for FOLDER, in which the configuration is looked for. */
void writable_check_home(const char *folder);

#endif
