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

void idle_init(struct idle *idle)
{
    *idle = (struct idle){.login_ms = -1, .sessions_ms = -1};
    (void)pthread_mutex_init(&idle->lock, NULL);
    (void)pthread_cond_init(&idle->rested, NULL);
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

void idle_done(struct idle *idle)
{
    if (idle->housekeeping != NULL)
        housekeeping_cancel(idle->housekeeping, &idle->chore);
    (void)pthread_cond_destroy(&idle->rested);
    (void)pthread_mutex_destroy(&idle->lock);
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
    (void)pthread_mutex_lock(&token->idle.lock);
    token->idle.touched = now + SPARE_MS;
    (void)pthread_mutex_unlock(&token->idle.lock);
}

static void log_out(struct token *token)
{
    token_forget_keys(token);
    sessions_log_out(&token->sessions);
    login_set_state(&token->login, LOGIN_OUT);
    log_verbose("token '%s': logged out", token->printable_label);
}

/* Give up what is due; by the one who set "resting". */
static void rest(struct token *token, int64_t now)
{
    const struct idle *idle = &token->idle;

    if (atomic_load(&token->removed))
        return;
    if (is_over(idle->login_ms, idle->used, now) && is_logged_in(token))
        log_out(token);
    if (idle->sessions_ms < 0 && is_over(SPARE_MS, idle->touched, now))
        close_spare(token, is_logged_in(token) ? 1 : 0, now);
    else if (is_over(idle->sessions_ms, idle->touched, now))
        close_spare(token, 0, now);
}

static void end_rest(struct idle *idle, unsigned n_users)
{
    (void)pthread_mutex_lock(&idle->lock);
    idle->resting = false;
    idle->n_users += n_users;
    (void)pthread_cond_broadcast(&idle->rested);
    (void)pthread_mutex_unlock(&idle->lock);
}

/* When something will be due if nobody uses the token; CLOCK_NEVER: it has
 * nothing that could be. */
static int64_t next_rest(struct token *token)
{
    struct idle *idle = &token->idle;
    const bool logged_in = is_logged_in(token);
    int64_t login_end = CLOCK_NEVER;
    int64_t sessions_end = CLOCK_NEVER;

    (void)pthread_mutex_lock(&idle->lock);
    if (logged_in && idle->login_ms >= 0)
        login_end = idle->used + idle->login_ms;
    if (idle->sessions_ms >= 0)
        sessions_end = idle->touched + idle->sessions_ms;
    else
        sessions_end = idle->touched + SPARE_MS;
    (void)pthread_mutex_unlock(&idle->lock);
    if (!sessions_has_spare(&token->sessions,
                            logged_in && idle->sessions_ms < 0 ? 1 : 0))
        sessions_end = CLOCK_NEVER;
    return login_end < sessions_end ? login_end : sessions_end;
}

int64_t token_rest(struct token *token)
{
    struct idle *idle = &token->idle;
    bool busy = false;

    (void)pthread_mutex_lock(&idle->lock);
    busy = idle->n_users > 0 || idle->resting;
    if (!busy)
        idle->resting = true;
    (void)pthread_mutex_unlock(&idle->lock);
    /* Whoever uses it last says when to come again. */
    if (busy || atomic_load(&token->removed)) {
        if (!busy)
            end_rest(idle, 0);
        return CLOCK_NEVER;
    }
    rest(token, clock_ms());
    end_rest(idle, 0);
    return next_rest(token);
}

void token_begin_use(struct token *token)
{
    struct idle *idle = &token->idle;
    const int64_t now = clock_ms();
    bool rests = false;

    (void)pthread_mutex_lock(&idle->lock);
    while (idle->resting)
        (void)pthread_cond_wait(&idle->rested, &idle->lock);
    rests =
        idle->n_users == 0 && (is_over(idle->login_ms, idle->used, now) ||
                               is_over(idle->sessions_ms, idle->touched, now));
    if (rests)
        idle->resting = true;
    else
        idle->n_users++;
    (void)pthread_mutex_unlock(&idle->lock);
    if (!rests)
        return;
    rest(token, now);
    end_rest(idle, 1);
}

static void leave(struct token *token, bool is_use)
{
    struct idle *idle = &token->idle;
    const int64_t now = clock_ms();
    bool last = false;

    (void)pthread_mutex_lock(&idle->lock);
    last = --idle->n_users == 0;
    if (is_use)
        idle->used = now;
    idle->touched = now;
    if (last)
        idle->resting = true;
    (void)pthread_mutex_unlock(&idle->lock);
    if (!last)
        return;
    rest(token, now);
    /* Before somebody else can use it, and say so too. */
    if (idle->housekeeping != NULL)
        housekeeping_set(idle->housekeeping, &idle->chore, next_rest(token));
    end_rest(idle, 0);
}

/* As if there were "pin-cache 0". */
void token_retire(struct token *token)
{
    struct idle *idle = &token->idle;

    (void)pthread_mutex_lock(&idle->lock);
    atomic_store(&idle->login_ms, 0);
    /* Who is at it may not have seen that. */
    while (idle->resting)
        (void)pthread_cond_wait(&idle->rested, &idle->lock);
    (void)pthread_mutex_unlock(&idle->lock);
    (void)token_rest(token);
}

void token_end_use(struct token *token)
{
    leave(token, true);
}

void token_end_look(struct token *token)
{
    leave(token, false);
}
