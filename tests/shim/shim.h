/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What the parts of the shim share. */
#ifndef SHIM_SHIM_H
#define SHIM_SHIM_H

#include <p11-kit/pkcs11.h>
#include <pthread.h>
#include <stdbool.h>

/* Guards rules and sessions; never held while waiting or while the module
 * works with a key. */
extern pthread_mutex_t shim_lock;

/* The module behind the shim. */
extern CK_FUNCTION_LIST *shim_real;

/* The functions that the shim offers itself. */
extern CK_FUNCTION_LIST shim_functions;

#define TYPES1(a) (a)
#define TYPES2(a, b) (a, b)
#define TYPES3(a, b, c) (a, b, c)
#define TYPES4(a, b, c, d) (a, b, c, d)
#define TYPES5(a, b, c, d, e) (a, b, c, d, e)

/* The answers that differ from the module's: CK_RV own_C_Name(...). */
#define OWN(n, name, ...) CK_RV own_##name TYPES##n(__VA_ARGS__);
#define PLAIN(n, name, ...)
#define SESSION(n, name, ...)
#define MECH(n, name, ...)
#include "functions.def"
#undef OWN
#undef PLAIN
#undef SESSION
#undef MECH

#endif
