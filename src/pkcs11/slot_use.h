/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Who uses a slot of a library: a login is the whole process's (PKCS#11 2.40,
 * section 5.6.6), so that nobody may log out under another configuration's
 * command either. */
#ifndef PKCS11_SLOT_USE_H
#define PKCS11_SLOT_USE_H

#include "pkcs11/library.h"

struct slot_use {
    CK_SLOT_ID slot;
    unsigned n_holders; /* under the library's lock, as the next */
    struct slot_use *next;
    pthread_mutex_t lock; /* of the rest; never held in a call */
    pthread_cond_t rested;
    unsigned n_users;  /* the token is not logged out under them */
    bool resting;      /* somebody gives up what is not needed any more */
    bool must_log_out; /* the next one who can has to log out */
};

/* That of SLOT of LIBRARY, the same one for all, the caller's to put back. */
NODISCARD gpg_error_t slot_use_get(struct library *library, CK_SLOT_ID slot,
                                   struct slot_use **ret);
/* Takes NULL. */
void slot_use_put(struct library *library, struct slot_use *use);

#endif
