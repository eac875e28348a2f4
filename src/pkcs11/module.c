/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* PKCS#11 modules as one configuration wants them: a library, and what of it is
 * used. */
#include "pkcs11/module.h"

/* For p11_kit_set_progname. */
#define P11_KIT_FUTURE_UNSTABLE_API 1

#include <dlfcn.h>
#include <p11-kit/p11-kit.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"

/* False: its library is stuck. */
static bool module_free(struct libraries *libraries, struct module *module)
{
    bool ended = true;

    if (module == NULL)
        return true;
    if (module->library != NULL)
        ended = library_close(libraries, module->library);
    selection_clear(&module->selection);
    selection_clear(&module->pin_sources);
    free(module->name);
    free(module);
    return ended;
}

static gpg_error_t module_new(const char *name, struct library *library,
                              struct module **ret)
{
    struct module *module = calloc(1, sizeof *module);
    gpg_error_t err = 0;

    if (module == NULL)
        return gpg_error_from_syserror();
    err = str_copy(name, &module->name);
    if (err != 0) {
        free(module);
        return err;
    }
    module->library = library;
    *ret = module;
    return 0;
}

static const struct module *with_library(const struct modules *modules,
                                         const struct library *library)
{
    for (size_t i = 0; i < modules->n; i++)
        if (modules->list[i]->library == library)
            return modules->list[i];
    return NULL;
}

/* The provider's "init-args", or what release 0.10 gave to all modules. */
static const char *init_args(const struct provider_config *provider)
{
    const char *from_env = getenv("PKCS11H_INIT_ARGS_RESERVED");

    if (provider->init_args != NULL)
        return provider->init_args;
    return from_env != NULL && from_env[0] != '\0' ? from_env : NULL;
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
    err = selection_make(limits, file, &module->library->info,
                         &module->selection);
    if (err == 0)
        err = selection_make(&config->pin_sources, file, &module->library->info,
                             &module->pin_sources);
    if (err != 0)
        log_error("provider '%s' is not used: %s", module->name,
                  gpg_strerror(err));
    return err;
}

/* Put a module with LIBRARY, which it takes over, on failure too, at the end of
 * MODULES. */
static gpg_error_t append(struct modules *modules, const struct config *config,
                          const struct provider_config *provider,
                          const struct library_wish *wish, const char *file,
                          struct library *library)
{
    const struct config_list *limits =
        provider != NULL && config_list_is_given(&provider->match_uris)
            ? &provider->match_uris
            : &config->match_uris;
    struct module **list =
        realloc(modules->list, (modules->n + 1) * sizeof(struct module *));
    struct module *module = NULL;
    gpg_error_t err = list != NULL ? 0 : gpg_error_from_syserror();

    if (list != NULL)
        modules->list = list;
    if (err == 0)
        err = module_new(wish->name, library, &module);
    if (err != 0) {
        (void)!library_close(modules->libraries, library);
        return err;
    }
    module->provider = provider;
    err = apply_uris(module, config, limits, file);
    if (err != 0)
        (void)!module_free(modules->libraries, module);
    else
        modules->list[modules->n++] = module;
    return err;
}

gpg_error_t module_add(struct modules *modules, const struct config *config,
                       const struct provider_config *provider)
{
    const char *file = provider->library;
    const struct library_wish wish = {
        .name = provider->name,
        .file = file,
        .init_args = init_args(provider),
        .serialise = provider->serialize,
        .is_remote = strstr(file, "p11-kit-client") != NULL};
    struct library *library = NULL;
    const struct module *same = NULL;
    gpg_error_t err = library_open(modules->libraries, &wish, &library);

    if (err != 0)
        return err;
    same = with_library(modules, library);
    if (same != NULL) {
        log_verbose("provider '%s': %s is loaded already, what counts is said "
                    "of provider '%s'",
                    wish.name, file, same->name);
        (void)!library_close(modules->libraries, library);
        return 0;
    }
    if (!library_is_as_wished(library, &wish))
        log_warning("provider '%s': a command that began earlier still uses "
                    "the library: new 'init-args' and 'serialize' count when "
                    "the configuration is read again after its end",
                    wish.name);
    err = append(modules, config, provider, &wish, file, library);
    if (err == 0)
        log_verbose("provider '%s': loaded %s%s", wish.name, file,
                    provider->serialize ? ", its calls are serialised" : "");
    return err;
}

/* Has the registry's module FUNCTIONS been loaded by its path already? */
static bool loaded_by_path(const struct modules *modules,
                           CK_FUNCTION_LIST *functions)
{
    AUTO_FREE char *file = p11_kit_module_get_filename(functions);
    bool loaded = false;
    void *handle = NULL;

    if (file == NULL)
        return false;
    handle = dlopen(file, RTLD_NOW | RTLD_LOCAL | RTLD_NOLOAD);
    if (handle == NULL)
        return false;
    for (size_t i = 0; i < modules->n; i++)
        loaded = loaded || modules->list[i]->library->handle == handle;
    (void)dlclose(handle);
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
    AUTO_FREE char *name = p11_kit_module_get_name(functions);
    AUTO_FREE char *file = p11_kit_module_get_filename(functions);
    const struct library_wish wish = {.name = name != NULL ? name : "p11-kit",
                                      .functions = functions,
                                      .is_remote = is_remote(functions)};
    struct library *library = NULL;
    gpg_error_t err = 0;

    if ((p11_kit_module_get_flags(functions) & P11_KIT_MODULE_TRUSTED) != 0 ||
        loaded_by_path(modules, functions))
        return 0;
    err = library_open(modules->libraries, &wish, &library);
    if (err == 0)
        err = append(modules, config, NULL, &wish, file != NULL ? file : "",
                     library);
    if (err == 0)
        log_verbose("provider '%s': loaded from p11-kit's registry", wish.name);
    return err;
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

void modules_unload(struct modules *modules)
{
    bool all = true;

    for (size_t i = 0; i < modules->n; i++)
        all = module_free(modules->libraries, modules->list[i]) && all;
    free(modules->list);
    /* The registry takes away the functions that a thread may be in. */
    if (modules->registry != NULL && all)
        p11_kit_modules_release(modules->registry);
    *modules = (struct modules){.libraries = modules->libraries};
}
