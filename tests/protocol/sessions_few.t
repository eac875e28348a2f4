# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token whose sessions run out, without having said how many there are: those
# that wait get their turn.
token demo
key p256 01 mykey
let digest = hash sha256 616263
shim fail C_OpenSession 3 CKR_SESSION_COUNT *
shim delay C_Sign 20
start
> CHECKPIN
pin 123456
< OK
2> SETDATA {digest}
2< OK
3> SETDATA {digest}
3< OK
4> SETDATA {digest}
4< OK
5> SETDATA {digest}
5< OK
6> SETDATA {digest}
6< OK
2> PKSIGN --hash=sha256 P15.01
3> PKSIGN --hash=sha256 P15.01
4> PKSIGN --hash=sha256 P15.01
5> PKSIGN --hash=sha256 P15.01
6> PKSIGN --hash=sha256 P15.01
2data-verify 01 sha256 {digest}
2< OK
3data-verify 01 sha256 {digest}
3< OK
4data-verify 01 sha256 {digest}
4< OK
5data-verify 01 sha256 {digest}
5< OK
6data-verify 01 sha256 {digest}
6< OK
