/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Target: a configuration file. */
#include "base/config.h"

#include <stdio.h>

#include "base/str.h"
#include "pkcs11/uri.h"
#include "target.h"

/* What the reader let through means something to those who use it. */
static void must_be_uris(const struct config_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        AUTO_URI *uri = NULL;

        TARGET_ASSERT(uri_parse(list->items[i], &uri) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO_CONFIG config = {0};
    struct config_result result = {0};
    /* An empty one cannot be made. */
    FILE *file = fmemopen(NULL, size + 1, "w+");

    TARGET_ASSERT(file != NULL && fwrite(data, 1, size, file) == size);
    rewind(file);
    config_init(&config);
    (void)!config_read_stream(&config, file, "fuzzed.conf", &result);
    (void)fclose(file);
    for (size_t i = 0; i < config.n_providers; i++)
        TARGET_ASSERT(config.providers[i].library != NULL);
    must_be_uris(&config.match_uris);
    must_be_uris(&config.pin_sources);
    return 0;
}
