/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What all clients share: the configuration and the keyring in force, and how
 * others take their place. */
#include "commands/service.h"

#include "base/clock.h"
#include "base/log.h"

static void generation_free(struct generation *generation)
{
    if (generation == NULL)
        return;
    keyring_free(generation->keyring);
    config_clear(&generation->config);
    free(generation);
}

void generation_unref(struct generation *generation)
{
    if (atomic_fetch_sub(&generation->references, 1) == 1)
        generation_free(generation);
}

static void tokens_changed(void *context)
{
    struct service *service = context;

    events_tell(&service->events);
}

/* A thread of a module's watch calls this.  It must not look itself: it could
 * become the last that uses the module, and would have to wait for its own
 * end. */
static void notice(void *context)
{
    struct service *service = context;

    housekeeping_set(service->looker, &service->look, clock_ms());
}

/* Takes over CONFIG. */
static gpg_error_t generation_new(struct service *service, unsigned long number,
                                  struct config *config,
                                  struct generation **ret)
{
    const struct keyring_setting setting = {
        .libraries = &service->libraries,
        .watcher = {.notice = notice,
                    .context = service,
                    .n_wanting = &service->events.n_told},
        .changed = tokens_changed,
        .context = service};
    struct generation *generation = calloc(1, sizeof *generation);
    gpg_error_t err = 0;

    if (generation == NULL)
        return gpg_error_from_syserror();
    atomic_init(&generation->references, 1);
    generation->number = number;
    generation->config = *config;
    config_init(config);
    err = keyring_new(&generation->config, &setting, &generation->keyring);
    if (err != 0)
        generation_free(generation);
    else
        *ret = generation;
    return err;
}

static int64_t look(void *context)
{
    struct generation *generation = service_generation(context);

    keyring_look_for_changes(generation->keyring);
    generation_unref(generation);
    return CLOCK_NEVER;
}

static int64_t look_first(void *context)
{
    struct generation *generation = service_generation(context);
    struct snapshot *snapshot = NULL;
    gpg_error_t err =
        keyring_get(generation->keyring, KEYRING_SLOTS, &snapshot);

    if (err != 0)
        log_error("the tokens could not be looked at: %s", gpg_strerror(err));
    else
        snapshot_unref(snapshot);
    generation_unref(generation);
    return CLOCK_NEVER;
}

gpg_error_t service_init(struct service *service, struct config *config,
                         service_read_fn read, void *read_context)
{
    gpg_error_t err = housekeeping_new(&service->looker);

    if (err != 0)
        return err;
    service->read = read;
    service->read_context = read_context;
    service->look = (struct chore){.run = look, .context = service};
    service->first_look = (struct chore){.run = look_first, .context = service};
    events_init(&service->events);
    libraries_init(&service->libraries);
    (void)pthread_mutex_init(&service->reload_lock, NULL);
    (void)pthread_mutex_init(&service->lock, NULL);
    (void)pthread_mutex_init(&service->card_lock, NULL);
    clock_init_cond(&service->unlocked);
    return generation_new(service, 1, config, &service->generation);
}

bool service_stop(struct service *service)
{
    housekeeping_stop(service->looker);
    if (service->generation != NULL)
        generation_unref(TAKE(service->generation));
    return !libraries_are_stuck(&service->libraries);
}

void service_done(struct service *service)
{
    libraries_done(&service->libraries);
    /* The modules' threads, which could give it work, are gone. */
    housekeeping_free(service->looker);
    events_done(&service->events);
    (void)pthread_cond_destroy(&service->unlocked);
    (void)pthread_mutex_destroy(&service->card_lock);
    (void)pthread_mutex_destroy(&service->lock);
    (void)pthread_mutex_destroy(&service->reload_lock);
}

struct generation *service_generation(struct service *service)
{
    struct generation *generation = NULL;

    (void)pthread_mutex_lock(&service->lock);
    generation = service->generation;
    atomic_fetch_add(&generation->references, 1);
    (void)pthread_mutex_unlock(&service->lock);
    return generation;
}

/* The card that somebody asked for last is the one of clients that ask for
 * none, as before. */
static void keep_preferred(struct keyring *old, struct keyring *new)
{
    AUTO_FREE char *serial = keyring_preferred(old);

    if (serial != NULL && keyring_prefer(new, serial) != 0)
        log_verbose("the card that was asked for last is forgotten");
}

/* Put another generation, made of what the configuration is now, in the place
 * of OLD. */
static gpg_error_t replace(struct service *service,
                           const struct generation *old, unsigned *ret_mistakes)
{
    AUTO_CONFIG config = {0};
    struct generation *new = NULL;
    gpg_error_t err = 0;

    config_init(&config);
    err = service->read(service->read_context, &old->config, &config);
    *ret_mistakes = config_origins_errors(&config.origins);
    if (err == 0)
        err = generation_new(service, old->number + 1, &config, &new);
    if (err != 0)
        return err;
    keep_preferred(old->keyring, new->keyring);
    (void)pthread_mutex_lock(&service->lock);
    service->generation = new;
    (void)pthread_mutex_unlock(&service->lock);
    return 0;
}

gpg_error_t service_reload(struct service *service, unsigned *ret_mistakes)
{
    struct generation *old = NULL;
    bool has_looked = false;
    gpg_error_t err = 0;

    (void)pthread_mutex_lock(&service->reload_lock);
    old = service_generation(service);
    err = replace(service, old, ret_mistakes);
    (void)pthread_mutex_unlock(&service->reload_lock);
    if (err == 0) {
        has_looked = keyring_has_looked(old->keyring);
        keyring_retire(old->keyring);
        /* Not in force any more. */
        generation_unref(old);
    }
    generation_unref(old);
    if (err != 0)
        return err;
    events_tell(&service->events);
    if (has_looked && atomic_load(&service->events.n_told) > 0)
        housekeeping_set(service->looker, &service->first_look, clock_ms());
    return 0;
}
