/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One PKCS#11 module: loaded, initialised, unloaded. */
#ifndef PKCS11_MODULE_H
#define PKCS11_MODULE_H

#include <gpg-error.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/config.h"
#include "pkcs11/cryptoki.h"
#include "pkcs11/selection.h"

struct module {
    char *name; /* the provider's in the configuration or the registry */
    const struct provider_config *provider; /* NULL: of the registry */
    struct selection selection;             /* what of it is used */
    struct selection pin_sources;           /* which tokens have one */
    CK_FUNCTION_LIST *functions;
    CK_INFO info;     /* zeros if it does not tell */
    void *library;    /* from dlopen; NULL for a module of the registry */
    bool initialised; /* by us, so that we finalise it */
    bool serialised;  /* one call at a time */
    bool is_remote;   /* p11-kit hands its calls on to another process, which
                       * does one at a time */
    bool is_stuck;    /* a thread did not come back from it: it can be neither
                       * finalised nor unloaded */
    pthread_mutex_t call_lock; /* held during a call if serialised */
    /* How it answers, as seen: see slots_list, attrs_read, find_handles. */
    _Atomic CK_ULONG slots_room; /* for its list of slots; 0: not known */
    _Atomic bool gives_up_early; /* at an attribute that is not there */
    _Atomic size_t n_at_once;    /* objects that a search gave as asked for */
    _Atomic bool gives_in_parts; /* fewer than asked for are not all */
};

/* The modules of one process. */
struct modules {
    struct module **list;
    size_t n;
    CK_FUNCTION_LIST **registry; /* as p11-kit gave it, or NULL */
};

/* Load the library of PROVIDER, which is one of CONFIG, initialise it (PKCS#11
 * 2.40, section 5.4), and add it to MODULES; its "env" is the environment's
 * already.  The log says what went wrong; a library that MODULES already has is
 * left out without an error.  CONFIG must outlive MODULES. */
NODISCARD gpg_error_t module_add(struct modules *modules,
                                 const struct config *config,
                                 const struct provider_config *provider);

/* Add every module of p11-kit's registry that is enabled for us, except those
 * flagged as trust policy: they hold CA certificates, no keys.  One that does
 * not load is logged and left out. */
void modules_add_registry(struct modules *modules, const struct config *config);

/* C_Finalize, if it was initialised by us and not finalised yet. */
void module_finalise(struct module *module);

/* Finalise and unload all of them.  No call may be under way, but in those
 * that are stuck: they stay as they are, and the answer is false. */
NODISCARD bool modules_unload(struct modules *modules);

#endif
