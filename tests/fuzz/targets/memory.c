/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Target: the file of what a login has shown of a token.  Its last line is a
 * hash, which no chance finds: it is put behind the input here. */
#include "keyring/memory.h"

#include <gcrypt.h>
#include <string.h>

#include "base/hex.h"
#include "base/secret.h"
#include "target.h"

#define SERIAL "FF500B00112233445566"

static void setup(void)
{
    static bool is_done;

    if (!is_done)
        TARGET_ASSERT(secret_setup() == 0);
    is_done = true;
}

/* What is taken is what would have been written. */
static void decode(struct span text)
{
    AUTO_MEMORY memory = {0};
    AUTO_STRBUF again = {0};

    if (memory_decode(text, SERIAL, &memory) != 0)
        return;
    TARGET_ASSERT(memory_encode(&memory, SERIAL, &again) == 0);
    TARGET_ASSERT(again.len == text.len &&
                  memcmp(again.text, text.data, text.len) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t hash[32];
    AUTO_FREE char *hex = NULL;
    AUTO_BYTES text = {0};

    setup();
    decode(span_make(data, size));
    gcry_md_hash_buffer(GCRY_MD_SHA256, hash, data, size);
    hex = hex_encode(span_make(hash, sizeof hash));
    TARGET_ASSERT(hex != NULL);
    TARGET_ASSERT(bytes_set(&text, span_make(data, size)) == 0 &&
                  bytes_append(&text, span_str("sha256 ")) == 0 &&
                  bytes_append(&text, span_str(hex)) == 0 &&
                  bytes_append(&text, span_str("\n")) == 0);
    decode(span_of(&text));
    return 0;
}
