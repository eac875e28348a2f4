# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that does not come back keeps neither the socket nor, for long, the
# daemon.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> CHECKPIN
pin 123456
< OK
> SETDATA {digest}
< OK
shim delay C_Sign 600000
2> SETDATA {digest}
2< OK
2> PKSIGN --hash=sha256 P15.01
calls C_SignInit 1
signal TERM
exit -14
socket-gone
