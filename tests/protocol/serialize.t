# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that takes CKF_OS_LOCKING_OK and still cannot have two calls at a time
# gets one, if its provider says so: else the shim ends the daemon.
token demo
key rsa2048 01 mykey
shim no-overlap
shim delay C_Sign 20
shim delay C_FindObjects 5
config provider-p-serialize
let digest = hash sha256 616263
start
> CHECKPIN
pin 123456
< OK
calls-total C_Initialize 1
log-has its calls are serialised
2> SETDATA {digest}
2< OK
3> SETDATA {digest}
3< OK
4> SETDATA {digest}
4< OK
5> SETDATA {digest}
5< OK
2> PKSIGN --hash=sha256 P15.01
3> PKSIGN --hash=sha256 P15.01
4> PKSIGN --hash=sha256 P15.01
5> PKSIGN --hash=sha256 P15.01
> LEARN --force
2data-verify 01 sha256 {digest}
2< OK
3data-verify 01 sha256 {digest}
3< OK
4data-verify 01 sha256 {digest}
4< OK
5data-verify 01 sha256 {digest}
5< OK
<* OK
