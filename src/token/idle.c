/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What a token does not need any more: its login after a while (pin-cache),
 * its sessions after a while (session-timeout), or those it has to spare. */
#include "base/clock.h"
#include "base/log.h"
#include "token/token_private.h"

/* Without "session-timeout": so long sessions that are not needed to keep the
 * login are kept for the next operation. */
#define SPARE_MS 60000

/* Commands that began with another configuration are waited for in steps. */
#define AGAIN_MS 1000

gpg_error_t idle_init(struct idle *idle, struct library *library,
                      CK_SLOT_ID slot)
{
    *idle = (struct idle){.login_ms = -1, .sessions_ms = -1};
    return slot_use_get(library, slot, &idle->use);
}

static int64_t run_chore(void *context)
{
    return token_rest(context);
}

void token_set_idle_limits(struct token *token, int login_s, int sessions_s,
                           struct housekeeping *housekeeping)
{
    struct idle *idle = &token->idle;

    idle->login_ms = login_s < 0 ? -1 : (int64_t)login_s * 1000;
    idle->sessions_ms = sessions_s < 0 ? -1 : (int64_t)sessions_s * 1000;
    idle->housekeeping = housekeeping;
    idle->chore.run = run_chore;
    idle->chore.context = token;
}

void idle_done(struct idle *idle, struct library *library)
{
    if (idle->housekeeping != NULL)
        housekeeping_cancel(idle->housekeeping, &idle->chore);
    slot_use_put(library, idle->use);
}

static bool is_over(int64_t limit, int64_t since, int64_t now)
{
    return limit >= 0 && now - since >= limit;
}

static bool is_logged_in(struct token *token)
{
    return login_get_state(&token->login) == LOGIN_IN;
}

static void close_spare(struct token *token, size_t keep, int64_t now)
{
    if (!sessions_has_spare(&token->sessions, keep))
        return;
    if (keep == 0)
        token_forget_keys(token);
    if (sessions_close_spare(&token->sessions, keep)) {
        log_verbose("token '%s': idle: %s closed", token->printable_label,
                    keep == 0 ? "all sessions" : "spare sessions");
        return;
    }
    log_warning("token '%s': a session does not close", token->printable_label);
    /* Later, and not at once again. */
    (void)pthread_mutex_lock(&token->idle.use->lock);
    token->idle.touched = now + SPARE_MS;
    (void)pthread_mutex_unlock(&token->idle.use->lock);
}

static void log_out(struct token *token)
{
    token_forget_keys(token);
    sessions_log_out(&token->sessions);
    login_set_state(&token->login, LOGIN_OUT);
    log_verbose("token '%s': logged out", token->printable_label);
}

/* Is it for TOKEN to log out, as another configuration is to begin without a
 * login?  It takes a session to do that. */
static bool take_log_out(struct token *token)
{
    struct slot_use *use = token->idle.use;
    const bool can = sessions_has_spare(&token->sessions, 0);
    bool must = false;

    (void)pthread_mutex_lock(&use->lock);
    must = can && use->must_log_out;
    if (must)
        use->must_log_out = false;
    (void)pthread_mutex_unlock(&use->lock);
    return must;
}

static bool take_close(struct idle *idle)
{
    bool must = false;

    (void)pthread_mutex_lock(&idle->use->lock);
    must = idle->must_close;
    idle->must_close = false;
    (void)pthread_mutex_unlock(&idle->use->lock);
    return must;
}

/* Give up what is due; by the one who set "resting". */
static void rest(struct token *token, int64_t now)
{
    struct idle *idle = &token->idle;

    if (atomic_load(&token->removed))
        return;
    if (take_log_out(token) ||
        (is_over(idle->login_ms, idle->used, now) && is_logged_in(token)))
        log_out(token);
    if (take_close(idle) || is_over(idle->sessions_ms, idle->touched, now))
        close_spare(token, 0, now);
    else if (idle->sessions_ms < 0 && is_over(SPARE_MS, idle->touched, now))
        close_spare(token, is_logged_in(token) ? 1 : 0, now);
}

static void end_rest(struct idle *idle, unsigned n_users)
{
    (void)pthread_mutex_lock(&idle->use->lock);
    idle->use->resting = false;
    idle->use->n_users += n_users;
    (void)pthread_cond_broadcast(&idle->use->rested);
    (void)pthread_mutex_unlock(&idle->use->lock);
}

/* When something will be due if nobody uses the token; CLOCK_NEVER: it has
 * nothing that could be. */
static int64_t next_rest(struct token *token)
{
    struct idle *idle = &token->idle;
    const bool logged_in = is_logged_in(token);
    int64_t login_end = CLOCK_NEVER;
    int64_t sessions_end = CLOCK_NEVER;
    size_t keep = 0;

    (void)pthread_mutex_lock(&idle->use->lock);
    if (logged_in && idle->login_ms >= 0)
        login_end = idle->used + idle->login_ms;
    if (idle->sessions_ms >= 0)
        sessions_end = idle->touched + idle->sessions_ms;
    else
        sessions_end = idle->touched + SPARE_MS;
    if (idle->must_close)
        sessions_end = clock_ms() + AGAIN_MS;
    keep = logged_in && idle->sessions_ms < 0 && !idle->must_close ? 1 : 0;
    (void)pthread_mutex_unlock(&idle->use->lock);
    if (!sessions_has_spare(&token->sessions, keep))
        sessions_end = CLOCK_NEVER;
    return login_end < sessions_end ? login_end : sessions_end;
}

int64_t token_rest(struct token *token)
{
    struct idle *idle = &token->idle;
    struct slot_use *use = idle->use;
    bool busy = false;
    bool by_others = false;

    (void)pthread_mutex_lock(&use->lock);
    busy = use->n_users > 0 || use->resting;
    by_others = busy && idle->n_users == 0;
    if (!busy)
        use->resting = true;
    (void)pthread_mutex_unlock(&use->lock);
    /* Whoever uses it last says when to come again; commands of another
     * configuration do not. */
    if (busy)
        return by_others ? clock_ms() + AGAIN_MS : CLOCK_NEVER;
    if (atomic_load(&token->removed)) {
        end_rest(idle, 0);
        return CLOCK_NEVER;
    }
    rest(token, clock_ms());
    end_rest(idle, 0);
    return next_rest(token);
}

static void wait_rested_locked(struct slot_use *use)
{
    while (use->resting)
        (void)pthread_cond_wait(&use->rested, &use->lock);
}

void token_begin_use(struct token *token)
{
    struct idle *idle = &token->idle;
    struct slot_use *use = idle->use;
    const int64_t now = clock_ms();
    bool rests = false;

    (void)pthread_mutex_lock(&use->lock);
    wait_rested_locked(use);
    rests =
        use->n_users == 0 && (is_over(idle->login_ms, idle->used, now) ||
                              is_over(idle->sessions_ms, idle->touched, now));
    if (rests)
        use->resting = true;
    else
        use->n_users++;
    idle->n_users++;
    (void)pthread_mutex_unlock(&use->lock);
    if (!rests)
        return;
    rest(token, now);
    end_rest(idle, 1);
}

static void leave(struct token *token, bool is_use)
{
    struct idle *idle = &token->idle;
    struct slot_use *use = idle->use;
    const int64_t now = clock_ms();
    const bool logged_in = is_logged_in(token);
    bool last_of_own = false;
    bool last = false;

    (void)pthread_mutex_lock(&use->lock);
    last_of_own = --idle->n_users == 0;
    last = --use->n_users == 0;
    if (is_use)
        idle->used = now;
    idle->touched = now;
    if (idle->retired)
        idle->must_close = true;
    if (idle->retired && logged_in)
        use->must_log_out = true;
    if (last)
        use->resting = true;
    (void)pthread_mutex_unlock(&use->lock);
    if (last)
        rest(token, now);
    /* Before somebody else can use it, and say so too. */
    if (last_of_own && idle->housekeeping != NULL)
        housekeeping_set(idle->housekeeping, &idle->chore, next_rest(token));
    if (last)
        end_rest(idle, 0);
}

bool token_leave_log_out(struct token *token)
{
    struct slot_use *use = token->idle.use;
    bool left = false;

    (void)pthread_mutex_lock(&use->lock);
    left = use->n_users > token->idle.n_users;
    if (left)
        use->must_log_out = true;
    (void)pthread_mutex_unlock(&use->lock);
    return left;
}

/* Now, or as soon as nobody is at it. */
static void rest_soon(struct token *token)
{
    struct idle *idle = &token->idle;
    int64_t again = CLOCK_NEVER;

    (void)pthread_mutex_lock(&idle->use->lock);
    /* Who is at it may not have seen what is to be done. */
    wait_rested_locked(idle->use);
    (void)pthread_mutex_unlock(&idle->use->lock);
    again = token_rest(token);
    if (idle->housekeeping != NULL && again != CLOCK_NEVER)
        housekeeping_set(idle->housekeeping, &idle->chore, again);
}

/* The other configuration needs the sessions too, if the token has few; this
 * one may go on for long with another token, or with a client that does not
 * read.
 */
void token_retire(struct token *token)
{
    struct idle *idle = &token->idle;
    const bool logged_in = is_logged_in(token);

    (void)pthread_mutex_lock(&idle->use->lock);
    idle->retired = true;
    idle->must_close = true;
    if (logged_in)
        idle->use->must_log_out = true;
    (void)pthread_mutex_unlock(&idle->use->lock);
    rest_soon(token);
}

/* Not under a command: the login that it just made goes with the last session,
 * if that happens to be lent to nobody. */
void token_disconnect(struct token *token)
{
    struct idle *idle = &token->idle;

    (void)pthread_mutex_lock(&idle->use->lock);
    idle->must_close = true;
    (void)pthread_mutex_unlock(&idle->use->lock);
    rest_soon(token);
}

void token_end_use(struct token *token)
{
    leave(token, true);
}

void token_end_look(struct token *token)
{
    leave(token, false);
}
