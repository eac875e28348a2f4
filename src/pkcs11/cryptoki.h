/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The PKCS#11 types and constants, with those that the header we build
 * against may be too old to have, or has with another number. */
#ifndef PKCS11_CRYPTOKI_H
#define PKCS11_CRYPTOKI_H

#include <p11-kit/pkcs11.h>

/* PKCS#11 3.0, sections 2.3.5 and 2.3.10; 3.1 for the Montgomery key type. */
#ifndef CKK_EC_EDWARDS
#define CKK_EC_EDWARDS 0x40UL
#endif
#ifndef CKK_EC_MONTGOMERY
#define CKK_EC_MONTGOMERY 0x41UL
#endif
#ifndef CKM_EDDSA
#define CKM_EDDSA 0x1057UL
#endif
#ifndef CKD_NULL
#define CKD_NULL 1UL
#endif
#ifndef CKA_PUBLIC_KEY_INFO
#define CKA_PUBLIC_KEY_INFO 0x129UL
#endif
#ifndef CK_UNAVAILABLE_INFORMATION
#define CK_UNAVAILABLE_INFORMATION ((CK_ULONG)-1)
#endif

/* p11-kit's header has numbers for these that no module uses: PKCS#11 2.40
 * with errata 01, and 3.0. */
#undef CKR_EXCEEDED_MAX_ITERATIONS
#undef CKR_FIPS_SELF_TEST_FAILED
#undef CKR_LIBRARY_LOAD_FAILED
#undef CKR_PIN_TOO_WEAK
#undef CKR_PUBLIC_KEY_INVALID
#define CKR_EXCEEDED_MAX_ITERATIONS 0x1b5UL
#define CKR_FIPS_SELF_TEST_FAILED 0x1b6UL
#define CKR_LIBRARY_LOAD_FAILED 0x1b7UL
#define CKR_PIN_TOO_WEAK 0x1b8UL
#define CKR_PUBLIC_KEY_INVALID 0x1b9UL

#endif
