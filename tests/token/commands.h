/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The commands of keymaker that have a file of their own. */
#ifndef TOKEN_COMMANDS_H
#define TOKEN_COMMANDS_H

#include "module.h"

/* ARGS are those of the command line after the command's name. */
void command_gen(CK_FUNCTION_LIST *p11, char **args, int n_args);
void command_import(CK_FUNCTION_LIST *p11, char **args, int n_args);
void command_cert(CK_FUNCTION_LIST *p11, char **args, int n_args);

#endif
