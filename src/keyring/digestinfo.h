/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Digests as gpg-agent hands them over: bare, or in a DER DigestInfo (RFC
 * 8017, section 9.2). */
#ifndef KEYRING_DIGESTINFO_H
#define KEYRING_DIGESTINFO_H

#include "base/bytes.h"

struct digest_algo {
    const char *name;   /* as in PKSIGN --hash=NAME */
    struct span prefix; /* of the DigestInfo, up to the digest */
    size_t len;         /* of the digest, bytes */
};

/* NULL if there is no such algorithm. */
const struct digest_algo *digest_algo_from_name(const char *name);

/* The algorithm of DATA if that is a complete DigestInfo, its digest in
 * RET_DIGEST; NULL if it is not. */
const struct digest_algo *digestinfo_parse(struct span data,
                                           struct span *ret_digest);

/* The I-th algorithm, NULL past the last. */
const struct digest_algo *digest_algo_at(size_t i);

#endif
