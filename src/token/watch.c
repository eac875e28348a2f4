/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tokens that come and go while nobody asks: a thread for each module waits
 * for its events or, where that does not work, looks at its slots once a
 * second. */
#include "token/watch.h"

#include <errno.h>
#include <time.h>

#include "base/log.h"
#include "pkcs11/call.h"
#include "pkcs11/rv.h"
#include "token/token_private.h"

#define POLL_MS 1000
/* Rest after an event: some come in swarms. */
#define EVENT_PAUSE_MS 100
/* Events in a row that came without a wait and without a change: a module that
 * reports more does not wait for any. */
#define MAX_EMPTY_EVENTS 16
/* How long the end waits for modules. */
#define GIVE_UP_MS 1000

enum state {
    STATE_LOOKING, /* at its slots, or telling, or resting */
    STATE_WAITING, /* in C_WaitForSlotEvent */
    STATE_ENDED
};

/* One module and its thread, which alone touches the first half. */
struct watcher {
    struct watch *watch;
    struct module *module;
    bool has_events; /* it is waited for them, else polled */
    unsigned n_empty_events;
    CK_SLOT_ID *slots; /* with a token, as listed last */
    CK_ULONG n_slots;
    pthread_t thread;
    pthread_t finaliser;
    bool is_finalising; /* there is such a thread */
    enum state state;   /* under the lock, as the next */
    bool is_finalised;
};

struct watch {
    struct watch_caller caller;
    pthread_mutex_t lock; /* never held in a module call */
    pthread_cond_t changed;
    bool stopping;
    size_t n;
    struct watcher watchers[];
};

static struct timespec after_ms(long ms)
{
    struct timespec at = {0};

    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += ms / 1000;
    at.tv_nsec += ms % 1000 * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}

static bool is_past(const struct timespec *at)
{
    const struct timespec now = after_ms(0);

    return now.tv_sec > at->tv_sec ||
           (now.tv_sec == at->tv_sec && now.tv_nsec >= at->tv_nsec);
}

/* Do nothing for MS, or less if the watch stops. */
static void rest(struct watch *watch, long ms)
{
    const struct timespec until = after_ms(ms);
    int rc = 0;

    (void)pthread_mutex_lock(&watch->lock);
    while (!watch->stopping && rc != ETIMEDOUT)
        rc = pthread_cond_timedwait(&watch->changed, &watch->lock, &until);
    (void)pthread_mutex_unlock(&watch->lock);
}

/* Say what the watcher does next; false if the watch stops. */
static bool enter(struct watcher *w, enum state state)
{
    bool goes_on = false;

    (void)pthread_mutex_lock(&w->watch->lock);
    goes_on = !w->watch->stopping;
    if (goes_on || state != STATE_WAITING)
        w->state = state;
    (void)pthread_cond_broadcast(&w->watch->changed);
    (void)pthread_mutex_unlock(&w->watch->lock);
    return goes_on;
}

/* Are there other slots with a token than before?  A list that fails is no
 * news: the next use of the module shows what is wrong. */
static bool has_changed(struct watcher *w)
{
    CK_SLOT_ID *slots = NULL;
    CK_ULONG n = 0;
    bool changed = false;

    if (slots_list(w->module, true, &slots, &n) != CKR_OK)
        return false;
    changed = n != w->n_slots;
    for (CK_ULONG i = 0; i < n && !changed; i++)
        changed = slots[i] != w->slots[i];
    free(w->slots);
    w->slots = slots;
    w->n_slots = n;
    return changed;
}

static void tell(const struct watcher *w)
{
    const struct watch_caller *caller = &w->watch->caller;

    if (atomic_load(caller->n_wanting) > 0)
        caller->notice(caller->context);
}

static void poll_instead(struct watcher *w, const char *why)
{
    log_verbose("provider '%s': C_WaitForSlotEvent: %s; its slots are looked "
                "at once a second",
                w->module->name, why);
    w->has_events = false;
}

/* Wait for one event.  That something changed is its own word: one token may
 * have taken the place of another. */
static void wait_for_event(struct watcher *w)
{
    const struct timespec soon = after_ms(POLL_MS);
    CK_SLOT_ID slot = 0;
    CK_RV rv = CKR_OK;
    bool is_empty = false;

    if (!enter(w, STATE_WAITING))
        return;
    log_debug("provider '%s': waiting for slot events", w->module->name);
    rv = call_wait_for_slot_event(w->module, 0, &slot);
    if (!enter(w, STATE_LOOKING))
        return;
    if (rv != CKR_OK) {
        poll_instead(w, rv_name(rv));
        return;
    }
    is_empty = !has_changed(w) && !is_past(&soon);
    w->n_empty_events = is_empty ? w->n_empty_events + 1 : 0;
    tell(w);
    if (w->n_empty_events < MAX_EMPTY_EVENTS)
        rest(w->watch, EVENT_PAUSE_MS);
    else
        poll_instead(w, "events without end");
}

static void poll_slots(struct watcher *w)
{
    rest(w->watch, POLL_MS);
    if (!enter(w, STATE_LOOKING) ||
        atomic_load(w->watch->caller.n_wanting) == 0)
        return;
    if (has_changed(w))
        tell(w);
}

static void *run_watcher(void *argument)
{
    struct watcher *w = argument;

    while (enter(w, STATE_LOOKING)) {
        if (w->has_events)
            wait_for_event(w);
        else
            poll_slots(w);
    }
    (void)enter(w, STATE_ENDED);
    return NULL;
}

static gpg_error_t start_watcher(struct watcher *w, struct watch *watch,
                                 struct module *module)
{
    int rc = 0;

    *w = (struct watcher){.watch = watch, .module = module};
    w->has_events =
        module->initialised && !module->serialised && !module->is_remote;
    (void)has_changed(w);
    rc = pthread_create(&w->thread, NULL, run_watcher, w);
    return rc == 0 ? 0 : gpg_error_from_errno(rc);
}

static struct watch *new_watch(size_t n, const struct watch_caller *caller)
{
    struct watch *watch = calloc(1, sizeof *watch + n * sizeof(struct watcher));
    pthread_condattr_t attr;

    if (watch == NULL)
        return NULL;
    watch->caller = *caller;
    (void)pthread_mutex_init(&watch->lock, NULL);
    (void)pthread_condattr_init(&attr);
    (void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&watch->changed, &attr);
    (void)pthread_condattr_destroy(&attr);
    return watch;
}

gpg_error_t watch_start(const struct modules *modules,
                        const struct watch_caller *caller, struct watch **ret)
{
    struct watch *watch = new_watch(modules->n, caller);

    if (watch == NULL)
        return gpg_error_from_syserror();
    for (size_t i = 0; i < modules->n; i++) {
        struct watcher *w = &watch->watchers[watch->n];
        gpg_error_t err = start_watcher(w, watch, modules->list[i]);

        if (err == 0) {
            watch->n++;
            continue;
        }
        log_error("provider '%s' cannot be watched: %s", modules->list[i]->name,
                  gpg_strerror(err));
        free(w->slots);
    }
    *ret = watch;
    return 0;
}

/* Is there none left that looks? */
static bool no_one_looks(const struct watcher *w)
{
    return w->state != STATE_LOOKING;
}

static bool is_out(const struct watcher *w)
{
    return w->state == STATE_ENDED && (!w->is_finalising || w->is_finalised);
}

/* Wait until all are as IS_DONE wants them, but not for ever. */
static bool await_all(struct watch *watch,
                      bool (*is_done)(const struct watcher *w))
{
    const struct timespec until = after_ms(GIVE_UP_MS);
    int rc = 0;
    bool all = false;

    (void)pthread_mutex_lock(&watch->lock);
    for (;;) {
        all = true;
        for (size_t i = 0; i < watch->n; i++)
            all = all && is_done(&watch->watchers[i]);
        if (all || rc == ETIMEDOUT)
            break;
        rc = pthread_cond_timedwait(&watch->changed, &watch->lock, &until);
    }
    (void)pthread_mutex_unlock(&watch->lock);
    return all;
}

bool watch_stop(struct watch *watch)
{
    (void)pthread_mutex_lock(&watch->lock);
    watch->stopping = true;
    (void)pthread_cond_broadcast(&watch->changed);
    (void)pthread_mutex_unlock(&watch->lock);
    return await_all(watch, no_one_looks);
}

static void *run_finaliser(void *argument)
{
    struct watcher *w = argument;

    module_finalise(w->module);
    (void)pthread_mutex_lock(&w->watch->lock);
    w->is_finalised = true;
    (void)pthread_cond_broadcast(&w->watch->changed);
    (void)pthread_mutex_unlock(&w->watch->lock);
    return NULL;
}

/* PKCS#11 2.40, section 5.4: C_Finalize ends all waiting.  It may hang just
 * because a thread waits, so it gets a thread of its own. */
static void finalise_waiting(struct watch *watch)
{
    for (size_t i = 0; i < watch->n; i++) {
        struct watcher *w = &watch->watchers[i];
        bool waits = false;

        (void)pthread_mutex_lock(&watch->lock);
        waits = w->state == STATE_WAITING;
        (void)pthread_mutex_unlock(&watch->lock);
        if (waits)
            w->is_finalising =
                pthread_create(&w->finaliser, NULL, run_finaliser, w) == 0;
    }
}

/* Join the threads of one that came out; leave those of one that did not. */
static bool reap(struct watcher *w)
{
    bool out = false;

    (void)pthread_mutex_lock(&w->watch->lock);
    out = is_out(w);
    (void)pthread_mutex_unlock(&w->watch->lock);
    if (!out) {
        log_error("provider '%s' does not end", w->module->name);
        w->module->is_stuck = true;
        (void)pthread_detach(w->thread);
        if (w->is_finalising)
            (void)pthread_detach(w->finaliser);
        return false;
    }
    (void)pthread_join(w->thread, NULL);
    if (w->is_finalising)
        (void)pthread_join(w->finaliser, NULL);
    free(w->slots);
    return true;
}

void watch_free(struct watch *watch)
{
    bool all = true;

    if (watch == NULL)
        return;
    finalise_waiting(watch);
    (void)await_all(watch, is_out);
    for (size_t i = 0; i < watch->n; i++)
        all = reap(&watch->watchers[i]) && all;
    if (!all)
        return; /* the stuck ones still use it */
    (void)pthread_cond_destroy(&watch->changed);
    (void)pthread_mutex_destroy(&watch->lock);
    free(watch);
}
