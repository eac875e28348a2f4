/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The variables of the environment that modules need. */
#ifndef ENVIRONMENT_H
#define ENVIRONMENT_H

#include "base/config.h"

/* Set what the lines "provider-NAME-env" say.  Once, before there is another
 * thread, of a module or ours: getenv(3) may be called in any, and a module is
 * loaded when there are some already.  Values are never logged. */
void environment_set(const struct config *config);

/* CONFIG was read anew.  What is different in it than what was set cannot be
 * set any more, which the log says. */
void environment_check(const struct config *config);

#endif
