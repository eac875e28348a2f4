# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The same for decryption, where the wrong key shows as a failure at most: the
# right one is looked for at the next use.
token demo
key rsa2048 01 one
key rsa2048 02 two
let plain = random 32
let c = rsa-encrypt 01 {plain}
start
setdata {c}
> PKDECRYPT P15.01
pin 123456
< S PADDING 0
data-is {plain}
< OK
shim exchange 01 02
shim fail C_Decrypt 1 CKR_ENCRYPTED_DATA_INVALID
> PKDECRYPT P15.01
< ERR {DECRYPT_FAILED} {_...}
> PKDECRYPT P15.01
< S PADDING 0
data-is {plain}
< OK
calls C_FindObjectsInit 1
