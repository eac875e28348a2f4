# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Eight clients at once, each with its own data.
token demo
key p256 01 mykey
let grip = keygrip 01
start
> CHECKPIN
pin 123456
< OK
let d2 = random 32
2> SETDATA {d2}
2< OK
let d3 = random 32
3> SETDATA {d3}
3< OK
let d4 = random 32
4> SETDATA {d4}
4< OK
let d5 = random 32
5> SETDATA {d5}
5< OK
let d6 = random 32
6> SETDATA {d6}
6< OK
let d7 = random 32
7> SETDATA {d7}
7< OK
let d8 = random 32
8> SETDATA {d8}
8< OK
let d9 = random 32
9> SETDATA {d9}
9< OK
2> PKSIGN --hash=sha256 {grip}
3> PKSIGN --hash=sha256 {grip}
4> PKSIGN --hash=sha256 {grip}
5> PKSIGN --hash=sha256 {grip}
6> PKSIGN --hash=sha256 {grip}
7> PKSIGN --hash=sha256 {grip}
8> PKSIGN --hash=sha256 {grip}
9> PKSIGN --hash=sha256 {grip}
9data-verify 01 sha256 {d9}
9< OK
8data-verify 01 sha256 {d8}
8< OK
7data-verify 01 sha256 {d7}
7< OK
6data-verify 01 sha256 {d6}
6< OK
5data-verify 01 sha256 {d5}
5< OK
4data-verify 01 sha256 {d4}
4< OK
3data-verify 01 sha256 {d3}
3< OK
2data-verify 01 sha256 {d2}
2< OK
calls-total C_Login 1
