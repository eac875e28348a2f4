/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The sessions of one token: lent for one operation, taken back, reused. */
#include "token/sessions.h"

#include "base/clock.h"
#include "pkcs11/call.h"

/* So long it is believed that a token has no more sessions than it gave.  It
 * may have had them for another program. */
#define REFUSED_MS 60000

void sessions_init(struct sessions *s, struct module *module, CK_SLOT_ID slot,
                   CK_ULONG max)
{
    *s = (struct sessions){.module = module, .slot = slot};
    (void)pthread_mutex_init(&s->lock, NULL);
    (void)pthread_cond_init(&s->returned, NULL);
    s->limit = SESSIONS_MAX;
    if (max != CK_UNAVAILABLE_INFORMATION && max != CK_EFFECTIVELY_INFINITE &&
        max < s->limit)
        s->limit = max;
    s->allowed = s->limit;
}

/* One session less; without any the login is gone. */
static void count_out_locked(struct sessions *s)
{
    s->n_open--;
    if (s->n_open == s->n_opening)
        s->epoch++;
    (void)pthread_cond_signal(&s->returned);
}

/* Log out in one of ALL sessions there are, which nobody has.  If the token
 * will not, they are closed, and the login goes with the last one: false. */
static bool log_out(struct sessions *s, const struct session *all)
{
    CK_RV rv = call_logout(s->module, all->handle);

    if (rv == CKR_OK || rv == CKR_USER_NOT_LOGGED_IN)
        return true;
    for (const struct session *at = all; at != NULL; at = at->next)
        (void)call_close_session(s->module, at->handle);
    return false;
}

/* Only then, and all at once: as long as any counts as open, nobody else can
 * think that none is lent. */
static void count_out_all_locked(struct sessions *s, struct session *all)
{
    while (all != NULL) {
        struct session *next = all->next;

        free(all);
        count_out_locked(s);
        all = next;
    }
}

/* To be called when a session less is lent: whoever takes back the last one
 * logs out, if that is wanted.  The lock is not held during the call; the flag
 * keeps others from borrowing. */
static void settle_locked(struct sessions *s)
{
    struct session *all = s->idle;
    size_t n_idle = 0;

    if (!s->logging_out)
        return;
    for (const struct session *idle = all; idle != NULL; idle = idle->next)
        n_idle++;
    if (n_idle != s->n_open)
        return;
    if (all != NULL) {
        bool stay = false;

        s->idle = NULL;
        (void)pthread_mutex_unlock(&s->lock);
        stay = log_out(s, all);
        (void)pthread_mutex_lock(&s->lock);
        if (stay)
            s->idle = all;
        else
            count_out_all_locked(s, all);
    }
    s->logging_out = false;
    (void)pthread_cond_broadcast(&s->returned);
}

void sessions_log_out(struct sessions *s)
{
    (void)pthread_mutex_lock(&s->lock);
    s->logging_out = true;
    settle_locked(s);
    (void)pthread_mutex_unlock(&s->lock);
}

void sessions_discard(struct sessions *s, struct session *session)
{
    (void)call_close_session(s->module, session->handle);
    free(session);
    (void)pthread_mutex_lock(&s->lock);
    count_out_locked(s);
    settle_locked(s);
    (void)pthread_mutex_unlock(&s->lock);
}

unsigned sessions_epoch(struct sessions *s)
{
    unsigned epoch = 0;

    (void)pthread_mutex_lock(&s->lock);
    epoch = s->epoch;
    (void)pthread_mutex_unlock(&s->lock);
    return epoch;
}

unsigned long sessions_newest(struct sessions *s)
{
    unsigned long number = 0;

    (void)pthread_mutex_lock(&s->lock);
    number = s->newest;
    (void)pthread_mutex_unlock(&s->lock);
    return number;
}

void sessions_note_known(struct sessions *s, unsigned long number)
{
    (void)pthread_mutex_lock(&s->lock);
    if (s->known < number)
        s->known = number;
    (void)pthread_mutex_unlock(&s->lock);
}

bool sessions_is_known(struct sessions *s, const struct session *session)
{
    bool known = false;

    (void)pthread_mutex_lock(&s->lock);
    known = session->number <= s->known;
    (void)pthread_mutex_unlock(&s->lock);
    return known;
}

bool sessions_is_gone(CK_RV rv)
{
    return rv == CKR_SESSION_HANDLE_INVALID || rv == CKR_SESSION_CLOSED ||
           rv == CKR_CRYPTOKI_NOT_INITIALIZED;
}

bool sessions_is_single(struct sessions *s)
{
    bool single = false;

    (void)pthread_mutex_lock(&s->lock);
    single = s->limit == 1;
    (void)pthread_mutex_unlock(&s->lock);
    return single;
}

static bool has_spare_locked(const struct sessions *s, size_t keep)
{
    return s->idle != NULL && s->n_open - s->n_opening - s->n_closing > keep;
}

bool sessions_has_spare(struct sessions *s, size_t keep)
{
    bool any = false;

    (void)pthread_mutex_lock(&s->lock);
    any = has_spare_locked(s, keep);
    (void)pthread_mutex_unlock(&s->lock);
    return any;
}

/* The session that was idle longest, to be closed; NULL: there are no more
 * than KEEP. */
static struct session *take_spare(struct sessions *s, size_t keep)
{
    struct session *spare = NULL;

    (void)pthread_mutex_lock(&s->lock);
    if (has_spare_locked(s, keep)) {
        struct session **at = &s->idle;

        while ((*at)->next != NULL)
            at = &(*at)->next;
        spare = *at;
        *at = NULL;
        s->n_closing++;
    }
    (void)pthread_mutex_unlock(&s->lock);
    return spare;
}

/* Does RV, of C_CloseSession, mean that the session may be there still? */
static bool is_open_still(CK_RV rv)
{
    return rv != CKR_OK && !sessions_is_gone(rv) && rv != CKR_DEVICE_REMOVED &&
           rv != CKR_TOKEN_NOT_PRESENT;
}

bool sessions_close_spare(struct sessions *s, size_t keep)
{
    struct session *spare = NULL;

    while ((spare = take_spare(s, keep)) != NULL) {
        CK_RV rv = call_close_session(s->module, spare->handle);

        (void)pthread_mutex_lock(&s->lock);
        s->n_closing--;
        if (is_open_still(rv)) {
            /* The token may have no room for another one in its place. */
            spare->next = s->idle;
            s->idle = spare;
            (void)pthread_cond_signal(&s->returned);
        } else {
            free(spare);
            count_out_locked(s);
        }
        settle_locked(s);
        (void)pthread_mutex_unlock(&s->lock);
        if (is_open_still(rv))
            return false;
    }
    return true;
}

void sessions_done(struct sessions *s)
{
    struct session *spare = NULL;

    while ((spare = take_spare(s, 0)) != NULL) {
        (void)call_close_session(s->module, spare->handle);
        free(spare);
        s->n_closing--;
        s->n_open--;
    }
    (void)pthread_cond_destroy(&s->returned);
    (void)pthread_mutex_destroy(&s->lock);
}

static void count_in_locked(struct sessions *s)
{
    s->n_open++;
    s->n_opening++;
}

/* Open a session that is counted in already; counts it out on failure. */
static CK_RV open_counted(struct sessions *s, bool read_write,
                          struct session **ret)
{
    AUTO_FREE struct session *session = calloc(1, sizeof *session);
    CK_FLAGS flags = CKF_SERIAL_SESSION | (read_write ? CKF_RW_SESSION : 0);
    CK_RV rv = CKR_HOST_MEMORY;

    if (session != NULL) {
        session->read_write = read_write;
        rv = call_open_session(s->module, s->slot, flags, &session->handle);
    }
    (void)pthread_mutex_lock(&s->lock);
    s->n_opening--;
    if (rv == CKR_OK) {
        session->epoch = s->epoch;
        session->number = ++s->newest;
        *ret = TAKE(session);
    } else {
        count_out_locked(s);
        if (rv == CKR_SESSION_COUNT && s->n_open > 0) {
            s->limit = s->n_open;
            s->refused = clock_ms();
        }
        settle_locked(s);
    }
    (void)pthread_mutex_unlock(&s->lock);
    return rv;
}

/* Take an idle session that will do off the list. */
static struct session *take_idle_locked(struct sessions *s, bool read_write)
{
    for (struct session **at = &s->idle; *at != NULL; at = &(*at)->next) {
        struct session *session = *at;

        if (read_write && !session->read_write)
            continue;
        *at = session->next;
        return session;
    }
    return NULL;
}

/* Who has to wait otherwise tries once more what was refused long ago. */
static void reconsider_limit_locked(struct sessions *s)
{
    if (s->idle == NULL && s->n_open >= s->limit && s->limit < s->allowed &&
        clock_ms() - s->refused >= REFUSED_MS)
        s->limit = s->allowed;
}

/* An idle session that will do; or NULL, and one that is to be opened is
 * counted already.  An idle one that has to go for that is in RET_UNFIT. */
static struct session *take_or_count(struct sessions *s, bool read_write,
                                     struct session **ret_unfit)
{
    struct session *session = NULL;

    (void)pthread_mutex_lock(&s->lock);
    reconsider_limit_locked(s);
    while (s->logging_out ||
           ((session = take_idle_locked(s, read_write)) == NULL &&
            s->n_open >= s->limit && s->idle == NULL))
        (void)pthread_cond_wait(&s->returned, &s->lock);
    if (session == NULL) {
        if (s->n_open >= s->limit)
            *ret_unfit = take_idle_locked(s, false);
        count_in_locked(s);
    }
    (void)pthread_mutex_unlock(&s->lock);
    return session;
}

static bool has_open(struct sessions *s)
{
    bool any = false;

    (void)pthread_mutex_lock(&s->lock);
    any = s->n_open > 0;
    (void)pthread_mutex_unlock(&s->lock);
    return any;
}

CK_RV sessions_borrow(struct sessions *s, bool read_write, struct session **ret)
{
    CK_RV rv = CKR_OK;

    /* Again if the token allows fewer than it said: the limit is right now. */
    do {
        struct session *unfit = NULL;
        struct session *session = take_or_count(s, read_write, &unfit);

        if (unfit != NULL)
            sessions_discard(s, unfit);
        rv = session != NULL ? CKR_OK : open_counted(s, read_write, &session);
        if (rv == CKR_OK)
            *ret = session;
    } while (rv == CKR_SESSION_COUNT && has_open(s));
    return rv;
}

void sessions_return(struct sessions *s, struct session *session)
{
    (void)pthread_mutex_lock(&s->lock);
    session->next = s->idle;
    s->idle = session;
    (void)pthread_cond_signal(&s->returned);
    settle_locked(s);
    (void)pthread_mutex_unlock(&s->lock);
}

/* May one more be closed?  Decided and noted at once: two that are dropped at
 * the same time must not each take the other for the one that stays. */
static bool begin_drop_locked(struct sessions *s)
{
    if (s->n_open - s->n_opening - s->n_closing == 1)
        return false;
    s->n_closing++;
    return true;
}

/* Open another session for the last one to go; false if there cannot be. */
static bool replace_last(struct sessions *s, bool read_write)
{
    struct session *other = NULL;
    bool room = false;

    (void)pthread_mutex_lock(&s->lock);
    room = s->n_open < s->limit;
    if (room)
        count_in_locked(s);
    (void)pthread_mutex_unlock(&s->lock);
    if (!room || open_counted(s, read_write, &other) != CKR_OK)
        return false;
    (void)pthread_mutex_lock(&s->lock);
    s->n_closing++;
    (void)pthread_mutex_unlock(&s->lock);
    sessions_return(s, other);
    return true;
}

void sessions_drop(struct sessions *s, struct session *session)
{
    bool closes = false;

    (void)pthread_mutex_lock(&s->lock);
    closes = begin_drop_locked(s);
    (void)pthread_mutex_unlock(&s->lock);
    if (!closes && !replace_last(s, session->read_write)) {
        sessions_return(s, session);
        return;
    }
    (void)call_close_session(s->module, session->handle);
    free(session);
    (void)pthread_mutex_lock(&s->lock);
    s->n_closing--;
    count_out_locked(s);
    settle_locked(s);
    (void)pthread_mutex_unlock(&s->lock);
}

void sessions_forget(struct sessions *s, struct session *session)
{
    struct session **at = &s->idle;

    (void)pthread_mutex_lock(&s->lock);
    if (session->epoch == s->epoch) {
        while (*at != NULL) {
            struct session *idle = *at;

            if (idle->epoch != session->epoch) {
                at = &idle->next;
                continue;
            }
            *at = idle->next;
            free(idle);
            s->n_open--;
        }
        s->epoch++;
    }
    free(session);
    s->n_open--;
    (void)pthread_cond_broadcast(&s->returned);
    settle_locked(s);
    (void)pthread_mutex_unlock(&s->lock);
}
