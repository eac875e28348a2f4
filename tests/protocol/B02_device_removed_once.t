# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The module says once that the device was removed, and it is there again at
# once, still logged in.
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
shim fail C_Sign 1 CKR_DEVICE_REMOVED
> PKSIGN --hash=sha256 P15.01
< ERR {CARD_REMOVED} {_...}
> SERIALNO
< S SERIALNO {sn}
< OK
> KEYINFO --list
< S KEYINFO {_} T {sn} P15.01 {_}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 1
