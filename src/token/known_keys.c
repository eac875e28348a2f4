/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Private keys of a token: searched for once, remembered by their name. */
#include <string.h>

#include "base/log.h"
#include "pkcs11/find.h"
#include "pkcs11/search.h"
#include "token/token_private.h"

/* A keygrip is a hash already: its first bytes are as good as any. */
static size_t home(const struct token *token, const uint8_t name[20])
{
    uint32_t hash = 0;

    memcpy(&hash, name, sizeof hash);
    return hash & (token->known_size - 1);
}

static struct known_key *slot_locked(struct token *token,
                                     const uint8_t name[20])
{
    size_t i = home(token, name);

    while (token->known[i].used && memcmp(token->known[i].name, name, 20) != 0)
        i = (i + 1) & (token->known_size - 1);
    return &token->known[i];
}

static void grow_locked(struct token *token)
{
    struct known_key *old = token->known;
    size_t old_size = token->known_size;
    size_t size = old_size != 0 ? 2 * old_size : 16;
    struct known_key *known = calloc(size, sizeof *known);

    if (known == NULL)
        return;
    token->known = known;
    token->known_size = size;
    for (size_t i = 0; i < old_size; i++)
        if (old[i].used)
            *slot_locked(token, old[i].name) = old[i];
    free(old);
}

bool token_recall_key(struct token *token, const struct key_locator *key,
                      struct known_key *ret)
{
    bool found = false;

    (void)pthread_mutex_lock(&token->lock);
    if (token->known_size != 0) {
        const struct known_key *known = slot_locked(token, key->name);

        found = known->used && !known->forgotten;
        if (found)
            *ret = *known;
    }
    (void)pthread_mutex_unlock(&token->lock);
    return found;
}

/* Out of memory only means searching again next time. */
static void remember(struct token *token, const struct known_key *key)
{
    (void)pthread_mutex_lock(&token->lock);
    if (2 * (token->n_known + 1) > token->known_size)
        grow_locked(token);
    if (2 * (token->n_known + 1) <= token->known_size) {
        struct known_key *at = slot_locked(token, key->name);

        if (!at->used)
            token->n_known++;
        *at = *key;
    }
    (void)pthread_mutex_unlock(&token->lock);
}

void token_forget_keys(struct token *token)
{
    (void)pthread_mutex_lock(&token->lock);
    free(token->known);
    token->known = NULL;
    token->known_size = 0;
    token->n_known = 0;
    (void)pthread_mutex_unlock(&token->lock);
}

void token_forget_key(struct token *token, const struct key_locator *key)
{
    (void)pthread_mutex_lock(&token->lock);
    if (token->known_size != 0) {
        struct known_key *known = slot_locked(token, key->name);

        known->forgotten = known->used;
    }
    (void)pthread_mutex_unlock(&token->lock);
}

/* A mechanism may be there for one action and not for another. */
static unsigned lack_bit(const struct token_request *request)
{
    return 1U << (8 * request->action + request->mech);
}

void token_note_lack(struct token *token, const struct known_key *key,
                     const struct token_request *request, bool lacks)
{
    (void)pthread_mutex_lock(&token->lock);
    if (token->known_size != 0) {
        struct known_key *known = slot_locked(token, key->name);

        if (known->used && lacks)
            known->lacks |= lack_bit(request);
        else
            known->lacks &= ~lack_bit(request);
    }
    (void)pthread_mutex_unlock(&token->lock);
}

bool known_key_lacks(const struct known_key *key,
                     const struct token_request *request)
{
    return (key->lacks & lack_bit(request)) != 0;
}

static unsigned ways_for(enum token_action action)
{
    return action == TOKEN_SIGN ? WAY_SIGN | WAY_SIGN_RECOVER
                                : WAY_DECRYPT | WAY_UNWRAP;
}

enum key_way known_key_way(const struct known_key *key,
                           const struct token_request *request)
{
    const bool is_rsa =
        request->mech == MECH_RSA_PKCS || request->mech == MECH_RSA_X_509;

    if (request->action == TOKEN_SIGN)
        return is_rsa && (key->ways & WAY_SIGN) == 0 ? WAY_SIGN_RECOVER
                                                     : WAY_SIGN;
    return is_rsa && (key->ways & WAY_DECRYPT) == 0 ? WAY_UNWRAP : WAY_DECRYPT;
}

bool token_drop_way(struct token *token, struct known_key *key,
                    const struct token_request *request)
{
    const enum key_way way = known_key_way(key, request);
    struct known_key other = *key;

    other.ways &= ~(unsigned)way;
    if ((other.ways & ways_for(request->action)) == 0 ||
        known_key_way(&other, request) == way)
        return false;
    *key = other;
    (void)pthread_mutex_lock(&token->lock);
    if (token->known_size != 0)
        slot_locked(token, key->name)->ways = other.ways;
    (void)pthread_mutex_unlock(&token->lock);
    return true;
}

/* What a candidate says of the public part that is looked for. */
enum match { MATCH_NO, MATCH_SILENT, MATCH_YES };

/* Two encodings of one number. */
static enum match compare_numbers(const struct bytes *has,
                                  const struct bytes *wanted)
{
    struct span have = span_strip_zeros(span_of(has));
    struct span want = span_strip_zeros(span_of(wanted));

    if (have.len == 0 || want.len == 0)
        return MATCH_SILENT;
    return span_equal(have, want) ? MATCH_YES : MATCH_NO;
}

/* Is HAVE the end of a compressed form of the point WANT, 04||X||Y: the parity
 * of Y, and X (SEC 1, section 2.3.3)? */
static bool is_compressed(struct span have, struct span want)
{
    const size_t len = (want.len - 1) / 2;

    if (want.data[0] != 4 || have.len < 1 + len || have.len >= want.len)
        return false;
    have = span_skip(have, have.len - (1 + len));
    return have.data[0] == 2 + (want.data[want.len - 1] & 1) &&
           span_equal(span_skip(have, 1), span_make(want.data + 1, len));
}

/* Two encodings of one point: one may be wrapped in an OCTET STRING, so that
 * the other is its end. */
static enum match compare_points(const struct bytes *has,
                                 const struct bytes *wanted)
{
    struct span have = span_of(has);
    struct span want = span_of(wanted);

    if (have.len == 0 || want.len == 0)
        return MATCH_SILENT;
    if (is_compressed(have, want))
        return MATCH_YES;
    if (have.len > want.len)
        have = span_skip(have, have.len - want.len);
    else
        want = span_skip(want, want.len - have.len);
    return span_equal(have, want) ? MATCH_YES : MATCH_NO;
}

/* Parameters in the same form, OID or name, tell curves apart; in different
 * forms they say nothing. */
static bool is_other_curve(const struct bytes *has, const struct bytes *wanted)
{
    struct span have = span_of(has);
    struct span want = span_of(wanted);

    return have.len != 0 && want.len != 0 && have.data[0] == want.data[0] &&
           !span_equal(have, want);
}

static bool is_other_kind(const struct object *object, bool wants_rsa)
{
    return object->has_type && (object->key_type == KEY_TYPE_RSA) != wants_rsa;
}

/* One private key object that may be the one. */
struct candidate {
    struct known_key key;
    enum match match;
    bool has_label; /* the one that is looked for */
};

/* By its attributes: recovery and unwrapping only for want of the other.  A key
 * that says nothing of a use is tried. */
static unsigned ways_of(struct token *token, bool is_rsa,
                        const struct object *object)
{
    const bool recovers = is_rsa && object->sign == USE_NO &&
                          object->sign_recover == USE_YES &&
                          token_recovers(token);

    return (unsigned)(recovers ? WAY_SIGN_RECOVER : WAY_SIGN) |
           (unsigned)(object->unwraps_only ? WAY_UNWRAP : WAY_DECRYPT);
}

static struct candidate examine(struct token *token,
                                const struct object *object,
                                const struct key_locator *key)
{
    const bool is_rsa = key->modulus.len != 0;
    const enum match modulus = compare_numbers(&object->modulus, &key->modulus);
    struct candidate ret = {
        .key = {.handle = object->handle,
                .ways = token->private_mask,
                .always_authenticate = object->always_authenticate,
                .used = true}};

    if (ret.key.ways == 0)
        ret.key.ways = ways_of(token, is_rsa, object);
    memcpy(ret.key.name, key->name, sizeof ret.key.name);
    ret.match = modulus != MATCH_SILENT
                    ? modulus
                    : compare_points(&object->ec_point, &key->ec_point);
    if (is_other_kind(object, is_rsa) ||
        is_other_curve(&object->ec_params, &key->ec_params))
        ret.match = MATCH_NO;
    ret.has_label =
        key->raw_label.len != 0 &&
        span_equal(span_of(&object->label), span_of(&key->raw_label));
    return ret;
}

/* The candidates so far: the one that shows the right public part; and those
 * that show none, counted: all, and by label. */
struct choice {
    struct known_key right;
    struct known_key silent;
    struct known_key labelled;
    bool has_right;
    size_t n_silent;
    size_t n_labelled;
};

static void consider(struct choice *choice, const struct candidate *candidate)
{
    if (candidate->match == MATCH_YES && !choice->has_right) {
        choice->right = candidate->key;
        choice->has_right = true;
    }
    if (candidate->match != MATCH_SILENT)
        return;
    choice->silent = candidate->key;
    choice->n_silent++;
    if (candidate->has_label) {
        choice->labelled = candidate->key;
        choice->n_labelled++;
    }
}

/* The right one; or, if none shows any public part, the only candidate, or the
 * only one with the label.  It is remembered. */
static CK_RV choose(struct token *token, const struct choice *choice,
                    const struct key_locator *key, struct known_key *ret)
{
    if (choice->has_right)
        *ret = choice->right;
    else if (choice->n_silent == 1)
        *ret = choice->silent;
    else if (choice->n_labelled == 1)
        *ret = choice->labelled;
    else {
        if (choice->n_silent > 1)
            log_error("token '%s': %zu private keys could be '%s': give each "
                      "a CKA_ID of its own",
                      token->printable_label, choice->n_silent, key->label);
        return CKR_KEY_HANDLE_INVALID;
    }
    remember(token, ret);
    return CKR_OK;
}

/* Look at the N candidates, up to the right one. */
static CK_RV consider_all(struct token *token, struct session *session,
                          const struct handles *handles,
                          const struct key_locator *key, struct choice *choice)
{
    for (size_t i = 0; i < handles->n && !choice->has_right; i++) {
        struct object object = {0};
        CK_RV rv = find_private_key(token->module, session->handle,
                                    handles->list[i], &object);

        if (rv == CKR_OK) {
            const struct candidate candidate = examine(token, &object, key);

            consider(choice, &candidate);
        }
        object_clear(&object);
        if (rv != CKR_OK && rv != CKR_OBJECT_HANDLE_INVALID)
            return rv;
    }
    return CKR_OK;
}

CK_RV token_find_key(struct token *token, struct session *session,
                     const struct key_locator *key, struct known_key *ret)
{
    CK_OBJECT_CLASS class = CKO_PRIVATE_KEY;
    CK_ATTRIBUTE by[2] = {{CKA_CLASS, &class, sizeof class}};
    AUTO_HANDLES handles = {0};
    struct choice choice = {0};
    size_t n_by = 1;
    CK_RV rv = CKR_OK;

    if (token_recall_key(token, key, ret))
        return CKR_OK;
    if (key->id.len != 0)
        by[n_by++] = (CK_ATTRIBUTE){CKA_ID, key->id.data, key->id.len};
    else if (key->raw_label.len != 0)
        by[n_by++] =
            (CK_ATTRIBUTE){CKA_LABEL, key->raw_label.data, key->raw_label.len};
    rv = search_objects(token->module, session->handle, by, n_by, SEARCH_MAX,
                        &handles);
    if (rv == CKR_OK)
        rv = consider_all(token, session, &handles, key, &choice);
    return rv == CKR_OK ? choose(token, &choice, key, ret) : rv;
}

/* Would the search above find it? */
static bool is_meant(const struct object *object, const struct key_locator *key)
{
    if (object->class != OBJECT_PRIVATE_KEY)
        return false;
    if (key->id.len != 0)
        return span_equal(span_of(&object->id), span_of(&key->id));
    return key->raw_label.len == 0 ||
           span_equal(span_of(&object->label), span_of(&key->raw_label));
}

CK_RV token_find_listed_key(struct token *token, const struct object_list *list,
                            const struct key_locator *key,
                            struct known_key *ret)
{
    struct choice choice = {0};

    for (size_t i = 0; i < list->n; i++)
        if (is_meant(&list->objects[i], key)) {
            const struct candidate candidate =
                examine(token, &list->objects[i], key);

            consider(&choice, &candidate);
        }
    return choose(token, &choice, key, ret);
}
