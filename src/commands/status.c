/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Status lines and data of an answer. */
#include "commands/status.h"

#include "base/str.h"

gpg_error_t status_raw(struct client *client, const char *keyword,
                       const char *value)
{
    return assuan_write_status(client->assuan, keyword, value);
}

gpg_error_t status_text(struct client *client, const char *keyword,
                        const char *value)
{
    AUTO_STRBUF escaped = {0};
    AUTO_FREE char *text = NULL;
    gpg_error_t err = 0;

    strbuf_put_status(&escaped, span_str(value));
    err = strbuf_take(&escaped, &text);
    return err != 0 ? err : status_raw(client, keyword, text);
}

gpg_error_t status_keypairinfo(struct client *client, const struct key *key)
{
    AUTO_STRBUF line = {0};
    AUTO_FREE char *text = NULL;
    char usage[KEY_USAGE_SIZE];
    gpg_error_t err = 0;

    key_usage_text(key->usage, usage);
    strbuf_printf(&line, "%s %s %s %lu %s", key->grip, key->ref, usage,
                  (unsigned long)key->keytime, key->algo);
    err = strbuf_take(&line, &text);
    return err != 0 ? err : status_raw(client, "KEYPAIRINFO", text);
}

const char *status_chv(struct token *token)
{
    switch (token_pin_state(token)) {
    case TOKEN_PIN_LAST_TRY:
        return "1";
    case TOKEN_PIN_VERIFIED:
        return "-5";
    case TOKEN_PIN_LOCKED:
        return "-3";
    case TOKEN_PIN_NONE:
    case TOKEN_PIN_WANTED:
        break;
    }
    /* A token does not tell how many tries are left but when it is one. */
    return "-2";
}

const char *status_chv_tries(struct token *token)
{
    switch (token_pin_state(token)) {
    case TOKEN_PIN_LOCKED:
        return "0";
    case TOKEN_PIN_LAST_TRY:
        return "1";
    case TOKEN_PIN_VERIFIED:
    case TOKEN_PIN_NONE:
    case TOKEN_PIN_WANTED:
        break;
    }
    return "-2";
}

gpg_error_t status_data(struct client *client, struct span data)
{
    gpg_error_t err = assuan_send_data(client->assuan, data.data, data.len);

    /* A second call flushes what is left. */
    return err != 0 ? err : assuan_send_data(client->assuan, NULL, 0);
}

gpg_error_t status_confidential(struct client *client, struct span data)
{
    gpg_error_t err = 0;

    assuan_begin_confidential(client->assuan);
    err = status_data(client, data);
    assuan_end_confidential(client->assuan);
    return err;
}

const char *status_app(struct client *client)
{
    switch (config_card_type(client_config(client))) {
    case CARD_TYPE_OPENPGP:
        return "openpgp";
    case CARD_TYPE_PKCS11:
        return "pkcs11";
    case CARD_TYPE_AUTO:
    case CARD_TYPE_P15:
        break;
    }
    return "p15";
}
