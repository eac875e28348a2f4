# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Before the login a token shows public halves only: those keys are offered, and
# what turns out to have no private key is taken back after it.
token demo
key rsa2048 01 whole
key rsa2048 02 half
delete 02 priv
let g1 = keygrip 01
let g2 = keygrip 02
let digest = hash sha256 616263
start
> KEYINFO --list
<~ S KEYINFO {g1} {_...}
<~ S KEYINFO {g2} {_...}
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.02
pin 123456
< ERR {NO_SECKEY} {_...}
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
> KEYINFO --list
< S KEYINFO {g1} {_...}
< OK
> KEYINFO {g2}
< ERR {NOT_FOUND} {_...}
calls-total C_Login 1
