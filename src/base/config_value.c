/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* How the values of configuration keywords are read and shown. */
#include "base/config_value.h"

#include <limits.h>
#include <string.h>

#include "base/bytes.h"
#include "base/config.h"
#include "base/config_uri.h"
#include "base/hex.h"
#include "base/log.h"
#include "base/log_sink.h"

gpg_error_t config_value_flag(const char *value, void *target)
{
    bool *flag = target;

    (void)value;
    *flag = true;
    return 0;
}

gpg_error_t config_value_text(const char *value, void *target)
{
    char **text = target;
    char *copy = NULL;
    gpg_error_t err = str_copy(value, &copy);

    if (err != 0)
        return err;
    free(*text);
    *text = copy;
    return 0;
}

/* A full path, or the bare name of a file that dlopen(3) finds in the system's
 * directories; what lies below the current one is anybody's guess. */
gpg_error_t config_value_library(const char *value, void *target)
{
    if (value[0] != '/' && strchr(value, '/') != NULL)
        return gpg_error(GPG_ERR_INV_VALUE);
    return config_value_text(value, target);
}

/* No shell has seen the value: a '~' is a folder of that name, which nobody
 * has.  Nor does anybody have one that is called "tcp:" or "file:". */
gpg_error_t config_value_log_file(const char *value, void *target)
{
    struct log_sink unused = LOG_SINK_NONE;
    const bool is_socket = log_sink_is_socket(value);

    if (value[0] == '~' || (!is_socket && strstr(value, "://") != NULL))
        return gpg_error(GPG_ERR_INV_VALUE);
    /* Without a path it is one that GnuPG knows. */
    if (is_socket && !str_equal(value, "socket://") &&
        log_sink_open_socket(value, &unused) != 0)
        return gpg_error(GPG_ERR_INV_VALUE);
    return config_value_text(value, target);
}

gpg_error_t config_value_seconds(const char *value, void *target)
{
    int *seconds = target;
    int number = 0;

    if (str_equal(value, "-1")) {
        *seconds = -1;
        return 0;
    }
    for (const char *p = value; *p != '\0'; p++) {
        int digit = *p - '0';

        if (digit < 0 || digit > 9 || number > (INT_MAX - digit) / 10)
            return gpg_error(GPG_ERR_INV_VALUE);
        number = 10 * number + digit;
    }
    *seconds = number;
    return 0;
}

gpg_error_t config_value_mask(const char *value, void *target)
{
    unsigned *mask = target;
    unsigned bits = 0;

    if (str_has_prefix(value, "0x") || str_has_prefix(value, "0X"))
        value += 2;
    if (value[0] == '\0')
        return gpg_error(GPG_ERR_INV_VALUE);
    for (const char *p = value; *p != '\0'; p++) {
        int digit = hex_digit(*p);

        if (digit < 0 || bits != 0)
            return gpg_error(GPG_ERR_INV_VALUE);
        bits = (unsigned)digit;
    }
    *mask = bits;
    return 0;
}

/* LEN hex digits, kept in upper case. */
static gpg_error_t parse_hex(const char *value, size_t len, void *target)
{
    AUTO_BYTES bytes = {0};
    char **text = target;
    char *upper = NULL;
    gpg_error_t err = 0;

    if (!hex_is(value, len))
        return gpg_error(GPG_ERR_INV_VALUE);
    err = hex_decode_append(value, len, &bytes);
    if (err != 0)
        return err;
    upper = hex_encode(span_of(&bytes));
    if (upper == NULL)
        return gpg_error_from_syserror();
    free(*text);
    *text = upper;
    return 0;
}

gpg_error_t config_value_grip(const char *value, void *target)
{
    return parse_hex(value, 40, target);
}

/* Of a version 4 or a version 5 key. */
gpg_error_t config_value_fingerprint(const char *value, void *target)
{
    return parse_hex(value, strlen(value) == 64 ? 64 : 40, target);
}

gpg_error_t config_value_card_type(const char *value, void *target)
{
    enum card_type *type = target;

    if (str_equal(value, "p15"))
        *type = CARD_TYPE_P15;
    else if (str_equal(value, "openpgp"))
        *type = CARD_TYPE_OPENPGP;
    else if (str_equal(value, "pkcs11"))
        *type = CARD_TYPE_PKCS11;
    else
        return gpg_error(GPG_ERR_INV_VALUE);
    return 0;
}

/* GnuPG's words for it and the lowest of its numbers for each. */
gpg_error_t config_value_debug_level(const char *value, void *target)
{
    static const struct {
        const char *word;
        int number;
        enum log_level level;
    } levels[] = {
        {"guru", 9, LOG_LEVEL_DEBUG},     {"expert", 6, LOG_LEVEL_DEBUG},
        {"advanced", 3, LOG_LEVEL_DEBUG}, {"basic", 1, LOG_LEVEL_VERBOSE},
        {"none", 0, LOG_LEVEL_NORMAL},
    };
    enum log_level *level = target;
    int number = -1;

    if (value[0] != '\0' && value[strspn(value, "0123456789")] == '\0')
        number = value[1] == '\0' ? value[0] - '0' : 9;
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
        if (number >= levels[i].number || str_equal(value, levels[i].word)) {
            *level = levels[i].level;
            return 0;
        }
    return gpg_error(GPG_ERR_INV_VALUE);
}

/* One item more at the end of the list that TARGET is. */
gpg_error_t config_value_item(const char *value, void *target)
{
    struct config_list *list = target;
    char **items = NULL;
    gpg_error_t err = 0;

    if (list->n == CONFIG_MAX_ITEMS)
        return gpg_error(GPG_ERR_TOO_MANY);
    items = realloc(list->items, (list->n + 1) * sizeof *items);
    if (items == NULL)
        return gpg_error_from_syserror();
    list->items = items;
    err = str_copy(value, &items[list->n]);
    list->n += err == 0;
    return err;
}

gpg_error_t config_value_uri(const char *value, void *target)
{
    return config_uri_is_limit(value) ? config_value_item(value, target)
                                      : gpg_error(GPG_ERR_INV_VALUE);
}

gpg_error_t config_value_pin_uri(const char *value, void *target)
{
    return config_uri_is_pin_source(value) ? config_value_item(value, target)
                                           : gpg_error(GPG_ERR_INV_VALUE);
}

bool config_value_is_pin_source(const char *value)
{
    const char *rest = strchr(value, ':');

    if (rest == NULL || rest[1] == '\0')
        return false;
    rest++;
    if (str_has_prefix(value, "file:") || str_has_prefix(value, "command:"))
        return rest[0] == '/';
    return str_has_prefix(value, "credential:") && strchr(rest, '/') == NULL;
}

gpg_error_t config_value_pin_source(const char *value, void *target)
{
    return config_value_is_pin_source(value) ? config_value_text(value, target)
                                             : gpg_error(GPG_ERR_INV_VALUE);
}

/* NAME=VALUE of the environment. */
gpg_error_t config_value_env(const char *value, void *target)
{
    const size_t len = strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "abcdefghijklmnopqrstuvwxyz_0123456789");

    if (len == 0 || value[len] != '=' || (value[0] >= '0' && value[0] <= '9'))
        return gpg_error(GPG_ERR_INV_VALUE);
    return config_value_item(value, target);
}

bool config_show_flag(const struct config *config, const void *target, size_t i,
                      struct strbuf *text)
{
    (void)config;
    (void)text;
    return i == 0 && *(const bool *)target;
}

bool config_show_text(const struct config *config, const void *target, size_t i,
                      struct strbuf *text)
{
    const char *value = *(char *const *)target;

    (void)config;
    if (i != 0 || value == NULL)
        return false;
    strbuf_puts(text, value);
    return true;
}

bool config_show_log_file(const struct config *config, const void *target,
                          size_t i, struct strbuf *text)
{
    if (i != 0 || config_show_text(config, target, i, text))
        return i == 0;
    strbuf_puts(text, "stderr");
    return true;
}

bool config_show_seconds(const struct config *config, const void *target,
                         size_t i, struct strbuf *text)
{
    (void)config;
    if (i == 0)
        strbuf_printf(text, "%d", *(const int *)target);
    return i == 0;
}

bool config_show_mask(const struct config *config, const void *target, size_t i,
                      struct strbuf *text)
{
    (void)config;
    if (i == 0)
        strbuf_printf(text, "%X", *(const unsigned *)target);
    return i == 0;
}

/* The words stand for more levels than there are. */
bool config_show_debug_level(const struct config *config, const void *target,
                             size_t i, struct strbuf *text)
{
    static const char *const words[] = {[LOG_LEVEL_NORMAL] = "none",
                                        [LOG_LEVEL_VERBOSE] = "basic",
                                        [LOG_LEVEL_DEBUG] = "guru"};

    (void)config;
    if (i == 0)
        strbuf_puts(text, words[*(const enum log_level *)target]);
    return i == 0;
}

bool config_show_card_type(const struct config *config, const void *target,
                           size_t i, struct strbuf *text)
{
    static const char *const names[] = {[CARD_TYPE_P15] = "p15",
                                        [CARD_TYPE_OPENPGP] = "openpgp",
                                        [CARD_TYPE_PKCS11] = "pkcs11"};

    (void)target;
    if (i == 0)
        strbuf_puts(text, names[config_card_type(config)]);
    return i == 0;
}

bool config_show_item(const struct config *config, const void *target, size_t i,
                      struct strbuf *text)
{
    const struct config_list *list = target;

    (void)config;
    if (i >= list->n)
        return false;
    strbuf_puts(text, list->items[i]);
    return true;
}
