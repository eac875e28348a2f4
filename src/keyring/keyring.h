/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The keyring: the current snapshot of all tokens and keys, made anew when
 * there is a reason. */
#ifndef KEYRING_KEYRING_H
#define KEYRING_KEYRING_H

#include "keyring/snapshot.h"
#include "pkcs11/watch.h"

struct keyring;

/* Called, without a lock, when tokens came or went. */
typedef void (*keyring_changed_fn)(void *context);

struct keyring_setting {
    struct libraries *libraries; /* where modules are opened */
    struct watch_caller watcher; /* told when keyring_look_for_changes is due */
    keyring_changed_fn changed;  /* by a look that finds other tokens than the
                                  * one before */
    void *context;               /* of it */
};

/* No module is loaded before the first look.  CONFIG must outlive it. */
NODISCARD gpg_error_t keyring_new(const struct config *config,
                                  const struct keyring_setting *setting,
                                  struct keyring **ret);
/* Gives the modules back; nobody may use a snapshot any more.  Takes NULL. */
void keyring_free(struct keyring *keyring);

/* Look at the slots, as tokens may have come or gone; not before somebody else
 * has looked for the first time. */
void keyring_look_for_changes(struct keyring *keyring);
/* Was there a first look, or is it under way? */
bool keyring_has_looked(struct keyring *keyring);

/* Another one takes its place: its tokens are logged out, each as soon as no
 * command uses it. */
void keyring_retire(struct keyring *keyring);

/* How many tokens came and went since the first look. */
struct keyring_changes {
    unsigned long came;
    unsigned long went;
};
struct keyring_changes keyring_changes(struct keyring *keyring);

/* How hard to look. */
enum keyring_look {
    KEYRING_KNOWN,  /* what is known, without asking a token */
    KEYRING_SLOTS,  /* see which tokens are there; read new ones */
    KEYRING_OBJECTS /* and read the objects of all of them anew */
};

/* The snapshot, the caller's to unref.  The first look is always a whole one.
 * Callers that wait for the same get it from one look. */
NODISCARD gpg_error_t keyring_get(struct keyring *keyring,
                                  enum keyring_look look,
                                  struct snapshot **ret);

/* A key was asked for that is not known: look again, but for that reason not
 * more than once in two seconds.  RET_AGAIN: there may be a newer snapshot. */
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
