/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The table of configuration keywords: how each is written and read. */
#include "base/config_keyword.h"

#include <string.h>
#include <strings.h>

#include "base/config.h"
#include "base/config_value.h"
#include "base/str.h"

static const char provider_prefix[] = "provider-";

#define GLOBAL(member) CONFIG_SCOPE_GLOBAL, offsetof(struct config, member)
#define PROVIDER(member) \
    CONFIG_SCOPE_PROVIDER, offsetof(struct provider_config, member)
#define GRIP "the keygrip of a key: 40 hex digits without blanks"
#define URI "a URI of RFC 7512 without a PIN, like 'pkcs11:token=My%20card'"
#define PIN_SOURCE \
    "'file:' or 'command:' and a full path, or 'credential:' and a name"
#define PIN_URI                                          \
    "a URI of RFC 7512 that tells the source of a PIN: " \
    "'pkcs11:token=CI?pin-source=file:/etc/ci.pin'"
#define FINGERPRINT \
    "the fingerprint of an OpenPGP key: 40 or 64 hex digits without blanks"

static const struct config_keyword keywords[] = {
    {"log-file", GLOBAL(log_file),
     "the full path of a file (a '~' is not replaced), 'socket://' and the "
     "path of a socket, 'tcp://' and an address in numbers with a port, or "
     "'stderr'",
     config_value_log_file, config_show_log_file},
    {"verbose", GLOBAL(verbose), NULL, config_value_flag, config_show_flag},
    {"debug-all", GLOBAL(debug), NULL, config_value_flag, config_show_flag},
    {"debug", GLOBAL(debug), NULL, config_value_flag, config_show_flag},
    {"debug-level", GLOBAL(debug_level), CONFIG_DEBUG_LEVELS,
     config_value_debug_level, config_show_debug_level},
    {"pin-cache", GLOBAL(pin_cache),
     "a number of seconds from 0 to 2147483647, or -1 for no limit",
     config_value_seconds, config_show_seconds},
    {"use-gnupg-pin-cache", GLOBAL(use_gnupg_pin_cache), NULL,
     config_value_flag, config_show_flag},
    {"session-timeout", GLOBAL(session_timeout),
     "a number of seconds from 0 to 2147483647, or -1 for no limit",
     config_value_seconds, config_show_seconds},
    {"match-uri", GLOBAL(match_uris), URI, config_value_uri, config_show_item},
    {"pin-source", GLOBAL(pin_sources), PIN_URI, config_value_pin_uri,
     config_show_item},
    {"use-p11-kit", GLOBAL(use_p11_kit), NULL, config_value_flag,
     config_show_flag},
    {"no-verify-signatures", GLOBAL(no_verify_signatures), NULL,
     config_value_flag, config_show_flag},
    {"card-type", GLOBAL(card_type), "'p15', 'openpgp' or 'pkcs11'",
     config_value_card_type, config_show_card_type},
    {"openpgp-sign", GLOBAL(openpgp_grip[OPENPGP_SIGN]), GRIP,
     config_value_grip, config_show_text},
    {"openpgp-encr", GLOBAL(openpgp_grip[OPENPGP_ENCR]), GRIP,
     config_value_grip, config_show_text},
    {"openpgp-auth", GLOBAL(openpgp_grip[OPENPGP_AUTH]), GRIP,
     config_value_grip, config_show_text},
    {"openpgp-sign-fpr", GLOBAL(openpgp_fpr[OPENPGP_SIGN]), FINGERPRINT,
     config_value_fingerprint, config_show_text},
    {"openpgp-encr-fpr", GLOBAL(openpgp_fpr[OPENPGP_ENCR]), FINGERPRINT,
     config_value_fingerprint, config_show_text},
    {"openpgp-auth-fpr", GLOBAL(openpgp_fpr[OPENPGP_AUTH]), FINGERPRINT,
     config_value_fingerprint, config_show_text},
    {"providers", CONFIG_SCOPE_PROVIDERS,
     offsetof(struct config, provider_names),
     "the names of the providers, separated by commas", config_value_text,
     config_show_text},
    {"provider-NAME-library", PROVIDER(library),
     "the full path of the PKCS#11 module, or its bare file name (which file "
     "another one is would depend on where the program is started)",
     config_value_library, config_show_text},
    {"provider-NAME-allow-protected-auth", PROVIDER(allow_protected_auth), NULL,
     config_value_flag, config_show_flag},
    {"provider-NAME-cert-private", PROVIDER(cert_private), NULL,
     config_value_flag, config_show_flag},
    {"provider-NAME-private-mask", PROVIDER(private_mask),
     "a hexadecimal number from 0 to F: the sum of 1 (sign), 2 (sign with "
     "recovery), 4 (decrypt) and 8 (unwrap)",
     config_value_mask, config_show_mask},
    {"provider-NAME-match-uri", PROVIDER(match_uris), URI, config_value_uri,
     config_show_item},
    {"provider-NAME-pin-source", PROVIDER(pin_source), PIN_SOURCE,
     config_value_pin_source, config_show_text},
    {"provider-NAME-env", PROVIDER(env),
     "NAME=VALUE, the name with letters, digits and '_'", config_value_env,
     config_show_item},
    {"provider-NAME-init-args", PROVIDER(init_args),
     "what the module's documentation says", config_value_text,
     config_show_text},
    {"provider-NAME-serialize", PROVIDER(serialize), NULL, config_value_flag,
     config_show_flag},
    {"provider-NAME-sign-mode", CONFIG_SCOPE_REMOVED, 0, NULL, NULL, NULL},
    {"emulate-openpg*", CONFIG_SCOPE_REMOVED, 0, NULL, NULL, NULL},
};

#define N_KEYWORDS (sizeof keywords / sizeof keywords[0])
_Static_assert(N_KEYWORDS <= 64, "config_keyword_number promises below 64");

const char *config_keyword(size_t i)
{
    return i < N_KEYWORDS ? keywords[i].name : NULL;
}

const struct config_keyword *config_keyword_row(size_t i)
{
    return i < N_KEYWORDS ? &keywords[i] : NULL;
}

bool config_keyword_is_list(const struct config_keyword *keyword)
{
    return keyword->parse == config_value_uri ||
           keyword->parse == config_value_pin_uri ||
           keyword->parse == config_value_env;
}

unsigned config_keyword_number(const struct config_keyword *keyword)
{
    return (unsigned)(keyword - keywords);
}

/* What follows the name of the provider in ROW, with its '-'; NULL if ROW is
 * no attribute of providers. */
static const char *attribute(const struct config_keyword *row)
{
    const char *name = strstr(row->name, "-NAME-");

    return name != NULL ? name + strlen("-NAME") : NULL;
}

/* Does KEY spell ROW?  NAME is the provider in it, empty if there is none. */
static bool spells(const char *key, const struct config_keyword *row,
                   struct span *ret_name)
{
    const char *suffix = attribute(row);
    size_t prefix_len = strlen(provider_prefix);
    size_t len = strlen(row->name);
    size_t name_len = 0;

    if (suffix == NULL) {
        *ret_name = span_make(key, 0);
        return row->name[len - 1] == '*' ? strncmp(key, row->name, len - 1) == 0
                                         : str_equal(key, row->name);
    }
    if (!str_has_prefix(key, provider_prefix) ||
        strlen(key) <= prefix_len + strlen(suffix))
        return false;
    name_len = strlen(key) - prefix_len - strlen(suffix);
    *ret_name = span_make(key + prefix_len, name_len);
    return str_equal(key + prefix_len + name_len, suffix);
}

const struct config_keyword *config_keyword_find(const char *key,
                                                 struct span *ret_provider)
{
    const struct config_keyword *found = NULL;
    struct span provider = {0};

    /* A name may contain what separates it from its attribute, so several
     * rows can fit: the one that leaves the shortest name is meant. */
    for (size_t i = 0; i < N_KEYWORDS; i++) {
        struct span name = {0};

        if (spells(key, &keywords[i], &name) &&
            (found == NULL || name.len < provider.len)) {
            found = &keywords[i];
            provider = name;
        }
    }
    if (found != NULL)
        *ret_provider = provider;
    return found;
}

/* Longer words than this are like no keyword. */
#define WORD_MAX_LEN 40
#define NEAR 2

static int lower(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* How many letters must be added, removed or replaced to make B of A, upper
 * and lower case being the same; more than NEAR if that is no typing error. */
static size_t distance(struct span a, struct span b)
{
    size_t row[WORD_MAX_LEN + 1];

    if (a.len > WORD_MAX_LEN || b.len > WORD_MAX_LEN)
        return NEAR + 1;
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t best =
                diagonal + (lower(a.data[i - 1]) != lower(b.data[j - 1]));

            diagonal = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    /* Two wrong letters in a short word make it another one. */
    return 3 * row[b.len] <= b.len ? row[b.len] : NEAR + 1;
}

/* The best guess so far at what was meant. */
struct guess {
    const char *word; /* a keyword, or an attribute with its '-' */
    size_t distance;
    size_t kept; /* bytes of the key that stand before WORD */
};

/* Is WORD what the rest of KEY after its first KEPT bytes should be? */
static void consider(struct guess *best, struct span key, size_t kept,
                     const char *word)
{
    size_t d = distance(span_skip(key, kept), span_str(word));

    if (d < best->distance)
        *best = (struct guess){word, d, kept};
}

char *config_keyword_suggest(const char *key)
{
    AUTO_STRBUF suggestion = {0};
    const size_t prefix_len = strlen(provider_prefix);
    const bool is_attribute =
        strncasecmp(key, provider_prefix, prefix_len) == 0;
    struct guess best = {NULL, NEAR + 1, 0};
    struct span whole = span_str(key);
    char *text = NULL;

    for (size_t i = 0; i < N_KEYWORDS; i++) {
        const char *suffix = attribute(&keywords[i]);

        if (keywords[i].scope == CONFIG_SCOPE_REMOVED)
            continue;
        if (suffix == NULL)
            consider(&best, whole, 0, keywords[i].name);
        else if (is_attribute)
            for (size_t at = prefix_len + 1; at < whole.len; at++)
                if (key[at] == '-')
                    consider(&best, whole, at, suffix);
    }
    if (best.word == NULL)
        return NULL;
    if (best.kept != 0) {
        strbuf_puts(&suggestion, provider_prefix);
        strbuf_put(&suggestion, key + prefix_len, best.kept - prefix_len);
    }
    strbuf_puts(&suggestion, best.word);
    return strbuf_take(&suggestion, &text) == 0 ? text : NULL;
}
