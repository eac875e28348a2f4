/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Known faults of modules, as data: what no answer of a module tells. */
#include "pkcs11/quirks.h"

#include "base/log.h"
#include "base/str.h"

/* One bit each. */
enum quirk {
    /* Takes CKF_OS_LOCKING_OK and is not safe with calls at the same time. */
    QUIRK_SERIALISE = 1 << 0
};

/* A fault that shows in an answer is dealt with where the answer is, for every
 * module; only what cannot be seen in time has a row here. */
static const struct row {
    const char *manufacturer;
    const char *description;
    unsigned quirks;
} rows[] = {
    /* tpm2-pkcs11: its table of sessions has no lock (seen in 1.9.0, the same
     * in 1.10.1).  Two that are opened at once can be one, with
     * CKR_OPERATION_ACTIVE to follow; one that is closed is pulled away from
     * under a call on another. */
    {"tpm2-software.github.io", "TPM2.0 Cryptoki", QUIRK_SERIALISE}};

static bool field_is(const CK_UTF8CHAR *field, size_t size, const char *text)
{
    AUTO_FREE char *value = str_from_field(field, size);

    return value != NULL && str_equal(value, text);
}

/* The quirks of the module that says INFO of itself. */
static unsigned find(const CK_INFO *info)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (field_is(info->manufacturerID, sizeof info->manufacturerID,
                     rows[i].manufacturer) &&
            field_is(info->libraryDescription, sizeof info->libraryDescription,
                     rows[i].description))
            return rows[i].quirks;
    return 0;
}

void quirks_apply(struct library *library)
{
    if ((find(&library->info) & QUIRK_SERIALISE) == 0 || library->serialised)
        return;
    log_verbose("provider '%s' is not safe with several calls at a time: its "
                "calls are serialised",
                library->name);
    library->serialised = true;
}
