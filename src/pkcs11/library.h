/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Libraries of modules: each is loaded and initialised once in the process,
 * whoever uses it, and finalised and unloaded when nobody does any more.
 *
 * C_Initialize and C_Finalize are the whole process's (PKCS#11 2.40, section
 * 5.4), and two configurations can be in use at the same time: one that was
 * read anew, and the one with which a command began. */
#ifndef PKCS11_LIBRARY_H
#define PKCS11_LIBRARY_H

#include <gpg-error.h>
#include <pthread.h>
#include <stdbool.h>

#include "base/cleanup.h"
#include "pkcs11/cryptoki.h"

struct call;
struct slot_use;
struct watch;

enum library_state {
    LIBRARY_OPENING, /* somebody loads it */
    LIBRARY_OPEN,
    LIBRARY_CLOSING, /* somebody finalises it */
    LIBRARY_STUCK    /* a thread did not come back from it: it stays as it is
                      * until the process ends, and nobody uses it any more */
};

struct library {
    char *name; /* of the provider that it was loaded for */
    CK_FUNCTION_LIST *functions;
    CK_INFO info;     /* zeros if it does not tell */
    void *handle;     /* from dlopen; NULL for a module of the registry */
    char *init_args;  /* with which it was initialised, or NULL */
    bool initialised; /* by us, so that we finalise it */
    bool serialised;  /* one call at a time */
    bool is_remote;   /* p11-kit hands its calls on to another process, which
                       * does one at a time */
    pthread_mutex_t call_lock; /* held during a call if serialised */
    pthread_mutex_t lock;      /* of the next ones; never held in a call */
    pthread_cond_t changed;    /* by the monotonic clock */
    struct call *calls;        /* that are under way */
    struct slot_use *uses;     /* of its slots */
    struct watch *watch;       /* who waits for its tokens, or NULL */
    bool starts_watch;
    bool is_finalised;
    enum library_state state; /* these under the lock of all libraries */
    unsigned n_users;
    struct library *next;
};

/* A program's one instance, with all that is loaded. */
struct libraries {
    pthread_mutex_t lock; /* never held in a call */
    pthread_cond_t changed;
    struct library *first;
};

void libraries_init(struct libraries *libraries);
/* Nobody uses one any more, and none is stuck. */
void libraries_done(struct libraries *libraries);

/* Nobody uses one any more: are some stuck?  What they need must stay. */
bool libraries_are_stuck(struct libraries *libraries);

/* Log which calls into which modules have not come back. */
void libraries_log_calls(struct libraries *libraries);

/* How a library is to be opened. */
struct library_wish {
    const char *name; /* of the provider, for the log */
    const char *file; /* NULL: FUNCTIONS are those of p11-kit's registry */
    CK_FUNCTION_LIST *functions;
    const char *init_args; /* or NULL */
    bool serialise;
    bool is_remote;
};

/* The library of WISH, loaded and initialised, the caller's to close.  It is
 * the one that is there already, if it is the same, even if that was opened in
 * another way.  Waits for one that is just being closed.  The log says what
 * went wrong. */
NODISCARD gpg_error_t library_open(struct libraries *libraries,
                                   const struct library_wish *wish,
                                   struct library **ret);

/* Was it opened as WISH says, or can be used as if it were? */
bool library_is_as_wished(const struct library *library,
                          const struct library_wish *wish);

/* Its last user ends its watch, finalises it if it is ours to finalise, and
 * unloads it.  False: it is stuck. */
NODISCARD bool library_close(struct libraries *libraries,
                             struct library *library);

/* For this folder: a library that is not in use yet, but for its pool. */
void library_init(struct library *library);
void library_done(struct library *library);

/* C_Finalize, if it is ours, in a thread of its own.  False: it does not come
 * back within two seconds. */
NODISCARD bool library_finalise(struct library *library);

#endif
