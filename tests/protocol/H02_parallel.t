# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Eight clients of one token are in C_Sign at once, and in C_Decrypt: none waits
# for another, so that eight get eight times what one gets of a token that takes
# its time.  Here each of the eight calls waits for the seven others.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
let plain = random 32
let c = rsa-encrypt 01 {plain}
start
> CHECKPIN
pin 123456
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
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
7> SETDATA {digest}
7< OK
8> SETDATA {digest}
8< OK
9> SETDATA {digest}
9< OK
shim gather C_Sign 8
2> PKSIGN --hash=sha256 P15.01
3> PKSIGN --hash=sha256 P15.01
4> PKSIGN --hash=sha256 P15.01
5> PKSIGN --hash=sha256 P15.01
6> PKSIGN --hash=sha256 P15.01
7> PKSIGN --hash=sha256 P15.01
8> PKSIGN --hash=sha256 P15.01
9> PKSIGN --hash=sha256 P15.01
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
7data-verify 01 sha256 {digest}
7< OK
8data-verify 01 sha256 {digest}
8< OK
9data-verify 01 sha256 {digest}
9< OK
calls-total C_Login 1
unshim gather C_Sign 8
2setdata {c}
3setdata {c}
4setdata {c}
5setdata {c}
6setdata {c}
7setdata {c}
8setdata {c}
9setdata {c}
shim gather C_Decrypt 8
2> PKDECRYPT P15.01
3> PKDECRYPT P15.01
4> PKDECRYPT P15.01
5> PKDECRYPT P15.01
6> PKDECRYPT P15.01
7> PKDECRYPT P15.01
8> PKDECRYPT P15.01
9> PKDECRYPT P15.01
2< S PADDING 0
2data-is {plain}
2< OK
3< S PADDING 0
3data-is {plain}
3< OK
4< S PADDING 0
4data-is {plain}
4< OK
5< S PADDING 0
5data-is {plain}
5< OK
6< S PADDING 0
6data-is {plain}
6< OK
7< S PADDING 0
7data-is {plain}
7< OK
8< S PADDING 0
8data-is {plain}
8< OK
9< S PADDING 0
9data-is {plain}
9< OK
# Nor does what no token is asked for wait.
shim gather C_Sign 2
2> SETDATA {digest}
2< OK
2> PKSIGN --hash=sha256 P15.01
calls C_SignInit 1
3> KEYINFO --list
3<* OK
> READKEY P15.01
data-is-key 01
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
2data-verify 01 sha256 {digest}
2< OK
