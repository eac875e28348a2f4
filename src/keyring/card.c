/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One token as GnuPG sees it, a card: its names, keys and certificates. */
#include "keyring/card.h"

#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "keyring/memory_file.h"
#include "keyring/scan.h"

struct card *card_ref(struct card *card)
{
    atomic_fetch_add(&card->references, 1);
    return card;
}

static void certificate_clear(struct certificate *certificate)
{
    free(certificate->own_ref);
    free(certificate->upstream_ref);
    free(certificate->subject);
    bytes_clear(&certificate->der);
}

static void card_free(struct card *card)
{
    for (size_t i = 0; i < card->n_keys; i++)
        key_clear(&card->keys[i]);
    for (size_t i = 0; i < card->n_certificates; i++)
        certificate_clear(&card->certificates[i]);
    for (size_t i = 0; i < card->n_skipped; i++)
        free(card->skipped[i]);
    free(card->keys);
    free(card->certificates);
    free(card->skipped);
    free(card->by_grip);
    map_clear(&card->odd_refs);
    identity_clear(&card->identity);
    free(card->mark);
    free(card->label);
    free(card->manufacturer);
    free(card->holder);
    token_unref(card->token);
    free(card);
}

void card_unref(struct card *card)
{
    if (card != NULL && atomic_fetch_sub(&card->references, 1) == 1)
        card_free(card);
}

static void card_unref_auto(struct card **card)
{
    card_unref(*card);
}

static gpg_error_t card_new(struct token *token, const struct config *config,
                            struct card **ret)
{
    AUTO(card_unref_auto) struct card *card = calloc(1, sizeof *card);
    const struct token_text *text = token_text(token);
    const struct token_names names = {text->manufacturer, text->model,
                                      text->serial, text->label};
    gpg_error_t err = 0;

    if (card == NULL)
        return gpg_error_from_syserror();
    atomic_init(&card->references, 1);
    card->token = token_ref(token);
    card->private_mask = token_private_mask(token);
    card->type = config_card_type(config);
    card->label = str_printable(span_str(text->label));
    card->manufacturer = str_printable(span_str(text->manufacturer));
    if (card->label == NULL || card->manufacturer == NULL)
        return gpg_error(GPG_ERR_ENOMEM);
    err = identity_make(&names, card->type, &card->identity);
    if (err == 0)
        *ret = TAKE(card);
    return err;
}

/* What can be seen now and, if that is not all, what a login has shown before.
 * When all can be seen, that is noted for the time when it cannot.  But which
 * of two twins it was that showed it, nobody could tell. */
static gpg_error_t scan(struct card *card, const struct config *config,
                        bool complete, struct object_list *objects)
{
    const char *home = token_has_twin(card->token) ? NULL : config->home;
    const char *serial = card->identity.own_serial;
    AUTO_MEMORY memory = {0};
    gpg_error_t err = 0;

    card->hides_certificates = !complete && token_cert_private(card->token);
    if (!complete) {
        memory_load(home, serial, &memory);
        err = memory_recall(&memory, objects);
    }
    if (err == 0) {
        token_mark_objects(card->token, objects, complete);
        err = scan_objects(card, config, objects, complete, &memory);
    }
    if (err == 0 && complete && token_pin_state(card->token) != TOKEN_PIN_NONE)
        memory_store(home, serial, &memory);
    return err;
}

gpg_error_t card_scan(struct token *token, const struct config *config,
                      bool anew, struct card **ret)
{
    AUTO(card_unref_auto) struct card *card = NULL;
    AUTO_OBJECT_LIST objects = {0};
    bool complete = false;
    gpg_error_t err = card_new(token, config, &card);

    if (err != 0)
        return err;
    card->login_count = token_login_count(token);
    card->is_unread = token_list_objects(token, anew, &objects, &complete) != 0;
    if (!card->is_unread)
        err = scan(card, config, complete, &objects);
    if (err == 0 && card->holder == NULL)
        err = str_copy(card->label, &card->holder);
    if (err != 0)
        return err;

    log_verbose("token '%s': serial %s, %zu keys, %zu certificates",
                card->label, card->identity.serial, card->n_keys,
                card->n_certificates);
    for (size_t i = 0; i < card->n_skipped; i++)
        log_verbose("token '%s': left out: %s", card->label, card->skipped[i]);
    *ret = TAKE(card);
    return 0;
}

gpg_error_t card_set_mark(struct card *card, const char *mark)
{
    AUTO_FREE char *copy = NULL;
    gpg_error_t err = str_copy(mark, &copy);

    if (err == 0)
        err = identity_set_mark(&card->identity, card->type, mark);
    if (err != 0)
        return err;
    free(card->mark);
    card->mark = TAKE(copy);
    for (size_t i = 0; i < card->n_keys; i++)
        card->keys[i].serial = card->identity.serial;
    return 0;
}

const struct certificate *card_certificate(const struct card *card,
                                           const char *ref)
{
    const struct certificate *odd = map_get(&card->odd_refs, ref);
    const struct key *key = NULL;

    if (odd != NULL)
        return odd;
    key = card_key_by_ref(card, ref);
    return key != NULL && key->certificate != NULL &&
                   str_equal(key->certificate->ref, ref)
               ? key->certificate
               : NULL;
}
