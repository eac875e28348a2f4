# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token whose objects could not be read yet may have the key that is asked for:
# it is read again in the middle of a row of unknown keys.
token demo
key rsa2048 01 mykey
let grip = keygrip 01
shim fail C_OpenSession 1 CKR_SESSION_COUNT 3
start
> READKEY 00112233445566778899AABBCCDDEEFF00112233
< ERR {NO_SECKEY} {_...}
> READKEY {grip}
< ERR {NO_SECKEY} {_...}
> READKEY {grip}
data-is-key 01
< OK
