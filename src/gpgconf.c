/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What gpgconf(1) asks a program of GnuPG. */
#include "gpgconf.h"

#include <stdio.h>
#include <string.h>

#include "base/config_dump.h"
#include "base/config_keyword.h"
#include "base/str.h"
#include "settings.h"

/* The flags of a line, as gpgconf's manual has them. */
enum { FLAG_LIST = 4, FLAG_DEFAULT = 16 };

/* TEXT as a field of a line. */
static void put_field(const char *text)
{
    for (const char *p = text; *p != '\0'; p++)
        if (*p == '%' || *p == ':' || *p == ',' || (unsigned char)*p < ' ')
            (void)printf("%%%02X", (unsigned)*p);
        else
            (void)putchar(*p);
}

/* gpgconf of GnuPG 2.2 was told the file like that. */
static gpg_error_t list_file(const struct options *options,
                             const struct config *config)
{
    AUTO_FREE char *file = NULL;
    gpg_error_t err = settings_file(options, config, &file);

    if (err != 0)
        return err;
    (void)printf("gpgconf-gnupg-pkcs11-scd.conf:%d:\"", FLAG_DEFAULT);
    put_field(file);
    (void)puts(":");
    return 0;
}

static void list_keyword(const struct config_keyword *keyword,
                         const struct config *defaults)
{
    const void *target = (const char *)defaults + keyword->offset;
    const int list = config_keyword_is_list(keyword) ? FLAG_LIST : 0;

    (void)printf("%s:", keyword->name);
    if (keyword->parse == config_value_seconds)
        (void)printf("%d:%d:\n", FLAG_DEFAULT, *(const int *)target);
    else if (keyword->parse == config_value_debug_level)
        (void)printf("%d:\"none:\n", FLAG_DEFAULT);
    else
        (void)printf("%d:\n", list);
}

bool gpgconf_list(const struct options *options)
{
    struct options unread = *options;
    AUTO_CONFIG config = {0};
    AUTO_CONFIG defaults = {0};
    const char *name = NULL;

    config_init(&config);
    config_init(&defaults);
    /* What is in the file does not matter here. */
    unread.no_config = true;
    if (settings_read(&unread, &config) != 0 ||
        list_file(options, &config) != 0)
        return false;
    for (size_t i = 0; (name = config_keyword(i)) != NULL; i++) {
        struct span provider = {0};
        const struct config_keyword *keyword =
            config_keyword_find(name, &provider);

        /* Those of a provider are no fixed names. */
        if (keyword->scope == CONFIG_SCOPE_GLOBAL ||
            keyword->scope == CONFIG_SCOPE_PROVIDERS)
            list_keyword(keyword, &defaults);
    }
    return fflush(stdout) == 0;
}

bool gpgconf_test(const struct options *options)
{
    AUTO_CONFIG config = {0};
    gpg_error_t err = 0;

    config_init(&config);
    err = settings_read(options, &config);
    log_open_plain();
    return err == 0 && !config_has_mistakes(&config);
}
