/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tokens that tell the same four names: each gets a serial number of its
 * own. */
#include "keyring/twins.h"

#include <string.h>

#include "base/str.h"

static bool are_twins(const struct card *a, const struct card *b)
{
    /* The id is made of all four names and nothing else. */
    return a != b &&
           str_equal(a->identity.upstream_id, b->identity.upstream_id);
}

static bool tell_the_same(const struct token *a, const struct token *b)
{
    const struct token_text *ta = token_text(a);
    const struct token_text *tb = token_text(b);

    return a != b && str_equal(ta->manufacturer, tb->manufacturer) &&
           str_equal(ta->model, tb->model) &&
           str_equal(ta->serial, tb->serial) && str_equal(ta->label, tb->label);
}

void twins_note(struct token *const *tokens, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool twin = false;

        for (size_t j = 0; j < n && !twin; j++)
            twin = tell_the_same(tokens[i], tokens[j]);
        token_set_twin(tokens[i], twin);
    }
}

static bool has_twin(struct card *const *cards, size_t n,
                     const struct card *card)
{
    for (size_t i = 0; i < n; i++)
        if (are_twins(cards[i], card))
            return true;
    return false;
}

/* "" if no key can be seen without a login. */
static const char *lowest_grip(const struct card *card)
{
    const char *lowest = "";

    for (size_t i = 0; i < card->n_keys; i++) {
        const struct key *key = &card->keys[i];

        if (key->is_public &&
            (lowest[0] == '\0' || strcmp(key->grip, lowest) < 0))
            lowest = key->grip;
    }
    return lowest;
}

static gpg_error_t make_mark(const struct card *card, const char *grip,
                             bool with_slot, char **ret)
{
    const struct token_text *text = token_text(card->token);
    AUTO_STRBUF mark = {0};

    strbuf_puts(&mark, grip);
    if (with_slot)
        strbuf_printf(&mark, "\n%s\n%s", text->reader, text->slot);
    return strbuf_take(&mark, ret);
}

static gpg_error_t choose_mark(struct card *const *cards, size_t n,
                               const struct card *card, char **ret)
{
    const char *grip = lowest_grip(card);
    bool is_unique = grip[0] != '\0';

    for (size_t i = 0; i < n; i++)
        if (are_twins(cards[i], card) && str_equal(lowest_grip(cards[i]), grip))
            is_unique = false;
    return make_mark(card, grip, !is_unique, ret);
}

/* A card of *CARD's token without a mark that nobody else knows, in its
 * place; or the same one if its objects cannot be read just now. */
static gpg_error_t make_anew(struct card **card, const struct config *config)
{
    struct card *fresh = NULL;
    gpg_error_t err = card_scan((*card)->token, config, false, &fresh);

    if (err != 0)
        return err;
    if (fresh->is_unread && !(*card)->is_unread) {
        card_unref(fresh);
        return 0;
    }
    card_unref(*card);
    *card = fresh;
    return 0;
}

static bool is_ours_alone(struct card *card)
{
    return atomic_load(&card->references) == 1;
}

/* MARK is NULL for a card that has no twin. */
static gpg_error_t name_card(struct card **card, const struct config *config,
                             const char *mark)
{
    const char *has = (*card)->mark;

    if (mark == NULL ? has == NULL : has != NULL && str_equal(has, mark))
        return 0;
    if (!is_ours_alone(*card) || has != NULL) {
        gpg_error_t err = make_anew(card, config);

        if (err != 0)
            return err;
    }
    return mark == NULL || !is_ours_alone(*card) ? 0
                                                 : card_set_mark(*card, mark);
}

static void sort(struct card **cards, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        for (size_t j = i; j > 0; j--) {
            struct card *card = cards[j];

            if (!are_twins(cards[j - 1], card) ||
                !token_shares_module(cards[j - 1]->token, card->token) ||
                strcmp(cards[j - 1]->identity.serial, card->identity.serial) <=
                    0)
                break;
            cards[j] = cards[j - 1];
            cards[j - 1] = card;
        }
    }
}

gpg_error_t twins_name(struct card **cards, size_t n,
                       const struct config *config)
{
    for (size_t i = 0; i < n; i++) {
        const bool twin = has_twin(cards, n, cards[i]);
        AUTO_FREE char *mark = NULL;
        gpg_error_t err = 0;

        if (twin)
            err = choose_mark(cards, n, cards[i], &mark);
        if (err == 0)
            err = name_card(&cards[i], config, mark);
        if (err != 0)
            return err;
    }
    sort(cards, n);
    return 0;
}

static bool could_be(const struct card *card, const char *grip,
                     const char *serial)
{
    for (int with_slot = 0; with_slot < 2; with_slot++) {
        AUTO_FREE char *mark = NULL;

        if (make_mark(card, grip, with_slot != 0, &mark) == 0 &&
            identity_has_marked_serial(&card->identity, card->type, mark,
                                       serial))
            return true;
    }
    return false;
}

bool twins_could_be(const struct card *card, const char *serial)
{
    for (size_t i = 0; i < card->n_keys; i++)
        if (could_be(card, card->keys[i].grip, serial))
            return true;
    return could_be(card, "", serial);
}
