/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What gpgconf(1) asks a program of GnuPG. */
#ifndef GPGCONF_H
#define GPGCONF_H

#include "options.h"

/* Print the configuration file and its keywords on standard output, a line
 * each: "NAME:FLAGS:DEFAULT:".  False if that fails. */
bool gpgconf_list(const struct options *options);

/* Read the configuration, and say on standard error what is wrong with it:
 * false if anything is. */
bool gpgconf_test(const struct options *options);

#endif
