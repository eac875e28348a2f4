/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/twins: tokens that tell the same names. */
#include "base/secret.h"
#include "base/str.h"
#include "keyring/twins.h"
#include "token/token_private.h"
#include "unit.h"

#define GRIP_A "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define GRIP_B "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"
#define GRIP_C "CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC"

#define MAX_CARDS 3

static struct library libraries[2];
static struct module modules[2] = {{.library = &libraries[0]},
                                   {.library = &libraries[1]}};
static struct config config;
static struct card *cards[MAX_CARDS];
static size_t n_cards;

static void put_field(CK_UTF8CHAR *field, size_t size, const char *text)
{
    memset(field, ' ', size);
    memcpy(field, text, strlen(text));
}

/* A token called LABEL in a slot; it has no session, and no call is made. */
static struct token *make_token(struct module *module, CK_SLOT_ID slot,
                                const char *label)
{
    CK_TOKEN_INFO info = {.ulMaxPinLen = 8};
    struct token *token = NULL;
    char number[32];

    put_field(info.label, sizeof info.label, label);
    put_field(info.serialNumber, sizeof info.serialNumber, "0000");
    put_field(info.model, sizeof info.model, "Unit");
    put_field(info.manufacturerID, sizeof info.manufacturerID, "Nobody");
    assert_ok(token_new(module, slot, &info, true, &token));
    assert_ok(str_copy("A reader", &token->text.reader));
    (void)snprintf(number, sizeof number, "%lu", slot);
    assert_ok(str_copy(number, &token->text.slot));
    return token;
}

/* Put a card with the keys GRIPS (NULL at the end) behind the others. */
static struct card *add(unsigned module, CK_SLOT_ID slot, const char *label,
                        const char *const *grips)
{
    struct card *card = calloc(1, sizeof *card);
    struct token_names names = {0};
    struct token_text *text = NULL;

    assert_non_null(card);
    atomic_init(&card->references, 1);
    card->token = make_token(&modules[module], slot, label);
    card->type = config_card_type(&config);
    text = &card->token->text;
    names = (struct token_names){text->manufacturer, text->model, text->serial,
                                 text->label};
    assert_ok(identity_make(&names, card->type, &card->identity));
    card->keys = calloc(4, sizeof(struct key));
    assert_non_null(card->keys);
    for (; *grips != NULL; grips++) {
        struct key *key = &card->keys[card->n_keys++];

        /* Zeros: seen after a login only. */
        key->is_public = (*grips)[0] != '0';
        (void)snprintf(key->grip, sizeof key->grip, "%s", *grips);
        key->serial = card->identity.serial;
    }
    cards[n_cards++] = card;
    return card;
}

static int set_up(void **state)
{
    (void)state;
    config_init(&config);
    n_cards = 0;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_cards; i++)
        card_unref(cards[i]);
    config_clear(&config);
    return 0;
}

static void name_all(void)
{
    struct token *tokens[N_ELEMENTS(cards)];

    for (size_t i = 0; i < n_cards; i++)
        tokens[i] = cards[i]->token;
    twins_note(tokens, n_cards);
    assert_ok(twins_name(cards, n_cards, &config));
}

static const char *const a[] = {GRIP_A, NULL};
static const char *const b[] = {GRIP_B, NULL};
static const char *const b_and_c[] = {GRIP_C, GRIP_B, NULL};
static const char *const none[] = {NULL};

static void others_keep_their_names(void **state)
{
    struct card *one = add(0, 1, "one", a);
    struct card *two = add(0, 2, "two", a);

    (void)state;
    name_all();
    assert_string_equal(one->identity.serial, one->identity.own_serial);
    assert_string_equal(two->identity.serial, two->identity.own_serial);
    assert_null(one->mark);
    assert_false(atomic_load(&one->token->login.names_slot));
    assert_string_equal(one->identity.display_serial, "one");
}

static void keys_tell_twins_apart(void **state)
{
    struct card *one = add(0, 1, "tpm", a);
    struct card *other = add(0, 2, "else", a);
    struct card *two = add(0, 3, "tpm", b_and_c);

    (void)state;
    name_all();
    assert_string_equal(one->mark, GRIP_A);
    assert_string_equal(two->mark, GRIP_B);
    assert_null(other->mark);
    assert_string_not_equal(one->identity.serial, two->identity.serial);
    assert_string_not_equal(one->identity.serial, one->identity.own_serial);
    assert_string_equal(one->identity.own_serial, two->identity.own_serial);
    assert_string_equal(two->keys[1].serial, two->identity.serial);
    assert_true(atomic_load(&one->token->login.names_slot));
    assert_true(atomic_load(&two->token->login.names_slot));
    assert_string_not_equal(one->identity.display_serial,
                            two->identity.display_serial);
}

/* The first serial number of a card like this, in another slot and module. */
static void assert_named(const char *serial, const char *const *grips)
{
    struct card *one = add(1, 7, "tpm", grips);
    struct card *two = add(1, 8, "tpm", none);

    name_all();
    assert_string_equal(one->identity.serial, serial);
    assert_string_not_equal(two->identity.serial, serial);
    card_unref(cards[--n_cards]);
    card_unref(cards[--n_cards]);
}

static void the_name_is_of_keys_that_are_always_seen(void **state)
{
    static const char *const more[] = {
        "0000000000000000000000000000000000000000", GRIP_B, NULL};
    AUTO_FREE char *serial = NULL;
    struct card *one = add(0, 1, "tpm", b);

    (void)state;
    (void)add(0, 2, "tpm", a);
    name_all();
    assert_ok(str_copy(one->identity.serial, &serial));
    tear_down(state);
    set_up(state);
    assert_named(serial, b);
    assert_named(serial, b_and_c);
    assert_named(serial, more);
}

static void slots_tell_apart_what_is_the_same(void **state)
{
    struct card *one = add(0, 1, "tpm", a);
    struct card *two = add(0, 2, "tpm", a);
    struct card *three = add(1, 2, "tpm", none);

    (void)state;
    name_all();
    assert_string_not_equal(one->identity.serial, two->identity.serial);
    assert_string_not_equal(one->identity.serial, three->identity.serial);
    assert_string_not_equal(two->identity.serial, three->identity.serial);
}

static void the_order_is_of_serial_numbers(void **state)
{
    const char *first = NULL;

    (void)state;
    (void)add(0, 1, "tpm", a);
    (void)add(0, 2, "tpm", b);
    name_all();
    assert_true(strcmp(cards[0]->identity.serial, cards[1]->identity.serial) <
                0);
    first = cards[0]->mark[0] == 'A' ? "A" : "B";
    tear_down(state);
    set_up(state);
    (void)add(0, 1, "tpm", b);
    (void)add(0, 2, "tpm", a);
    name_all();
    assert_int_equal(cards[0]->mark[0], first[0]);
    tear_down(state);
    set_up(state);
    /* Of two modules the first comes first. */
    (void)add(0, 1, "tpm", first[0] == 'A' ? b : a);
    (void)add(1, 1, "tpm", first[0] == 'A' ? a : b);
    name_all();
    assert_int_not_equal(cards[0]->mark[0], first[0]);
}

static void earlier_numbers_are_understood(void **state)
{
    struct card *one = add(0, 1, "tpm", a);
    struct card *two = add(0, 2, "tpm", b_and_c);
    struct card *alone = NULL;

    (void)state;
    name_all();
    alone = add(0, 3, "tpm", b);
    assert_true(twins_could_be(alone, two->identity.serial));
    assert_false(twins_could_be(alone, one->identity.serial));
    assert_true(identity_has_serial(&one->identity, alone->identity.serial));
    assert_false(identity_has_serial(&alone->identity, one->identity.serial));
}

static int set_up_group(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(libraries); i++)
        library_init(&libraries[i]);
    return secret_setup() == 0 ? 0 : -1;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(others_keep_their_names),
        CASE(keys_tell_twins_apart),
        CASE(the_name_is_of_keys_that_are_always_seen),
        CASE(slots_tell_apart_what_is_the_same),
        CASE(the_order_is_of_serial_numbers),
        CASE(earlier_numbers_are_understood),
    };

    return cmocka_run_group_tests(tests, set_up_group, NULL);
}
