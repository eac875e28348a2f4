/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The keyring: the current snapshot of all tokens and keys, made anew when
 * there is a reason. */
#include "keyring/keyring.h"

#include <pthread.h>
#include <time.h>

#include "base/log.h"
#include "base/str.h"
#include "token/slots.h"

/* An unknown key is no reason to read the tokens more often than this. */
#define UNKNOWN_KEY_SECONDS 2

struct keyring {
    const struct config *config;
    struct slots *slots;  /* only whoever set "looking" touches it */
    pthread_mutex_t lock; /* never held while a token is asked */
    pthread_cond_t looked;
    bool looking;
    bool stale; /* a token went: look at the slots before the next use */
    struct snapshot *current;
    char *preferred;
    time_t last_unknown;
};

gpg_error_t keyring_new(const struct config *config, struct keyring **ret)
{
    AUTO_FREE struct keyring *keyring = calloc(1, sizeof *keyring);
    gpg_error_t err = 0;

    if (keyring == NULL)
        return gpg_error_from_syserror();
    keyring->config = config;
    err = slots_new(config, &keyring->slots);
    if (err != 0)
        return err;
    (void)pthread_mutex_init(&keyring->lock, NULL);
    (void)pthread_cond_init(&keyring->looked, NULL);
    *ret = TAKE(keyring);
    return 0;
}

void keyring_free(struct keyring *keyring)
{
    if (keyring == NULL)
        return;
    snapshot_unref(keyring->current);
    slots_free(keyring->slots);
    (void)pthread_cond_destroy(&keyring->looked);
    (void)pthread_mutex_destroy(&keyring->lock);
    free(keyring->preferred);
    free(keyring);
}

/* The card of OLD for TOKEN if its objects need not be read again. */
static struct card *reusable(const struct snapshot *old, struct token *token,
                             enum keyring_look look)
{
    if (old == NULL || look == KEYRING_OBJECTS)
        return NULL;
    for (size_t i = 0; i < old->n_cards; i++)
        if (old->cards[i]->token == token &&
            old->cards[i]->login_count == token_login_count(token))
            return card_ref(old->cards[i]);
    return NULL;
}

/* Walk the slots and make a snapshot; only one caller at a time. */
static gpg_error_t make_snapshot(struct keyring *keyring,
                                 const struct snapshot *old,
                                 enum keyring_look look, struct snapshot **ret)
{
    struct token *const *tokens = NULL;
    struct card **cards = NULL;
    size_t n_tokens = 0;
    size_t n = 0;
    bool changed = false;
    gpg_error_t err = slots_update(keyring->slots, &changed);

    if (err != 0)
        return err;
    tokens = slots_tokens(keyring->slots, &n_tokens);
    cards = calloc(n_tokens + 1, sizeof(struct card *));
    if (cards == NULL)
        return gpg_error_from_syserror();
    while (n < n_tokens && err == 0) {
        cards[n] = reusable(old, tokens[n], look);
        if (cards[n] == NULL)
            err = card_scan(tokens[n], keyring->config, look == KEYRING_OBJECTS,
                            &cards[n]);
        n += err == 0;
    }
    if (err == 0)
        return snapshot_new(cards, n, ret);
    for (size_t i = 0; i < n; i++)
        card_unref(cards[i]);
    free(cards);
    return err;
}

/* Look as hard as LOOK says and swap the snapshot.  The lock is held at the
 * beginning and the end, not while the tokens are asked. */
static gpg_error_t look_locked(struct keyring *keyring, enum keyring_look look)
{
    struct snapshot *old = keyring->current;
    struct snapshot *new = NULL;
    gpg_error_t err = 0;

    keyring->looking = true;
    keyring->stale = false;
    (void)pthread_mutex_unlock(&keyring->lock);
    err = make_snapshot(keyring, old, look, &new);
    (void)pthread_mutex_lock(&keyring->lock);
    keyring->looking = false;
    if (err == 0) {
        keyring->current = new;
        snapshot_unref(old);
    }
    (void)pthread_cond_broadcast(&keyring->looked);
    return err;
}

/* Wait until nobody looks.  True if somebody was: what they saw is new enough
 * for us only if they began after we wanted to know. */
static void wait_locked(struct keyring *keyring)
{
    while (keyring->looking)
        (void)pthread_cond_wait(&keyring->looked, &keyring->lock);
}

gpg_error_t keyring_get(struct keyring *keyring, enum keyring_look look,
                        struct snapshot **ret)
{
    gpg_error_t err = 0;

    (void)pthread_mutex_lock(&keyring->lock);
    if (keyring->current == NULL || keyring->stale || look != KEYRING_KNOWN)
        wait_locked(keyring);
    if (keyring->current == NULL || look == KEYRING_OBJECTS)
        err = look_locked(keyring, KEYRING_OBJECTS);
    else if (keyring->stale || look == KEYRING_SLOTS)
        err = look_locked(keyring, KEYRING_SLOTS);
    if (err == 0)
        *ret = snapshot_ref(keyring->current);
    (void)pthread_mutex_unlock(&keyring->lock);
    return err;
}

gpg_error_t keyring_look_for_unknown(struct keyring *keyring, bool *ret_again)
{
    struct timespec now = {0};
    gpg_error_t err = 0;
    bool again = false;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    (void)pthread_mutex_lock(&keyring->lock);
    wait_locked(keyring);
    again = keyring->last_unknown == 0 ||
            now.tv_sec - keyring->last_unknown >= UNKNOWN_KEY_SECONDS;
    if (again) {
        keyring->last_unknown = now.tv_sec;
        err = look_locked(keyring, KEYRING_OBJECTS);
    }
    (void)pthread_mutex_unlock(&keyring->lock);
    *ret_again = again && err == 0;
    return err;
}

static bool was_read_before_login(const struct snapshot *snapshot,
                                  struct token *token)
{
    for (size_t i = 0; snapshot != NULL && i < snapshot->n_cards; i++)
        if (snapshot->cards[i]->token == token)
            return snapshot->cards[i]->login_count != token_login_count(token);
    return false;
}

void keyring_after_operation(struct keyring *keyring, struct token *token,
                             gpg_error_t err)
{
    (void)pthread_mutex_lock(&keyring->lock);
    if (gpg_err_code(err) == GPG_ERR_CARD_REMOVED)
        keyring->stale = true;
    wait_locked(keyring);
    if (was_read_before_login(keyring->current, token) &&
        look_locked(keyring, KEYRING_SLOTS) != 0)
        log_verbose("the objects could not be read again after the login");
    (void)pthread_mutex_unlock(&keyring->lock);
}

char *keyring_preferred(struct keyring *keyring)
{
    char *serial = NULL;

    (void)pthread_mutex_lock(&keyring->lock);
    if (keyring->preferred != NULL &&
        str_copy(keyring->preferred, &serial) != 0)
        serial = NULL;
    (void)pthread_mutex_unlock(&keyring->lock);
    return serial;
}

gpg_error_t keyring_prefer(struct keyring *keyring, const char *serial)
{
    char *copy = NULL;
    gpg_error_t err = str_copy(serial, &copy);

    if (err != 0)
        return err;
    (void)pthread_mutex_lock(&keyring->lock);
    free(keyring->preferred);
    keyring->preferred = copy;
    (void)pthread_mutex_unlock(&keyring->lock);
    return 0;
}
