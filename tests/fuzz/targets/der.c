/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Target: DER structures, digests, curves and their points. */
#include "base/der.h"

#include <string.h>

#include "base/secret.h"
#include "keyring/curve.h"
#include "keyring/digestinfo.h"
#include "target.h"

static void setup(void)
{
    static bool is_done;

    if (!is_done)
        TARGET_ASSERT(secret_setup() == 0);
    is_done = true;
}

/* Every element in a row, and the first one within each. */
static void walk(struct span in)
{
    struct span inner = in;
    struct span contents = {0};
    uint8_t tag = 0;

    while (der_take(&in, &tag, &contents))
        TARGET_ASSERT(contents.data + contents.len == in.data);
    while (der_take(&inner, &tag, &contents))
        inner = contents;
}

static void decode_points(struct span encoded)
{
    const struct curve *curve = NULL;

    for (size_t i = 0; (curve = curve_at(i)) != NULL; i++) {
        AUTO_BYTES point = {0};

        if (curve_decode_point(curve, encoded, &point) == 0)
            TARGET_ASSERT(point.len == (curve->form == CURVE_WEIERSTRASS
                                            ? 2 * curve->field_len + 1
                                            : curve->field_len));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct span in = span_make(data, size);
    const struct digest_algo *algo = NULL;
    struct span digest = {0};

    setup();
    walk(in);
    algo = digestinfo_parse(in, &digest);
    if (algo != NULL)
        TARGET_ASSERT(digest.len == algo->len &&
                      digest.data + digest.len == data + size);
    (void)curve_from_params(in);
    (void)curve_from_name(in);
    decode_points(in);
    return 0;
}
