# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A signature that the token works at is finished as it began; the token is
# logged out after it.
token demo
key rsa2048 01 mykey
let grip = keygrip 01
let digest = hash sha256 616263
start
> CHECKPIN
pin 123456
< OK
2> SETDATA {digest}
2< OK
shim delay C_Sign 2000
2> PKSIGN --hash=sha256 {grip}
calls C_SignInit 1
config card-type pkcs11
> RELOADCONF
< OK
calls C_Logout 0
calls C_Finalize 0
3> SERIALNO
3< S SERIALNO {_:D27600012401[0-9A-F]+}
3< OK
2data-verify 01 sha256 {digest}
2< OK
calls C_Logout 1
unshim delay C_Sign 2000
calls-total C_Initialize 1
3> SETDATA {digest}
3< OK
3> PKSIGN --hash=sha256 {grip}
3pin 123456
3data-verify 01 sha256 {digest}
3< OK
