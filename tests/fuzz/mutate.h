/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A line that was changed a little, or more. */
#ifndef FUZZ_MUTATE_H
#define FUZZ_MUTATE_H

#include "rng.h"
#include "text.h"

/* Change LINE once or several times.  It may become several lines. */
void mutate(struct rng *rng, struct text *line);

#endif
