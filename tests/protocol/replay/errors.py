# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""GnuPG's error codes by name, as the daemon sends them: from the source
SCD."""

SOURCE_SCD = 6 << 24
SYSTEM_ERROR = 1 << 15

CODES = {
    'BAD_PUBKEY': 6, 'BAD_SIGNATURE': 8, 'NO_SECKEY': 17, 'NOT_FOUND': 27,
    'INV_VALUE': 55, 'NO_DATA': 58, 'NOT_SUPPORTED': 60, 'TOO_LARGE': 67,
    'CONFLICT': 70, 'INV_DATA': 79, 'UNSUPPORTED_ALGORITHM': 84,
    'BAD_PIN': 87, 'INV_NAME': 88, 'CANCELED': 99, 'AMBIGUOUS_NAME': 107,
    'CARD': 108, 'CARD_RESET': 109, 'CARD_REMOVED': 110, 'CARD_NOT_PRESENT': 112,
    'INV_HANDLE': 73, 'INV_ID': 118, 'WRONG_KEY_USAGE': 125, 'MISSING_VALUE': 128,
    'PIN_BLOCKED': 130, 'INV_LENGTH': 139, 'DECRYPT_FAILED': 152,
    'NOT_LOCKED': 167, 'LOCKED': 173, 'UNKNOWN_COMMAND': 175,
    'NO_PIN': 178, 'UNKNOWN_CURVE': 188, 'FALSE': 256, 'LINE_TOO_LONG': 263,
    'TOO_MUCH_DATA': 273, 'UNKNOWN_CMD': 275, 'ASS_SYNTAX': 276,
    'PARAMETER': 280,
    'ENODEV': SYSTEM_ERROR | 80,
}

NAMES = {name: str(SOURCE_SCD | code) for name, code in CODES.items()}
