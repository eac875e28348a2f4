# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The token numbered its objects anew: the key is looked for again.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
shim fail C_SignInit 1 CKR_KEY_HANDLE_INVALID
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls C_FindObjectsInit 1
shim fail C_SignInit 1 CKR_OBJECT_HANDLE_INVALID
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
shim fail C_Sign 1 CKR_OBJECT_HANDLE_INVALID
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-any 2
shim fail C_SignInit 1 CKR_OBJECT_HANDLE_INVALID *
> PKSIGN --hash=sha256 P15.01
< ERR {NO_SECKEY} {_...}
unshim fail C_SignInit 1 CKR_OBJECT_HANDLE_INVALID *
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 1
