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

/* Obey the script if it changed, when no call is in the module: one that lost
 * its session would be in memory that is not there any more.  The caller holds
 * shim_lock. */
void shim_refresh_locked(void);

/* CKR_OK if neither rules nor an absent token forbid MECHANISM in this
 * session. */
CK_RV shim_check_mechanism(CK_SESSION_HANDLE session,
                           const CK_MECHANISM *mechanism);

/* The module's handle of what the caller knows as HANDLE, and the reverse; the
 * caller holds shim_lock. */
CK_OBJECT_HANDLE shim_exchange(CK_SESSION_HANDLE session,
                               CK_OBJECT_HANDLE handle);

/* The functions that the shim offers itself. */
extern CK_FUNCTION_LIST shim_functions;

#define TYPES1(a) (a)
#define TYPES2(a, b) (a, b)
#define TYPES3(a, b, c) (a, b, c)
#define TYPES4(a, b, c, d) (a, b, c, d)
#define TYPES5(a, b, c, d, e) (a, b, c, d, e)
#define TYPES6(a, b, c, d, e, f) (a, b, c, d, e, f)

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
