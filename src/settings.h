/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The settings: the configuration file that counts, and what the command line
 * says over it. */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "base/config.h"
#include "options.h"

/* Read them into CONFIG, which was initialised; its home is looked for, unless
 * it has one.  Mistakes in the file are logged and counted (origins), and the
 * rest of it counts.  Errors: the file of --options cannot be read; out of
 * memory. */
NODISCARD gpg_error_t settings_read(const struct options *options,
                                    struct config *config);

/* Read them anew, to take the place of OLD, in any thread, one at a time; and
 * open the log anew.  Errors, after which OLD is to stay in force: a file that
 * is there cannot be read; out of memory. */
NODISCARD gpg_error_t settings_read_anew(const struct options *options,
                                         const struct config *old,
                                         struct config *ret);

/* The user's file, which need not be there; CONFIG has its home. */
NODISCARD gpg_error_t settings_file(const struct options *options,
                                    const struct config *config, char **ret);

/* Where the log goes is in the configuration, whose mistakes go to the log:
 * they have waited for this.  Again at a reload, while others log: a file is
 * opened anew, which lets somebody rename it before; what cannot be opened is
 * reported, and the log stays where it was. */
void settings_open_log(const struct config *config);

#endif
