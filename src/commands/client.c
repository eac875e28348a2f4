/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What the commands know of the client that sent them. */
#include "commands/client.h"

#include <string.h>

#include "base/hex.h"
#include "base/log.h"
#include "base/str.h"
#include "commands/args.h"

static struct generation *generation_of(struct client *client)
{
    if (client->generation == NULL)
        client->generation = service_generation(client->service);
    return client->generation;
}

const struct config *client_config(struct client *client)
{
    return &generation_of(client)->config;
}

struct keyring *client_keyring(struct client *client)
{
    return generation_of(client)->keyring;
}

unsigned long client_generation(struct client *client)
{
    return generation_of(client)->number;
}

void client_leave_generation(struct client *client)
{
    if (client->generation != NULL)
        generation_unref(TAKE(client->generation));
}

void client_reset(struct client *client)
{
    struct service *service = client->service;

    bytes_clear(&client->data);
    client->has_data = false;
    client->has_looked = false;
    free(TAKE(client->serial));
    (void)pthread_mutex_lock(&service->card_lock);
    if (service->locked_by == client) {
        service->locked_by = NULL;
        (void)pthread_cond_broadcast(&service->unlocked);
    }
    (void)pthread_mutex_unlock(&service->card_lock);
}

gpg_error_t client_error(struct client *client, gpg_err_code_t code,
                         const char *text)
{
    /* gpg-agent hands on the code alone. */
    log_verbose("%s", text);
    return assuan_set_error(client->assuan, gpg_error(code), text);
}

bool client_is_locked_out(struct client *client)
{
    struct service *service = client->service;
    bool locked = false;

    (void)pthread_mutex_lock(&service->card_lock);
    locked = service->locked_by != NULL && service->locked_by != client;
    (void)pthread_mutex_unlock(&service->card_lock);
    return locked;
}

enum keyring_look client_look(struct client *client)
{
    const bool has_looked = client->has_looked;

    client->has_looked = true;
    return has_looked ? KEYRING_TOKENS : KEYRING_SLOTS;
}

static const struct card *choose_card(struct client *client,
                                      const struct snapshot *snapshot)
{
    AUTO_FREE char *preferred = NULL;
    const struct card *card = NULL;

    if (client->serial != NULL)
        return snapshot_card(snapshot, client->serial);
    preferred = keyring_preferred(client_keyring(client));
    if (preferred != NULL)
        card = snapshot_card(snapshot, preferred);
    return card != NULL ? card : snapshot_default_card(snapshot);
}

gpg_error_t client_card(struct client *client, enum keyring_look look,
                        struct snapshot **ret_snapshot,
                        const struct card **ret_card)
{
    struct snapshot *snapshot = NULL;
    gpg_error_t err = keyring_get(client_keyring(client), look, &snapshot);

    if (err != 0)
        return err;
    *ret_snapshot = snapshot;
    *ret_card = choose_card(client, snapshot);
    return 0;
}

/* There is no token such as the client wants, and TEXT says so; or none at
 * all. */
static gpg_error_t no_token(struct client *client,
                            const struct snapshot *snapshot, const char *text)
{
    if (snapshot->n_cards > 0)
        return client_error(client, GPG_ERR_CARD_NOT_PRESENT, text);
    return client_error(client, GPG_ERR_ENODEV,
                        snapshot->n_left_out > 0
                            ? "no token matches match-uri"
                            : "no token found; the log of gnupg-pkcs11-scd "
                              "says where it looked");
}

gpg_error_t client_no_card(struct client *client,
                           const struct snapshot *snapshot)
{
    return no_token(client, snapshot, "the chosen token is not present");
}

gpg_error_t client_need_card(struct client *client, enum keyring_look look,
                             struct snapshot **ret_snapshot,
                             const struct card **ret_card)
{
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct card *card = NULL;
    gpg_error_t err = client_card(client, look, &snapshot, &card);

    if (err != 0)
        return err;
    if (card == NULL)
        return client_no_card(client, snapshot);
    *ret_snapshot = TAKE(snapshot);
    *ret_card = card;
    return 0;
}

gpg_error_t client_choose_card(struct client *client,
                               const struct snapshot *snapshot,
                               const char *serial, const struct card **ret_card)
{
    const struct card *card = snapshot_card(snapshot, serial);
    char *copy = NULL;
    gpg_error_t err = 0;

    if (card == NULL)
        return gpg_error(GPG_ERR_NOT_FOUND);
    /* A number that several have: the key that is named next decides. */
    err = str_copy(snapshot_is_shared_serial(snapshot, serial)
                       ? serial
                       : card->identity.serial,
                   &copy);
    if (err != 0)
        return err;
    free(client->serial);
    client->serial = copy;
    *ret_card = card;
    return 0;
}

gpg_error_t client_no_such_card(struct client *client,
                                const struct snapshot *snapshot)
{
    return no_token(client, snapshot, "no token has this serial number");
}

static gpg_error_t find_in(struct client *client, const char *name,
                           struct snapshot **ret_snapshot,
                           const struct key **ret_key)
{
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct card *card = NULL;
    const struct key *key = NULL;
    gpg_error_t err = client_card(client, KEYRING_KNOWN, &snapshot, &card);

    if (err != 0)
        return err;
    if (client->serial != NULL &&
        snapshot_is_shared_serial(snapshot, client->serial))
        err = snapshot_find_shared_key(snapshot, client->serial, name, &key);
    else
        err = snapshot_find_key(snapshot, card, client->serial == NULL, name,
                                &key);
    if (gpg_err_code(err) == GPG_ERR_AMBIGUOUS_NAME)
        return client_error(client, GPG_ERR_AMBIGUOUS_NAME,
                            "tokens that tell the same names have different "
                            "keys of this name: give the keygrip, or the "
                            "serial number that GETINFO card_list has");
    /* The name is one that the card it chose would know. */
    if (gpg_err_code(err) == GPG_ERR_NOT_FOUND && client->serial != NULL &&
        card == NULL)
        return gpg_error(GPG_ERR_CARD_NOT_PRESENT);
    if (err != 0)
        return err;
    *ret_snapshot = TAKE(snapshot);
    *ret_key = key;
    return 0;
}

gpg_error_t client_find_key(struct client *client, const char *name,
                            struct snapshot **ret_snapshot,
                            const struct key **ret_key)
{
    gpg_error_t err = find_in(client, name, ret_snapshot, ret_key);
    bool again = false;

    if (gpg_err_code(err) != GPG_ERR_NO_SECKEY &&
        gpg_err_code(err) != GPG_ERR_NOT_FOUND &&
        gpg_err_code(err) != GPG_ERR_CARD_NOT_PRESENT)
        return err;
    if (keyring_look_for_unknown(client_keyring(client), &again) != 0 || !again)
        return err;
    return find_in(client, name, ret_snapshot, ret_key);
}

static bool is_pin_number(const char *name)
{
    static const char *const numbers[] = {
        "", "1", "2", "OPENPGP.1", "OPENPGP.2", "OPENPGP.3"};

    for (size_t i = 0; i < ARGS_COUNT(numbers); i++)
        if (str_equal_nocase(name, numbers[i]))
            return true;
    return false;
}

gpg_error_t client_find_token(struct client *client, const char *name,
                              struct snapshot **ret_snapshot,
                              struct token **ret)
{
    AUTO_SNAPSHOT *snapshot = NULL;
    const struct card *card = NULL;
    const struct key *key = NULL;
    gpg_error_t err = client_need_card(client, KEYRING_SLOTS, &snapshot, &card);

    if (err != 0)
        return err;
    if (!is_pin_number(name)) {
        card = snapshot_card(snapshot, name);
        if (card == NULL) {
            err = client_find_key(client, name, ret_snapshot, &key);
            if (err == 0)
                *ret = key->token;
            return err;
        }
    }
    *ret = card->token;
    *ret_snapshot = TAKE(snapshot);
    return 0;
}

void client_note_key_name(struct client *client, const char *name)
{
    if (strlen(name) == KEYGRIP_HEX_LEN && hex_is(name, KEYGRIP_HEX_LEN))
        client->has_pin_cache = true;
}

bool client_find_elsewhere(struct client *client, gpg_error_t err,
                           struct snapshot **snapshot, const struct key **key)
{
    AUTO_SNAPSHOT *now = NULL;
    const struct key *other = NULL;

    if (gpg_err_code(err) != GPG_ERR_CARD_REMOVED ||
        keyring_get(client_keyring(client), KEYRING_KNOWN, &now) != 0)
        return false;
    other = snapshot_key_by_grip(now, NULL, (*key)->grip);
    if (other == NULL || str_equal(other->serial, (*key)->serial))
        return false;
    log_verbose("key %s: token %s is gone, token %s has it too", other->grip,
                (*key)->serial, other->serial);
    snapshot_unref(*snapshot);
    *snapshot = TAKE(now);
    *key = other;
    return true;
}
