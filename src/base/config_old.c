/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Values that mean something because gnupg-pkcs11-scd 0.10 read them so. */
#include "base/config_old.h"

#include <string.h>
#include <unistd.h>

#include "base/str.h"

/* Cut VALUE off after LEN bytes, and blanks before that. */
static void cut(char *value, size_t len)
{
    while (len > 0 && strchr(" \t\r", value[len - 1]) != NULL)
        len--;
    value[len] = '\0';
}

static bool may_have_number_sign(const struct config_keyword *keyword)
{
    if (keyword->scope == CONFIG_SCOPE_PROVIDERS ||
        keyword->scope == CONFIG_SCOPE_REMOVED || keyword->expects == NULL)
        return false;
    return keyword->parse != config_value_debug_level &&
           keyword->parse != config_value_seconds &&
           keyword->parse != config_value_mask &&
           keyword->parse != config_value_grip &&
           keyword->parse != config_value_fingerprint &&
           keyword->parse != config_value_card_type;
}

void config_old_cut_comment(const struct config_keyword *keyword, char *value)
{
    if (!may_have_number_sign(keyword))
        cut(value, strcspn(value, "#"));
}

bool config_old_cut_path(const struct config_keyword *keyword, char *value)
{
    const size_t len = strcspn(value, "#");
    AUTO_FREE char *path = NULL;

    if (keyword->parse != config_value_library || value[0] != '/' ||
        value[len] == '\0' || access(value, F_OK) == 0)
        return false;
    path = strndup(value, len);
    if (path == NULL || access(path, F_OK) != 0)
        return false;
    cut(value, len);
    return true;
}

bool config_old_cut_number(const struct config_keyword *keyword, char *value)
{
    const char *digits = "0123456789";
    size_t begin = 0;
    size_t len = 0;

    if (keyword->parse == config_value_mask) {
        digits = "0123456789abcdefABCDEF";
        begin =
            str_has_prefix(value, "0x") || str_has_prefix(value, "0X") ? 2 : 0;
    } else if (keyword->parse == config_value_seconds) {
        begin = value[0] == '-' ? 1 : 0;
    } else {
        return false;
    }
    len = strspn(value + begin, digits);
    if (len == 0 || value[begin + len] == '\0')
        return false;
    value[begin + len] = '\0';
    return true;
}
