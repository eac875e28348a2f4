/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Things to be done later, by one thread. */
#include "token/housekeeping.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"

struct housekeeping {
    pthread_mutex_t lock; /* of all that follows; not held while a chore runs */
    pthread_cond_t changed;
    pthread_t thread;
    bool has_thread;
    bool stopping;
    struct chore *chores;
    struct chore *running;
};

gpg_error_t housekeeping_new(struct housekeeping **ret)
{
    struct housekeeping *h = calloc(1, sizeof *h);

    if (h == NULL)
        return gpg_error_from_syserror();
    (void)pthread_mutex_init(&h->lock, NULL);
    clock_init_cond(&h->changed);
    *ret = h;
    return 0;
}

void housekeeping_stop(struct housekeeping *h)
{
    bool has_thread = false;

    (void)pthread_mutex_lock(&h->lock);
    h->stopping = true;
    has_thread = h->has_thread;
    h->has_thread = false;
    (void)pthread_cond_broadcast(&h->changed);
    (void)pthread_mutex_unlock(&h->lock);
    if (has_thread)
        (void)pthread_join(h->thread, NULL);
}

void housekeeping_free(struct housekeeping *h)
{
    if (h == NULL)
        return;
    housekeeping_stop(h);
    (void)pthread_cond_destroy(&h->changed);
    (void)pthread_mutex_destroy(&h->lock);
    free(h);
}

static struct chore *first_locked(const struct housekeeping *h)
{
    struct chore *first = NULL;

    for (struct chore *c = h->chores; c != NULL; c = c->next)
        if (first == NULL || c->at < first->at)
            first = c;
    return first;
}

/* Wait MS milliseconds, or until something changes. */
static void wait_locked(struct housekeeping *h, int64_t ms)
{
    const struct timespec until = clock_after_ms((long)ms);

    (void)pthread_cond_timedwait(&h->changed, &h->lock, &until);
}

static void run_locked(struct housekeeping *h, struct chore *chore)
{
    int64_t again = CLOCK_NEVER;

    h->running = chore;
    chore->at = CLOCK_NEVER;
    (void)pthread_mutex_unlock(&h->lock);
    again = chore->run(chore->context);
    (void)pthread_mutex_lock(&h->lock);
    if (again < chore->at)
        chore->at = again;
    h->running = NULL;
    (void)pthread_cond_broadcast(&h->changed);
}

static void *keep_house(void *context)
{
    struct housekeeping *h = context;

    (void)pthread_mutex_lock(&h->lock);
    while (!h->stopping) {
        struct chore *chore = first_locked(h);
        const int64_t now = clock_ms();

        if (chore == NULL || chore->at == CLOCK_NEVER)
            (void)pthread_cond_wait(&h->changed, &h->lock);
        else if (chore->at > now)
            wait_locked(h, chore->at - now);
        else
            run_locked(h, chore);
    }
    (void)pthread_mutex_unlock(&h->lock);
    return NULL;
}

static void add_locked(struct housekeeping *h, struct chore *chore)
{
    for (const struct chore *c = h->chores; c != NULL; c = c->next)
        if (c == chore)
            return;
    chore->next = h->chores;
    h->chores = chore;
}

void housekeeping_set(struct housekeeping *h, struct chore *chore, int64_t at)
{
    int rc = 0;
    bool sooner = false;

    (void)pthread_mutex_lock(&h->lock);
    sooner = h->chores == NULL || at < first_locked(h)->at;
    add_locked(h, chore);
    /* The thread finds out by itself that there is more time. */
    chore->at = at;
    if (!h->has_thread && !h->stopping && at != CLOCK_NEVER) {
        rc = pthread_create(&h->thread, NULL, keep_house, h);
        h->has_thread = rc == 0;
    } else if (sooner) {
        (void)pthread_cond_broadcast(&h->changed);
    }
    (void)pthread_mutex_unlock(&h->lock);
    if (rc != 0)
        log_warning("no thread for what is to be done later: %s", strerror(rc));
}

void housekeeping_cancel(struct housekeeping *h, struct chore *chore)
{
    (void)pthread_mutex_lock(&h->lock);
    for (struct chore **at = &h->chores; *at != NULL; at = &(*at)->next) {
        if (*at == chore) {
            *at = chore->next;
            break;
        }
    }
    while (h->running == chore)
        (void)pthread_cond_wait(&h->changed, &h->lock);
    (void)pthread_mutex_unlock(&h->lock);
}
