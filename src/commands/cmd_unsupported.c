/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Commands of scdaemon that this daemon does not offer: each says so. */
#include "commands/client.h"
#include "commands/table.h"

static gpg_error_t not_supported(assuan_context_t ctx, char *line)
{
    (void)line;
    return client_error(assuan_get_pointer(ctx), GPG_ERR_NOT_SUPPORTED,
                        "use the token's own tool for that");
}

#define UNSUPPORTED(variable, name, text)                 \
    const struct command variable = {name, not_supported, \
                                     name "\n\nNot supported: " text}

UNSUPPORTED(command_writecert, "WRITECERT",
            "certificates are stored with the token's tool.");
UNSUPPORTED(command_writekey, "WRITEKEY",
            "keys are imported with the token's tool.");
UNSUPPORTED(command_apdu, "APDU", "PKCS#11 has no way to send one.");
