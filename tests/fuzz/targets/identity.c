/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Target: references to keys as clients write them. */
#include "keyring/identity.h"

#include <string.h>

#include "base/isotime.h"
#include "keyring/identity_text.h"
#include "target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO_FREE char *name = target_string(data, size);
    AUTO_FREE char *ref = NULL;
    AUTO_FREE char *again = NULL;
    AUTO_BYTES upstream = {0};
    AUTO_BYTES uri = {0};
    uint32_t time = 0;

    /* There is one spelling. */
    if (identity_canonical_ref(name, &ref) == 0)
        TARGET_ASSERT(identity_canonical_ref(ref, &again) == 0 &&
                      strcmp(ref, again) == 0);
    (void)identity_is_historic_serial(name);
    (void)!identity_text_from_upstream(span_make(data, size), &upstream);
    (void)!identity_text_from_uri(span_make(data, size), &uri);
    (void)!isotime_parse(span_make(data, size), &time);
    return 0;
}
