# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key with nothing but a private object is known after the login.
token demo
key rsa2048 01 hidden nopub
key rsa2048 02 shown
let g1 = keygrip 01
let g2 = keygrip 02
let digest = hash sha256 616263
start
> KEYINFO --list
< S KEYINFO {g2} {_...}
< OK
> CHECKPIN
pin 123456
< OK
> KEYINFO --list
<~ S KEYINFO {g1} T {_} P15.01 {_}
<~ S KEYINFO {g2} {_...}
< OK
> READKEY {g1}
data-is-key 01
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {g1}
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 1
