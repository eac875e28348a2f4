# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Two tokens with the same CKA_ID: KEYINFO has both; a reference means the key
# of the chosen card, a keygrip the same key everywhere.
token one
key rsa2048 01 k1
token two
key rsa2048 01 k2
let g1 = keygrip k1
let g2 = keygrip k2
let digest = hash sha256 616263
start
> KEYINFO --list
<~ S KEYINFO {g1} T {one} P15.01 {_}
<~ S KEYINFO {g2} T {two} P15.01 {_}
< OK
run test {one} != {two}
> SERIALNO --demand={one}
<* OK
> READKEY P15.01
data-is-key k1
< OK
> READKEY {g2}
data-is-key k2
< OK
> SERIALNO --demand={two}
<* OK
> READKEY P15.01
data-is-key k2
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_:.*}Token: two{_...}
> D 123456
> END
data-verify k2 sha256 {digest}
< OK
# Each token has its own PIN.
> PKSIGN --hash=sha256 {g1}
< INQUIRE NEEDPIN {_:.*}Token: one{_...}
> D 123456
> END
data-verify k1 sha256 {digest}
< OK
calls-total C_Login 2
# A key that only the other card has is not this card's.
shim absent two
> SERIALNO
< S SERIALNO {one}
< OK
> KEYINFO {g2}
< ERR {NOT_FOUND} {_...}
> KEYINFO {g1}
< S KEYINFO {g1} T {one} P15.01 {_}
< OK
