/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tokens that come and go while nobody asks: a thread for each library waits
 * for its events or, where that does not work, looks at its slots once a
 * second. */
#include "pkcs11/watch.h"

#include <errno.h>
#include <stdatomic.h>

#include "base/clock.h"
#include "base/log.h"
#include "pkcs11/call.h"
#include "pkcs11/rv.h"
#include "pkcs11/slot_list.h"

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

/* One library and its thread, which alone touches what is not under the
 * lock. */
struct watch {
    struct watch_caller caller;
    struct module module; /* for its calls */
    bool has_events;      /* it is waited for them, else polled */
    unsigned n_empty_events;
    pthread_t thread;
    pthread_mutex_t lock; /* of the next ones; never held in a module call */
    pthread_cond_t changed;
    CK_SLOT_ID *slots; /* with a token, as listed last by anybody */
    CK_ULONG n_slots;
    enum state state;
    bool stopping;
};

static bool is_past(const struct timespec *at)
{
    const struct timespec now = clock_after_ms(0);

    return now.tv_sec > at->tv_sec ||
           (now.tv_sec == at->tv_sec && now.tv_nsec >= at->tv_nsec);
}

/* Do nothing for MS, or less if the watch stops. */
static void rest(struct watch *watch, long ms)
{
    const struct timespec until = clock_after_ms(ms);
    int rc = 0;

    (void)pthread_mutex_lock(&watch->lock);
    while (!watch->stopping && rc != ETIMEDOUT)
        rc = pthread_cond_timedwait(&watch->changed, &watch->lock, &until);
    (void)pthread_mutex_unlock(&watch->lock);
}

/* Say what the watcher does next; false if the watch stops. */
static bool enter(struct watch *w, enum state state)
{
    bool goes_on = false;

    (void)pthread_mutex_lock(&w->lock);
    goes_on = !w->stopping;
    if (goes_on || state != STATE_WAITING)
        w->state = state;
    (void)pthread_cond_broadcast(&w->changed);
    (void)pthread_mutex_unlock(&w->lock);
    return goes_on;
}

/* Are there other slots with a token than before?  A list that fails is no
 * news: the next use of the module shows what is wrong. */
static bool has_changed(struct watch *w)
{
    CK_SLOT_ID *slots = NULL;
    CK_ULONG n = 0;
    bool changed = false;

    if (slot_list_get(&w->module, true, &slots, &n) != CKR_OK)
        return false;
    (void)pthread_mutex_lock(&w->lock);
    changed = n != w->n_slots;
    for (CK_ULONG i = 0; i < n && !changed; i++)
        changed = slots[i] != w->slots[i];
    free(w->slots);
    w->slots = slots;
    w->n_slots = n;
    (void)pthread_mutex_unlock(&w->lock);
    return changed;
}

/* NULL: nobody watches it. */
static struct watch *watch_of(struct library *library)
{
    struct watch *w = NULL;

    (void)pthread_mutex_lock(&library->lock);
    w = library->watch;
    (void)pthread_mutex_unlock(&library->lock);
    return w;
}

void watch_note(struct library *library, const CK_SLOT_ID *slots, CK_ULONG n)
{
    struct watch *w = watch_of(library);
    CK_SLOT_ID *copy = NULL;

    if (w == NULL)
        return;
    copy = calloc(n + 1, sizeof *copy);
    if (copy == NULL)
        return;
    for (CK_ULONG i = 0; i < n; i++)
        copy[i] = slots[i];
    (void)pthread_mutex_lock(&w->lock);
    free(w->slots);
    w->slots = copy;
    w->n_slots = n;
    (void)pthread_mutex_unlock(&w->lock);
}

void watch_note_gone(struct library *library, CK_SLOT_ID slot)
{
    struct watch *w = watch_of(library);
    CK_ULONG left = 0;

    if (w == NULL)
        return;
    (void)pthread_mutex_lock(&w->lock);
    for (CK_ULONG i = 0; i < w->n_slots; i++)
        if (w->slots[i] != slot)
            w->slots[left++] = w->slots[i];
    w->n_slots = left;
    (void)pthread_mutex_unlock(&w->lock);
}

static void tell(const struct watch *w)
{
    const struct watch_caller *caller = &w->caller;

    if (atomic_load(caller->n_wanting) > 0)
        caller->notice(caller->context);
}

static void poll_instead(struct watch *w, const char *why)
{
    log_verbose("provider '%s': C_WaitForSlotEvent: %s; its slots are looked "
                "at once a second",
                w->module.name, why);
    w->has_events = false;
}

/* Wait for one event.  That something changed is its own word: one token may
 * have taken the place of another. */
static void wait_for_event(struct watch *w)
{
    const struct timespec soon = clock_after_ms(POLL_MS);
    CK_SLOT_ID slot = 0;
    CK_RV rv = CKR_OK;
    bool is_empty = false;

    if (!enter(w, STATE_WAITING))
        return;
    log_debug("provider '%s': waiting for slot events", w->module.name);
    rv = call_wait_for_slot_event(&w->module, 0, &slot);
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
        rest(w, EVENT_PAUSE_MS);
    else
        poll_instead(w, "events without end");
}

static void poll_slots(struct watch *w)
{
    rest(w, POLL_MS);
    if (!enter(w, STATE_LOOKING) || atomic_load(w->caller.n_wanting) == 0)
        return;
    if (has_changed(w))
        tell(w);
}

static void *run_watcher(void *argument)
{
    struct watch *w = argument;

    while (enter(w, STATE_LOOKING)) {
        if (w->has_events)
            wait_for_event(w);
        else
            poll_slots(w);
    }
    (void)enter(w, STATE_ENDED);
    return NULL;
}

static void watch_done(struct watch *w)
{
    (void)pthread_cond_destroy(&w->changed);
    (void)pthread_mutex_destroy(&w->lock);
    free(w->slots);
    free(w);
}

static gpg_error_t start(struct library *library,
                         const struct watch_caller *caller, struct watch **ret)
{
    struct watch *w = calloc(1, sizeof *w);
    int rc = 0;

    if (w == NULL)
        return gpg_error_from_syserror();
    w->caller = *caller;
    w->module.name = library->name;
    w->module.library = library;
    w->has_events =
        library->initialised && !library->serialised && !library->is_remote;
    (void)pthread_mutex_init(&w->lock, NULL);
    clock_init_cond(&w->changed);
    (void)has_changed(w);
    rc = pthread_create(&w->thread, NULL, run_watcher, w);
    if (rc != 0) {
        watch_done(w);
        return gpg_error_from_errno(rc);
    }
    *ret = w;
    return 0;
}

/* Is it this caller's to start it?  Else it is there when this returns. */
static bool begin_start(struct library *library)
{
    bool begins = false;

    (void)pthread_mutex_lock(&library->lock);
    while (library->starts_watch)
        (void)pthread_cond_wait(&library->changed, &library->lock);
    begins = library->watch == NULL;
    library->starts_watch = begins;
    (void)pthread_mutex_unlock(&library->lock);
    return begins;
}

gpg_error_t watch_start(struct library *library,
                        const struct watch_caller *caller)
{
    struct watch *watch = NULL;
    gpg_error_t err = 0;

    if (!begin_start(library))
        return 0;
    err = start(library, caller, &watch);
    (void)pthread_mutex_lock(&library->lock);
    library->watch = watch;
    library->starts_watch = false;
    (void)pthread_cond_broadcast(&library->changed);
    (void)pthread_mutex_unlock(&library->lock);
    return err;
}

/* Wait until its state is as IS_DONE wants it, but not for ever. */
static bool await(struct watch *w, bool (*is_done)(enum state state))
{
    const struct timespec until = clock_after_ms(GIVE_UP_MS);
    int rc = 0;
    bool done = false;

    (void)pthread_mutex_lock(&w->lock);
    while (!is_done(w->state) && rc != ETIMEDOUT)
        rc = pthread_cond_timedwait(&w->changed, &w->lock, &until);
    done = is_done(w->state);
    (void)pthread_mutex_unlock(&w->lock);
    return done;
}

static bool is_not_looking(enum state state)
{
    return state != STATE_LOOKING;
}

static bool is_out(enum state state)
{
    return state == STATE_ENDED;
}

bool watch_stop(struct watch *w)
{
    if (w == NULL)
        return true;
    (void)pthread_mutex_lock(&w->lock);
    w->stopping = true;
    (void)pthread_cond_broadcast(&w->changed);
    (void)pthread_mutex_unlock(&w->lock);
    return await(w, is_not_looking);
}

bool watch_free(struct watch *w)
{
    if (w == NULL)
        return true;
    if (!await(w, is_out)) {
        (void)pthread_detach(w->thread);
        return false;
    }
    (void)pthread_join(w->thread, NULL);
    watch_done(w);
    return true;
}
