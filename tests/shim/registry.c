/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Preloaded into a program that uses p11-kit, this makes the folder
 * P11SHIM_REGISTRY p11-kit's registry of modules, and its only one.  The files
 * of the machine have their names from when p11-kit was built. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* For p11-kit's own tests; no header has it. */
typedef void override_fn(const char *system_conf, const char *user_conf,
                         const char *package_modules,
                         const char *system_modules, const char *user_modules);

__attribute__((constructor)) static void choose_registry(void)
{
    static char conf[4096];
    const char *folder = getenv("P11SHIM_REGISTRY");
    void *symbol = dlsym(RTLD_DEFAULT, "p11_kit_override_system_files");
    override_fn *override = NULL;

    /* A program without p11-kit, a shell for instance. */
    if (folder == NULL || symbol == NULL)
        return;
    (void)snprintf(conf, sizeof conf, "%s/pkcs11.conf", folder);
    memcpy(&override, &symbol, sizeof override);
    override(conf, conf, folder, folder, folder);
}
