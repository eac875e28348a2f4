/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* PKCS#11 modules as one configuration wants them: a library, and what of it is
 * used. */
#ifndef PKCS11_MODULE_H
#define PKCS11_MODULE_H

#include <gpg-error.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/config.h"
#include "pkcs11/cryptoki.h"
#include "pkcs11/library.h"
#include "pkcs11/selection.h"

struct module {
    char *name; /* the provider's in the configuration or the registry */
    const struct provider_config *provider; /* NULL: of the registry */
    struct selection selection;             /* what of it is used */
    struct selection pin_sources;           /* which tokens have one */
    struct library *library;
};

/* The modules of one configuration. */
struct modules {
    struct libraries *libraries; /* the program's */
    struct module **list;
    size_t n;
    CK_FUNCTION_LIST **registry; /* as p11-kit gave it, or NULL */
};

/* Open the library of PROVIDER, which is one of CONFIG, and add it to MODULES;
 * its "env" is the environment's already.  The log says what went wrong; a
 * library that MODULES already has is left out without an error.  CONFIG must
 * outlive MODULES. */
NODISCARD gpg_error_t module_add(struct modules *modules,
                                 const struct config *config,
                                 const struct provider_config *provider);

/* Add every module of p11-kit's registry that is enabled for us, except those
 * flagged as trust policy: they hold CA certificates, no keys.  One that does
 * not load is logged and left out. */
void modules_add_registry(struct modules *modules, const struct config *config);

/* Give back all of them.  No call of this configuration may be under way. */
void modules_unload(struct modules *modules);

#endif
