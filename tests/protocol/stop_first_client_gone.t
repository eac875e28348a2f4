# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The daemon ends when its first client is killed, also while a module does not
# come back.  Who only has nothing more to say gets the answer.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> CHECKPIN
pin 123456
< OK
> SETDATA {digest}
< OK
shim delay C_Sign 5000
> PKSIGN --hash=sha256 P15.01
eof
data-verify 01 sha256 {digest}
< OK
exit 0
socket-gone
unshim delay C_Sign 5000
start
> CHECKPIN
pin 123456
< OK
> SETDATA {digest}
< OK
shim delay C_Sign 600000
> PKSIGN --hash=sha256 P15.01
calls C_SignInit 1
gone
exit 0
socket-gone
log-has provider 'p' does not come back from C_Sign
