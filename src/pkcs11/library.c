/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Libraries of modules: each is loaded and initialised once in the process,
 * whoever uses it, and finalised and unloaded when nobody does any more. */
#include "pkcs11/library.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "pkcs11/call.h"
#include "pkcs11/quirks.h"
#include "pkcs11/rv.h"
#include "pkcs11/watch.h"

/* A module that does not finalise within this time is left as it is. */
#define FINALISE_MS 2000

void library_init(struct library *library)
{
    (void)pthread_mutex_init(&library->call_lock, NULL);
    (void)pthread_mutex_init(&library->lock, NULL);
    clock_init_cond(&library->changed);
}

void library_done(struct library *library)
{
    (void)pthread_cond_destroy(&library->changed);
    (void)pthread_mutex_destroy(&library->lock);
    (void)pthread_mutex_destroy(&library->call_lock);
}

static void library_free(struct library *library)
{
    if (library == NULL)
        return;
    if (library->handle != NULL)
        (void)dlclose(library->handle);
    library_done(library);
    free(library->init_args);
    free(library->name);
    free(library);
}

static void library_free_auto(struct library **library)
{
    library_free(*library);
}

void libraries_init(struct libraries *libraries)
{
    *libraries = (struct libraries){0};
    (void)pthread_mutex_init(&libraries->lock, NULL);
    (void)pthread_cond_init(&libraries->changed, NULL);
}

void libraries_done(struct libraries *libraries)
{
    (void)pthread_cond_destroy(&libraries->changed);
    (void)pthread_mutex_destroy(&libraries->lock);
}

bool libraries_are_stuck(struct libraries *libraries)
{
    bool stuck = false;

    (void)pthread_mutex_lock(&libraries->lock);
    stuck = libraries->first != NULL;
    (void)pthread_mutex_unlock(&libraries->lock);
    return stuck;
}

void libraries_log_calls(struct libraries *libraries)
{
    (void)pthread_mutex_lock(&libraries->lock);
    for (struct library *l = libraries->first; l != NULL; l = l->next)
        call_log_pending(l);
    (void)pthread_mutex_unlock(&libraries->lock);
}

/* The functions of the library of HANDLE if it is loaded already, else NULL.
 * To ask it for them again would be a call beside those that are under way. */
static CK_FUNCTION_LIST *known_functions(struct libraries *libraries,
                                         const void *handle)
{
    CK_FUNCTION_LIST *functions = NULL;

    (void)pthread_mutex_lock(&libraries->lock);
    for (struct library *l = libraries->first; l != NULL; l = l->next)
        if (l->handle == handle)
            functions = l->functions;
    (void)pthread_mutex_unlock(&libraries->lock);
    return functions;
}

/* dlopen FILE and get its function list; the log says why if not. */
static gpg_error_t load(struct libraries *libraries, struct library *library,
                        const char *file)
{
    CK_C_GetFunctionList get_list = NULL;
    CK_RV rv = CKR_OK;
    void *symbol = NULL;

    library->handle = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (library->handle == NULL) {
        log_error("provider '%s': cannot load %s: %s", library->name, file,
                  dlerror());
        return gpg_error(GPG_ERR_NOT_FOUND);
    }
    library->functions = known_functions(libraries, library->handle);
    if (library->functions != NULL)
        return 0;
    symbol = dlsym(library->handle, "C_GetFunctionList");
    if (symbol == NULL) {
        log_error("provider '%s': %s is not a PKCS#11 module: it has no "
                  "C_GetFunctionList",
                  library->name, file);
        return gpg_error(GPG_ERR_NOT_SUPPORTED);
    }
    memcpy(&get_list, &symbol, sizeof get_list);
    rv = get_list(&library->functions);
    if (rv != CKR_OK || library->functions == NULL) {
        log_error("provider '%s': %s gives no function list (%s)",
                  library->name, file, rv_name(rv));
        return gpg_error(GPG_ERR_NOT_SUPPORTED);
    }
    return 0;
}

/* C_Initialize with operating system locks; a module that cannot have them
 * is asked again without any and gets one call at a time from us. */
static CK_RV initialise(struct module *module)
{
    struct library *library = module->library;
    /* In NSS's structure one member more follows, which must be NULL. */
    struct {
        CK_C_INITIALIZE_ARGS args;
        void *nss_reserved;
    } init = {
        .args = {.flags = CKF_OS_LOCKING_OK, .pReserved = library->init_args}};
    CK_RV rv = CKR_OK;

    /* p11-kit passes the arguments that the registry has for the module. */
    if (library->handle == NULL)
        return call_initialize(module, NULL);
    rv = call_initialize(module, &init.args);
    if (rv == CKR_CANT_LOCK) {
        log_verbose("provider '%s' cannot lock: its calls are serialised",
                    module->name);
        library->serialised = true;
        init.args.flags = 0;
        rv = call_initialize(module,
                             init.args.pReserved != NULL ? &init.args : NULL);
    }
    return rv;
}

/* Initialise LIBRARY, see whether it is ours to finalise, and what the module
 * says that it is. */
static gpg_error_t prepare(struct library *library)
{
    struct module module = {.name = library->name, .library = library};
    CK_RV rv = initialise(&module);

    library->initialised = rv == CKR_OK;
    if (rv != CKR_OK && rv != CKR_CRYPTOKI_ALREADY_INITIALIZED) {
        log_error("provider '%s': C_Initialize failed: %s", library->name,
                  rv_name(rv));
        return rv_error(rv);
    }
    if (call_get_info(&module, &library->info) != CKR_OK)
        library->info = (CK_INFO){0};
    quirks_apply(library);
    return 0;
}

static gpg_error_t library_new(struct libraries *libraries,
                               const struct library_wish *wish,
                               struct library **ret)
{
    AUTO(library_free_auto)
    struct library *library = calloc(1, sizeof *library);
    gpg_error_t err = 0;

    if (library == NULL)
        return gpg_error_from_syserror();
    library_init(library);
    library->functions = wish->functions;
    library->serialised = wish->serialise;
    library->is_remote = wish->is_remote;
    library->n_users = 1;
    err = str_copy(wish->name, &library->name);
    if (err == 0 && wish->init_args != NULL)
        err = str_copy(wish->init_args, &library->init_args);
    if (err == 0 && wish->file != NULL)
        err = load(libraries, library, wish->file);
    if (err == 0)
        *ret = TAKE(library);
    return err;
}

static struct library *find_locked(const struct libraries *libraries,
                                   const CK_FUNCTION_LIST *functions)
{
    for (struct library *l = libraries->first; l != NULL; l = l->next)
        if (l->functions == functions)
            return l;
    return NULL;
}

static void remove_locked(struct libraries *libraries, struct library *library)
{
    struct library **at = &libraries->first;

    while (*at != library)
        at = &(*at)->next;
    *at = library->next;
}

static bool is_in_transit(const struct library *library)
{
    return library != NULL && (library->state == LIBRARY_OPENING ||
                               library->state == LIBRARY_CLOSING);
}

/* What CAME is, in the list; or CAME itself, which is the list's from then on,
 * and to be prepared.  NULL: another thread was at it, and things may have
 * changed. */
static struct library *enter(struct libraries *libraries, struct library *came)
{
    struct library *known = NULL;
    bool waited = false;

    (void)pthread_mutex_lock(&libraries->lock);
    while (is_in_transit(known = find_locked(libraries, came->functions))) {
        waited = true;
        (void)pthread_cond_wait(&libraries->changed, &libraries->lock);
    }
    if (known == NULL && !waited) {
        came->state = LIBRARY_OPENING;
        came->next = libraries->first;
        libraries->first = came;
        known = came;
    } else if (known != NULL && known->state == LIBRARY_OPEN) {
        known->n_users++;
    }
    (void)pthread_mutex_unlock(&libraries->lock);
    return known;
}

static gpg_error_t open_new(struct libraries *libraries,
                            struct library *library)
{
    gpg_error_t err = prepare(library);

    (void)pthread_mutex_lock(&libraries->lock);
    library->state = LIBRARY_OPEN;
    if (err != 0)
        remove_locked(libraries, library);
    (void)pthread_cond_broadcast(&libraries->changed);
    (void)pthread_mutex_unlock(&libraries->lock);
    return err;
}

bool library_is_as_wished(const struct library *library,
                          const struct library_wish *wish)
{
    const char *wished = wish->init_args != NULL ? wish->init_args : "";
    const char *given = library->init_args != NULL ? library->init_args : "";

    return str_equal(wished, given) &&
           (library->serialised || !wish->serialise);
}

gpg_error_t library_open(struct libraries *libraries,
                         const struct library_wish *wish, struct library **ret)
{
    for (;;) {
        AUTO(library_free_auto) struct library *library = NULL;
        struct library *known = NULL;
        gpg_error_t err = library_new(libraries, wish, &library);

        if (err != 0)
            return err;
        known = enter(libraries, library);
        if (known == NULL)
            continue;
        if (known == library) {
            err = open_new(libraries, library);
            if (err == 0)
                *ret = TAKE(library);
            return err;
        }
        if (known->state == LIBRARY_STUCK) {
            log_error("provider '%s' did not end when it was to be unloaded: "
                      "it can be used again when gnupg-pkcs11-scd was "
                      "started again (gpgconf --kill scdaemon)",
                      wish->name);
            return gpg_error(GPG_ERR_NOT_OPERATIONAL);
        }
        *ret = known;
        return 0;
    }
}

static void *run_finaliser(void *argument)
{
    struct library *library = argument;
    struct module module = {.name = library->name, .library = library};

    (void)call_finalize(&module);
    (void)pthread_mutex_lock(&library->lock);
    library->is_finalised = true;
    (void)pthread_cond_broadcast(&library->changed);
    (void)pthread_mutex_unlock(&library->lock);
    return NULL;
}

bool library_finalise(struct library *library)
{
    const struct timespec until = clock_after_ms(FINALISE_MS);
    pthread_t thread;
    bool finalised = false;
    int rc = 0;

    if (!library->initialised)
        return true;
    library->initialised = false;
    if (pthread_create(&thread, NULL, run_finaliser, library) != 0) {
        (void)run_finaliser(library);
        return true;
    }
    (void)pthread_mutex_lock(&library->lock);
    while (!library->is_finalised && rc != ETIMEDOUT)
        rc = pthread_cond_timedwait(&library->changed, &library->lock, &until);
    finalised = library->is_finalised;
    (void)pthread_mutex_unlock(&library->lock);
    if (finalised)
        (void)pthread_join(thread, NULL);
    else
        (void)pthread_detach(thread);
    return finalised;
}

/* End all that goes on in LIBRARY; in this order, as C_Finalize is what ends
 * C_WaitForSlotEvent. */
static bool end_all(struct library *library)
{
    struct watch *watch = TAKE(library->watch);
    /* A thread that lists its slots must not have them pulled away. */
    const bool ended =
        watch_stop(watch) && library_finalise(library) && watch_free(watch);

    if (!ended)
        log_error("provider '%s' does not end", library->name);
    return ended;
}

bool library_close(struct libraries *libraries, struct library *library)
{
    bool last = false;
    bool ended = false;

    (void)pthread_mutex_lock(&libraries->lock);
    last = --library->n_users == 0;
    if (last)
        library->state = LIBRARY_CLOSING;
    (void)pthread_mutex_unlock(&libraries->lock);
    if (!last)
        return true;
    ended = end_all(library);
    (void)pthread_mutex_lock(&libraries->lock);
    if (ended)
        remove_locked(libraries, library);
    else
        library->state = LIBRARY_STUCK;
    (void)pthread_cond_broadcast(&libraries->changed);
    (void)pthread_mutex_unlock(&libraries->lock);
    if (ended)
        library_free(library);
    return ended;
}
