# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that does not come back keeps neither the socket nor, for long, the
# daemon, which names it and ends well.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> CHECKPIN
pin 123456
< OK
each signal TERM INT HUP
> SETDATA {digest}
< OK
shim delay C_Sign 600000
2> SETDATA {digest}
2< OK
2> PKSIGN --hash=sha256 P15.01
calls C_SignInit 1
signal {signal}
exit 0
socket-gone
log-has provider 'p' does not come back from C_Sign
unshim delay C_Sign 600000
start
> CHECKPIN
pin 123456
< OK
done
