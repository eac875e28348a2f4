/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One PKCS#11 module: loaded, initialised, unloaded. */
#include "pkcs11/module.h"

/* For p11_kit_set_progname. */
#define P11_KIT_FUTURE_UNSTABLE_API 1

#include <dlfcn.h>
#include <p11-kit/p11-kit.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "pkcs11/call.h"
#include "pkcs11/rv.h"

void module_finalise(struct module *module)
{
    if (module->initialised)
        (void)call_finalize(module);
    module->initialised = false;
}

static void module_free(struct module *module)
{
    if (module == NULL)
        return;
    module_finalise(module);
    if (module->library != NULL)
        (void)dlclose(module->library);
    (void)pthread_mutex_destroy(&module->call_lock);
    selection_clear(&module->selection);
    selection_clear(&module->pin_sources);
    free(module->name);
    free(module);
}

static void module_free_auto(struct module **module)
{
    module_free(*module);
}

static gpg_error_t module_new(const char *name, struct module **ret)
{
    AUTO(module_free_auto) struct module *module = calloc(1, sizeof *module);
    gpg_error_t err = 0;

    if (module == NULL)
        return gpg_error_from_syserror();
    (void)pthread_mutex_init(&module->call_lock, NULL);
    err = str_copy(name, &module->name);
    if (err == 0)
        *ret = TAKE(module);
    return err;
}

static const struct module *with_functions(const struct modules *modules,
                                           const CK_FUNCTION_LIST *functions)
{
    for (size_t i = 0; i < modules->n; i++)
        if (modules->list[i]->functions == functions)
            return modules->list[i];
    return NULL;
}

/* Put *MODULE, which is the list's from then on, at the end of MODULES. */
static gpg_error_t append(struct modules *modules, struct module **module)
{
    struct module **list =
        realloc(modules->list, (modules->n + 1) * sizeof(struct module *));

    if (list == NULL)
        return gpg_error_from_syserror();
    modules->list = list;
    modules->list[modules->n++] = TAKE(*module);
    return 0;
}

/* dlopen LIBRARY and get its function list; the log says why if not. */
static gpg_error_t open_library(struct module *module, const char *library)
{
    CK_C_GetFunctionList get_list = NULL;
    CK_RV rv = CKR_OK;
    void *symbol = NULL;

    module->library = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (module->library == NULL) {
        log_error("provider '%s': cannot load %s: %s", module->name, library,
                  dlerror());
        return gpg_error(GPG_ERR_NOT_FOUND);
    }
    symbol = dlsym(module->library, "C_GetFunctionList");
    if (symbol == NULL) {
        log_error("provider '%s': %s is not a PKCS#11 module: it has no "
                  "C_GetFunctionList",
                  module->name, library);
        return gpg_error(GPG_ERR_NOT_SUPPORTED);
    }
    memcpy(&get_list, &symbol, sizeof get_list);
    rv = get_list(&module->functions);
    if (rv != CKR_OK || module->functions == NULL) {
        log_error("provider '%s': %s gives no function list (%s)", module->name,
                  library, rv_name(rv));
        return gpg_error(GPG_ERR_NOT_SUPPORTED);
    }
    return 0;
}

/* The provider's "init-args", or what release 0.10 gave to all modules. */
static char *init_args(const struct module *module)
{
    char *from_env = getenv("PKCS11H_INIT_ARGS_RESERVED");

    if (module->provider->init_args != NULL)
        return module->provider->init_args;
    return from_env != NULL && from_env[0] != '\0' ? from_env : NULL;
}

/* C_Initialize with operating system locks; a module that cannot have them
 * is asked again without any and gets one call at a time from us. */
static CK_RV initialise(struct module *module)
{
    /* In NSS's structure one member more follows, which must be NULL. */
    struct {
        CK_C_INITIALIZE_ARGS args;
        void *nss_reserved;
    } init = {
        .args = {.flags = CKF_OS_LOCKING_OK, .pReserved = init_args(module)}};
    CK_RV rv = call_initialize(module, &init.args);

    if (rv == CKR_CANT_LOCK) {
        log_verbose("provider '%s' cannot lock: its calls are serialised",
                    module->name);
        module->serialised = true;
        init.args.flags = 0;
        rv = call_initialize(module,
                             init.args.pReserved != NULL ? &init.args : NULL);
    }
    return rv;
}

/* Is RV, the answer of C_Initialize, good enough to go on?  Sets whether it is
 * ours to finalise, and what the module says that it is. */
static gpg_error_t check_initialised(struct module *module, CK_RV rv)
{
    module->initialised = rv == CKR_OK;
    if (rv == CKR_OK || rv == CKR_CRYPTOKI_ALREADY_INITIALIZED) {
        if (call_get_info(module, &module->info) != CKR_OK)
            module->info = (CK_INFO){0};
        return 0;
    }
    log_error("provider '%s': C_Initialize failed: %s", module->name,
              rv_name(rv));
    return rv_error(rv);
}

/* Limit MODULE, which is initialised and was loaded from FILE, to what LIMITS
 * say, and keep those URIs of CONFIG with PINs that may mean its tokens. */
static gpg_error_t apply_uris(struct module *module,
                              const struct config *config,
                              const struct config_list *limits,
                              const char *file)
{
    gpg_error_t err = 0;

    if (!config_list_is_given(limits) && config->pin_sources.n == 0)
        return 0;
    err = selection_make(limits, file, &module->info, &module->selection);
    if (err == 0)
        err = selection_make(&config->pin_sources, file, &module->info,
                             &module->pin_sources);
    if (err != 0)
        log_error("provider '%s' is not used: %s", module->name,
                  gpg_strerror(err));
    return err;
}

gpg_error_t module_add(struct modules *modules, const struct config *config,
                       const struct provider_config *provider)
{
    AUTO(module_free_auto) struct module *module = NULL;
    const struct module *same = NULL;
    const char *name = provider->name;
    const char *library = provider->library;
    gpg_error_t err = module_new(name, &module);

    if (err == 0)
        err = open_library(module, library);
    if (err != 0)
        return err;
    module->provider = provider;
    module->serialised = provider->serialize;
    same = with_functions(modules, module->functions);
    if (same != NULL) {
        log_verbose("provider '%s': %s is loaded already, what counts is said "
                    "of provider '%s'",
                    name, library, same->name);
        return 0;
    }
    module->is_remote = strstr(library, "p11-kit-client") != NULL;
    err = check_initialised(module, initialise(module));
    if (err == 0)
        err = apply_uris(module, config,
                         config_list_is_given(&provider->match_uris)
                             ? &provider->match_uris
                             : &config->match_uris,
                         library);
    if (err == 0)
        log_verbose("provider '%s': loaded %s%s", name, library,
                    provider->serialize ? ", its calls are serialised" : "");
    return err != 0 ? err : append(modules, &module);
}

/* Has the registry's module FUNCTIONS been loaded by its path already? */
static bool loaded_by_path(const struct modules *modules,
                           CK_FUNCTION_LIST *functions)
{
    AUTO_FREE char *file = p11_kit_module_get_filename(functions);
    bool loaded = false;
    void *library = NULL;

    if (file == NULL)
        return false;
    library = dlopen(file, RTLD_NOW | RTLD_LOCAL | RTLD_NOLOAD);
    if (library == NULL)
        return false;
    for (size_t i = 0; i < modules->n; i++)
        loaded = loaded || modules->list[i]->library == library;
    (void)dlclose(library);
    return loaded;
}

static bool is_remote(CK_FUNCTION_LIST *functions)
{
    AUTO_FREE char *remote = p11_kit_config_option(functions, "remote");

    return remote != NULL;
}

static gpg_error_t add_registered(struct modules *modules,
                                  const struct config *config,
                                  CK_FUNCTION_LIST *functions)
{
    AUTO(module_free_auto) struct module *module = NULL;
    AUTO_FREE char *name = p11_kit_module_get_name(functions);
    AUTO_FREE char *file = p11_kit_module_get_filename(functions);
    gpg_error_t err = 0;

    if ((p11_kit_module_get_flags(functions) & P11_KIT_MODULE_TRUSTED) != 0 ||
        loaded_by_path(modules, functions))
        return 0;
    err = module_new(name != NULL ? name : "p11-kit", &module);
    if (err != 0)
        return err;
    module->functions = functions;
    module->is_remote = is_remote(functions);
    /* p11-kit passes the arguments that the registry has for the module. */
    err = check_initialised(module, call_initialize(module, NULL));
    if (err == 0)
        err = apply_uris(module, config, &config->match_uris,
                         file != NULL ? file : "");
    if (err == 0)
        log_verbose("provider '%s': loaded from p11-kit's registry",
                    module->name);
    return err != 0 ? err : append(modules, &module);
}

/* Who asks p11-kit for that has PINs on standard error, our log. */
static void warn_of_calls_logged(void)
{
    AUTO_FREE char *value = p11_kit_config_option(NULL, "log-calls");

    if (value != NULL && str_equal_nocase(value, "yes"))
        log_warning("p11-kit writes each call of its modules to standard "
                    "error, with PINs and data: remove 'log-calls' from "
                    "pkcs11.conf when you have seen enough");
}

void modules_add_registry(struct modules *modules, const struct config *config)
{
    /* Names us for "enable-in" and "disable-in" (pkcs11.conf(5)). */
    p11_kit_set_progname("gnupg-pkcs11-scd");
    /* It says on standard error, our log, which module did not load. */
    modules->registry = p11_kit_modules_load(NULL, P11_KIT_MODULE_VERBOSE);
    if (modules->registry == NULL) {
        const char *message = p11_kit_message();

        log_error("p11-kit's module registry cannot be read: %s",
                  message != NULL ? message : "no reason given");
        return;
    }
    warn_of_calls_logged();
    for (size_t i = 0; modules->registry[i] != NULL; i++) {
        gpg_error_t err = add_registered(modules, config, modules->registry[i]);

        if (err != 0)
            log_verbose("p11-kit module left out: %s", gpg_strerror(err));
    }
}

bool modules_unload(struct modules *modules)
{
    bool all = true;

    for (size_t i = 0; i < modules->n; i++) {
        if (modules->list[i]->is_stuck)
            all = false;
        else
            module_free(modules->list[i]);
    }
    free(modules->list);
    /* The registry takes away the functions that a thread may be in. */
    if (modules->registry != NULL && all)
        p11_kit_modules_release(modules->registry);
    *modules = (struct modules){0};
    return all;
}
