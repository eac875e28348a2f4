/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The keyring: the current snapshot of all tokens and keys, made anew when
 * there is a reason. */
#ifndef KEYRING_KEYRING_H
#define KEYRING_KEYRING_H

#include "keyring/snapshot.h"

struct keyring;

/* Called, without a lock, when tokens came or went. */
typedef void (*keyring_changed_fn)(void *context);

/* No module is loaded before the first look.  CONFIG must outlive it.  CHANGED
 * is called by whichever look finds other tokens than the one before. */
NODISCARD gpg_error_t keyring_new(const struct config *config,
                                  keyring_changed_fn changed, void *context,
                                  struct keyring **ret);
/* Unloads the modules; nobody may use a snapshot any more.  False: a module
 * does not end, and a thread is in it still; what it needs stays.  Takes
 * NULL. */
NODISCARD bool keyring_free(struct keyring *keyring);

/* Look by itself when tokens come or go, for as long as somebody wants that.
 * No module is called because of it before the next look of somebody else,
 * which loads them if need be. */
void keyring_watch(struct keyring *keyring);
void keyring_unwatch(struct keyring *keyring);

/* How many tokens came and went since the first look. */
struct keyring_changes {
    unsigned long came;
    unsigned long went;
};
struct keyring_changes keyring_changes(struct keyring *keyring);

/* How hard to look; each does what those before it do. */
enum keyring_look {
    KEYRING_KNOWN,  /* what is known, without asking a token */
    KEYRING_TOKENS, /* see which tokens are in the slots; read new ones */
    KEYRING_SLOTS,  /* and look for new slots: readers that were plugged in */
    KEYRING_OBJECTS /* and read the objects of all tokens anew */
};

/* The snapshot, the caller's to unref.  The first look is always a whole one;
 * where no token is found, new slots are looked for.  Callers that wait for the
 * same get it from one look. */
NODISCARD gpg_error_t keyring_get(struct keyring *keyring,
                                  enum keyring_look look,
                                  struct snapshot **ret);

/* A key was asked for that is not known: look again, but for a row of such
 * questions once (keyring/unknown).  RET_AGAIN: there may be a newer snapshot.
 */
NODISCARD gpg_error_t keyring_look_for_unknown(struct keyring *keyring,
                                               bool *ret_again);

/* After an operation: read the token's objects if it was logged in by it and
 * may show more now; look at the slots next time if ERR says that it went. */
void keyring_after_operation(struct keyring *keyring, struct token *token,
                             gpg_error_t err);

/* The serial number that some client asked for last: it is the one of clients
 * that ask for none.  NULL if none was or out of memory; the caller frees
 * it. */
char *keyring_preferred(struct keyring *keyring);
NODISCARD gpg_error_t keyring_prefer(struct keyring *keyring,
                                     const char *serial);

#endif
