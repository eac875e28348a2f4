/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Private keys of a token: searched for once, remembered by their name. */
#include <string.h>

#include "base/log.h"
#include "pkcs11/attrs.h"
#include "pkcs11/find.h"
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
static enum match compare_numbers(const struct attr *attr,
                                  const struct bytes *wanted)
{
    struct span have = span_strip_zeros(span_of(&attr->value));
    struct span want = span_strip_zeros(span_of(wanted));

    if (!attr->present || have.len == 0 || want.len == 0)
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
static enum match compare_points(const struct attr *attr,
                                 const struct bytes *wanted)
{
    struct span have = span_of(&attr->value);
    struct span want = span_of(wanted);

    if (!attr->present || have.len == 0 || want.len == 0)
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
static bool is_other_curve(const struct attr *attr, const struct bytes *wanted)
{
    struct span have = span_of(&attr->value);
    struct span want = span_of(wanted);

    return attr->present && have.len != 0 && want.len != 0 &&
           have.data[0] == want.data[0] && !span_equal(have, want);
}

static bool is_other_kind(const struct attr *type, bool wants_rsa)
{
    CK_ULONG value = 0;

    return attr_number(type, &value) && (value == CKK_RSA) != wants_rsa;
}

/* One private key object that may be the one. */
struct candidate {
    struct known_key key;
    enum match match;
    bool has_label; /* the one that is looked for */
};

/* By its four attributes: recovery and unwrapping only for want of the other.
 * A key that says nothing of a use is tried. */
static unsigned ways_of(struct token *token, bool is_rsa,
                        const struct attr uses[4])
{
    const bool recovers = is_rsa && attr_boolean(&uses[0]) == NO &&
                          attr_boolean(&uses[1]) == YES &&
                          token_recovers(token);
    const bool unwraps =
        attr_boolean(&uses[2]) == NO && attr_boolean(&uses[3]) == YES;

    return (unsigned)(recovers ? WAY_SIGN_RECOVER : WAY_SIGN) |
           (unsigned)(unwraps ? WAY_UNWRAP : WAY_DECRYPT);
}

static CK_RV examine(struct token *token, struct session *session,
                     CK_OBJECT_HANDLE handle, const struct key_locator *key,
                     struct candidate *ret)
{
    struct attr a[] = {{.type = CKA_ALWAYS_AUTHENTICATE},
                       {.type = CKA_MODULUS},
                       {.type = CKA_EC_POINT},
                       {.type = CKA_KEY_TYPE},
                       {.type = CKA_EC_PARAMS},
                       {.type = CKA_LABEL},
                       {.type = CKA_SIGN},
                       {.type = CKA_SIGN_RECOVER},
                       {.type = CKA_DECRYPT},
                       {.type = CKA_UNWRAP}};
    const unsigned mask = token->private_mask;
    /* With a mask the last four do not count. */
    const size_t n = sizeof a / sizeof a[0] - (mask != 0 ? 4 : 0);
    CK_RV rv = attrs_read(token->module, session->handle, handle, a, n);

    if (rv == CKR_OK) {
        enum match modulus = compare_numbers(&a[1], &key->modulus);
        enum match point = compare_points(&a[2], &key->ec_point);

        ret->key = (struct known_key){
            .handle = handle,
            .ways =
                mask != 0 ? mask : ways_of(token, key->modulus.len != 0, &a[6]),
            .always_authenticate = attr_boolean(&a[0]) == YES,
            .used = true};
        memcpy(ret->key.name, key->name, sizeof ret->key.name);
        ret->match = modulus != MATCH_SILENT ? modulus : point;
        if (is_other_kind(&a[3], key->modulus.len != 0) ||
            is_other_curve(&a[4], &key->ec_params))
            ret->match = MATCH_NO;
        ret->has_label =
            key->raw_label.len != 0 &&
            span_equal(span_of(&a[5].value), span_of(&key->raw_label));
    }
    attrs_clear(a, n);
    return rv;
}

/* Those that do not show the public part, counted: all, and by label. */
struct silent {
    struct known_key any;
    struct known_key labelled;
    size_t n;
    size_t n_labelled;
};

static bool take_only(const struct silent *silent, struct known_key *ret)
{
    if (silent->n == 1)
        *ret = silent->any;
    else if (silent->n_labelled == 1)
        *ret = silent->labelled;
    else
        return false;
    return true;
}

/* The one of the N candidates that shows the right public part; or, if none
 * shows any, the only candidate, or the only one with the label. */
static CK_RV choose(struct token *token, struct session *session,
                    const CK_OBJECT_HANDLE *handles, size_t n,
                    const struct key_locator *key, struct known_key *ret)
{
    struct silent silent = {0};

    for (size_t i = 0; i < n; i++) {
        struct candidate candidate = {.match = MATCH_NO};
        CK_RV rv = examine(token, session, handles[i], key, &candidate);

        if (rv == CKR_OBJECT_HANDLE_INVALID)
            continue;
        if (rv != CKR_OK)
            return rv;
        if (candidate.match == MATCH_YES) {
            *ret = candidate.key;
            return CKR_OK;
        }
        if (candidate.match == MATCH_SILENT) {
            silent.any = candidate.key;
            silent.n++;
        }
        if (candidate.match == MATCH_SILENT && candidate.has_label) {
            silent.labelled = candidate.key;
            silent.n_labelled++;
        }
    }
    if (take_only(&silent, ret))
        return CKR_OK;
    if (silent.n > 1)
        log_error("token '%s': %zu private keys could be '%s': give each a "
                  "CKA_ID of its own",
                  token->printable_label, silent.n, key->label);
    return CKR_KEY_HANDLE_INVALID;
}

CK_RV token_find_key(struct token *token, struct session *session,
                     const struct key_locator *key, struct known_key *ret)
{
    CK_OBJECT_CLASS class = CKO_PRIVATE_KEY;
    CK_ATTRIBUTE by[2] = {{CKA_CLASS, &class, sizeof class}};
    AUTO_FREE CK_OBJECT_HANDLE *handles = NULL;
    size_t n_by = 1;
    size_t n = 0;
    CK_RV rv = CKR_OK;

    if (token_recall_key(token, key, ret))
        return CKR_OK;
    if (key->id.len != 0)
        by[n_by++] = (CK_ATTRIBUTE){CKA_ID, key->id.data, key->id.len};
    else if (key->raw_label.len != 0)
        by[n_by++] =
            (CK_ATTRIBUTE){CKA_LABEL, key->raw_label.data, key->raw_label.len};
    rv = find_handles(token->module, session->handle, by, n_by, &handles, &n);
    if (rv == CKR_OK)
        rv = choose(token, session, handles, n, key, ret);
    if (rv == CKR_OK)
        remember(token, ret);
    return rv;
}
