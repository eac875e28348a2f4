# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that cannot lock gets one call at a time from both configurations,
# while a command that began before the reload is in the module: the shim ends
# the daemon if two calls overlap.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
shim cannot-lock
start
> CHECKPIN
pin 123456
< OK
2> SETDATA {digest}
2< OK
shim delay C_Sign 2000
2> PKSIGN --hash=sha256 P15.01
calls C_SignInit 1
> RELOADCONF
< OK
> LEARN --force
2data-verify 01 sha256 {digest}
2< OK
<~ S KEYPAIRINFO {_} P15.01 {_...}
<* OK
calls-total C_Finalize 0
