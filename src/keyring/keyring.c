/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The keyring: the current snapshot of all tokens and keys, made anew when
 * there is a reason. */
#include "keyring/keyring.h"

#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "base/heap.h"
#include "base/log.h"
#include "base/str.h"
#include "keyring/twins.h"
#include "keyring/unknown.h"
#include "token/slots.h"

struct keyring {
    const struct config *config;
    struct slots *slots;  /* only whoever set "looking" touches it */
    pthread_mutex_t lock; /* never held while a token is asked */
    pthread_cond_t looked;
    bool looking;
    bool stale; /* a token went: look at the slots before the next use */
    struct snapshot *current;
    unsigned long n_begun; /* looks, the first is 1 */
    /* The last whole one that was at least so hard. */
    unsigned long n_seen[KEYRING_OBJECTS + 1];
    char *preferred;
    struct unknown_row unknown;
    struct keyring_changes changes;
    keyring_changed_fn changed;
    void *context;
    bool retired; /* tokens are logged out as soon as nobody uses them */
};

gpg_error_t keyring_new(const struct config *config,
                        const struct keyring_setting *setting,
                        struct keyring **ret)
{
    AUTO_FREE struct keyring *keyring = calloc(1, sizeof *keyring);
    gpg_error_t err = 0;

    if (keyring == NULL)
        return gpg_error_from_syserror();
    keyring->config = config;
    keyring->changed = setting->changed;
    keyring->context = setting->context;
    err = slots_new(config, setting->libraries, &setting->watcher,
                    &keyring->slots);
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

static struct card *card_of(const struct snapshot *snapshot,
                            const struct token *token)
{
    for (size_t i = 0; snapshot != NULL && i < snapshot->n_cards; i++)
        if (snapshot->cards[i]->token == token)
            return snapshot->cards[i];
    return NULL;
}

/* The card of TOKEN: that of OLD if its objects need not be read again, or
 * cannot be just now. */
static gpg_error_t make_card(const struct keyring *keyring,
                             const struct snapshot *old, struct token *token,
                             enum keyring_look look, struct card **ret)
{
    struct card *known = card_of(old, token);
    struct card *card = NULL;
    gpg_error_t err = 0;

    if (known != NULL && look != KEYRING_OBJECTS && !known->is_unread &&
        known->login_count == token_login_count(token)) {
        *ret = card_ref(known);
        return 0;
    }
    err = card_scan(token, keyring->config, look == KEYRING_OBJECTS, &card);
    if (err != 0)
        return err;
    if (card->is_unread && known != NULL) {
        card_unref(card);
        card = card_ref(known);
    }
    *ret = card;
    return 0;
}

/* Would a snapshot of these cards be the one before once more?  Most looks
 * find nothing new. */
static bool is_unchanged(const struct snapshot *old, struct card *const *cards,
                         size_t n, size_t n_left_out)
{
    return old != NULL && old->n_cards == n && old->n_left_out == n_left_out &&
           (n == 0 || memcmp(old->cards, cards, n * sizeof *cards) == 0);
}

/* Walk the slots, but for KEYRING_KNOWN, and make a snapshot; only one caller
 * at a time. */
static gpg_error_t make_snapshot(struct keyring *keyring,
                                 const struct snapshot *old,
                                 enum keyring_look look, struct snapshot **ret)
{
    struct token *const *tokens = NULL;
    struct card **cards = NULL;
    size_t n_tokens = 0;
    size_t n_left_out = 0;
    size_t n = 0;
    bool changed = false;
    gpg_error_t err = 0;

    if (look != KEYRING_KNOWN)
        err = slots_update(keyring->slots, look >= KEYRING_SLOTS, &changed);
    if (err != 0)
        return err;
    tokens = slots_tokens(keyring->slots, &n_tokens);
    if (old == NULL || changed)
        twins_note(tokens, n_tokens);
    cards = calloc(n_tokens + 1, sizeof(struct card *));
    if (cards == NULL)
        return gpg_error_from_syserror();
    while (n < n_tokens && err == 0) {
        err = make_card(keyring, old, tokens[n], look, &cards[n]);
        n += err == 0;
    }
    n_left_out = slots_left_out(keyring->slots);
    if (err == 0 && !is_unchanged(old, cards, n, n_left_out))
        err = twins_name(cards, n, keyring->config);
    if (err == 0 && !is_unchanged(old, cards, n, n_left_out)) {
        err = snapshot_new(cards, n, ret);
        if (err != 0)
            return err;
        (*ret)->n_left_out = n_left_out;
        /* Without memory for it an absent key is an unknown one. */
        if (old != NULL)
            (void)!snapshot_note_gone(*ret, old);
        return 0;
    }
    if (err == 0)
        *ret = snapshot_ref(keyring->current);
    for (size_t i = 0; i < n; i++)
        card_unref(cards[i]);
    free(cards);
    return err;
}

/* Count the tokens that are in one of the snapshots only; false if there are
 * none. */
static bool count_changes(struct keyring_changes *changes,
                          const struct snapshot *old,
                          const struct snapshot *new)
{
    const struct keyring_changes before = *changes;

    if (old == NULL)
        return false;
    for (size_t i = 0; i < new->n_cards; i++)
        changes->came += card_of(old, new->cards[i]->token) == NULL;
    for (size_t i = 0; i < old->n_cards; i++)
        changes->went += card_of(new, old->cards[i]->token) == NULL;
    return changes->came != before.came || changes->went != before.went;
}

static void retire_tokens(const struct snapshot *snapshot)
{
    for (size_t i = 0; i < snapshot->n_cards; i++)
        token_retire(snapshot->cards[i]->token);
}

/* Look as hard as LOOK says and swap the snapshot.  The lock is held at the
 * beginning and the end, not while the tokens are asked. */
static gpg_error_t look_locked(struct keyring *keyring, enum keyring_look look)
{
    struct snapshot *old = keyring->current;
    struct snapshot *new = NULL;
    const unsigned long number = ++keyring->n_begun;
    gpg_error_t err = 0;

    keyring->looking = true;
    if (look != KEYRING_KNOWN)
        keyring->stale = false;
    (void)pthread_mutex_unlock(&keyring->lock);
    err = make_snapshot(keyring, old, look, &new);
    (void)pthread_mutex_lock(&keyring->lock);
    if (err == 0) {
        const bool changed = count_changes(&keyring->changes, old, new);
        const bool retired = keyring->retired;

        keyring->current = new;
        for (int i = 0; i <= (int)look; i++)
            keyring->n_seen[i] = number;
        /* The last reference to a token that went closes its sessions. */
        (void)pthread_mutex_unlock(&keyring->lock);
        if (changed)
            keyring->changed(keyring->context);
        if (retired)
            retire_tokens(new);
        snapshot_unref(old);
        if (new != old)
            heap_trim();
        (void)pthread_mutex_lock(&keyring->lock);
    }
    keyring->looking = false;
    (void)pthread_cond_broadcast(&keyring->looked);
    return err;
}

static void wait_locked(struct keyring *keyring)
{
    while (keyring->looking)
        (void)pthread_cond_wait(&keyring->looked, &keyring->lock);
}

/* See that a look that begins from now on is made: by us, or by somebody else
 * while we wait for one that began before. */
static gpg_error_t look_or_share_locked(struct keyring *keyring,
                                        enum keyring_look look)
{
    const unsigned long wanted = keyring->n_begun + 1;

    wait_locked(keyring);
    if (keyring->n_seen[look] < wanted)
        return look_locked(keyring, look);
    return 0;
}

void keyring_look_for_changes(struct keyring *keyring)
{
    gpg_error_t err = 0;

    (void)pthread_mutex_lock(&keyring->lock);
    if (keyring->current == NULL)
        wait_locked(keyring);
    /* Without a first look, nobody could miss anything. */
    if (keyring->current != NULL)
        err = look_or_share_locked(keyring, KEYRING_SLOTS);
    (void)pthread_mutex_unlock(&keyring->lock);
    if (err != 0)
        log_error("the tokens could not be looked at: %s", gpg_strerror(err));
}

bool keyring_has_looked(struct keyring *keyring)
{
    bool looked = false;

    (void)pthread_mutex_lock(&keyring->lock);
    looked = keyring->current != NULL || keyring->looking;
    (void)pthread_mutex_unlock(&keyring->lock);
    return looked;
}

void keyring_retire(struct keyring *keyring)
{
    AUTO_SNAPSHOT *snapshot = NULL;

    (void)pthread_mutex_lock(&keyring->lock);
    keyring->retired = true;
    if (keyring->current != NULL)
        snapshot = snapshot_ref(keyring->current);
    (void)pthread_mutex_unlock(&keyring->lock);
    if (snapshot != NULL)
        retire_tokens(snapshot);
}

struct keyring_changes keyring_changes(struct keyring *keyring)
{
    struct keyring_changes changes = {0};

    (void)pthread_mutex_lock(&keyring->lock);
    changes = keyring->changes;
    (void)pthread_mutex_unlock(&keyring->lock);
    return changes;
}

gpg_error_t keyring_get(struct keyring *keyring, enum keyring_look look,
                        struct snapshot **ret)
{
    gpg_error_t err = 0;

    (void)pthread_mutex_lock(&keyring->lock);
    if (keyring->current == NULL)
        wait_locked(keyring);
    if (keyring->current == NULL) {
        err = look_locked(keyring, KEYRING_OBJECTS);
    } else if (look != KEYRING_KNOWN || keyring->stale) {
        if (look < KEYRING_SLOTS)
            look = keyring->stale || keyring->current->n_cards == 0
                       ? KEYRING_SLOTS
                       : KEYRING_TOKENS;
        err = look_or_share_locked(keyring, look);
    }
    if (err == 0 && look == KEYRING_TOKENS && keyring->current->n_cards == 0)
        err = look_or_share_locked(keyring, KEYRING_SLOTS);
    if (err == 0)
        *ret = snapshot_ref(keyring->current);
    (void)pthread_mutex_unlock(&keyring->lock);
    return err;
}

static bool has_unread(const struct snapshot *snapshot)
{
    for (size_t i = 0; i < snapshot->n_cards; i++)
        if (snapshot->cards[i]->is_unread)
            return true;
    return false;
}

gpg_error_t keyring_look_for_unknown(struct keyring *keyring, bool *ret_again)
{
    const int64_t now = clock_ms();
    gpg_error_t err = 0;

    (void)pthread_mutex_lock(&keyring->lock);
    if (unknown_is_reason(&keyring->unknown, now)) {
        err = look_or_share_locked(keyring, KEYRING_OBJECTS);
        unknown_looked(&keyring->unknown, clock_ms());
    } else if (has_unread(keyring->current) &&
               unknown_is_reason_to_retry(&keyring->unknown)) {
        err = look_or_share_locked(keyring, KEYRING_KNOWN);
        unknown_retried(&keyring->unknown, clock_ms());
    } else {
        /* Another client's look for the same reason may be under way. */
        wait_locked(keyring);
    }
    (void)pthread_mutex_unlock(&keyring->lock);
    *ret_again = err == 0;
    return err;
}

static bool was_read_before_login(const struct snapshot *snapshot,
                                  struct token *token)
{
    const struct card *card = card_of(snapshot, token);

    return card != NULL && card->login_count != token_login_count(token);
}

void keyring_after_operation(struct keyring *keyring, struct token *token,
                             gpg_error_t err)
{
    (void)pthread_mutex_lock(&keyring->lock);
    if (gpg_err_code(err) == GPG_ERR_CARD_REMOVED)
        keyring->stale = true;
    if (was_read_before_login(keyring->current, token)) {
        wait_locked(keyring);
        if (was_read_before_login(keyring->current, token) &&
            look_locked(keyring, KEYRING_KNOWN) != 0)
            log_verbose("the objects could not be read after the login");
    }
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
