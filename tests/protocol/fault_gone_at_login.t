# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that is gone at the login is a removed card, and is found again.
token demo
key rsa2048 01 mykey
let grip = keygrip 01
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
shim fail C_Login 1 CKR_TOKEN_NOT_PRESENT
> PKSIGN --hash=sha256 {grip}
pin 123456
< ERR {CARD_REMOVED} {_...}
> SERIALNO
<* OK
> PKSIGN --hash=sha256 {grip}
pin 123456
data-verify 01 sha256 {digest}
< OK
