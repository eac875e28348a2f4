# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Who does not want to wait for a module that does not come back sends a second
# signal.  The end of the first client after the first one is not taken for it.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> CHECKPIN
pin 123456
< OK
2> SETDATA {digest}
2< OK
shim delay C_Sign 600000
2> PKSIGN --hash=sha256 P15.01
calls C_SignInit 1
signal TERM
run for i in $(seq 1000); do [ -e {socket} ] || exit 0; sleep 0.01; done; exit 1
sleep 200
signal TERM
exit -15
socket-gone
log-excludes does not come back
