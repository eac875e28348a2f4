# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# tpm2-pkcs11 takes the flag for locks and does not lock everything: it is
# known by what it says of itself, and called by one at a time.  The shim ends
# the daemon if two calls overlap.
token demo
key rsa2048 01 mykey
shim info tpm2-software.github.io; TPM2.0 Cryptoki
shim no-overlap
shim delay C_Sign 20
shim delay C_OpenSession 5
let digest = hash sha256 616263
start
> CHECKPIN
pin 123456
< OK
calls C_Login 1
calls-total C_Initialize 1
calls-total C_GetInfo 1
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
calls-total C_Login 1
