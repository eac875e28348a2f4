# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# An EC key with nothing but a private object has no public value to show:
# without a certificate it cannot be offered, and the log says so; with one it
# can.
token demo
key p256 01 lonely nopub
key p256 02 certified nopub cert
let g1 = keygrip 01
let g2 = keygrip 02
let digest = hash sha256 616263
start
> KEYINFO --list
< S KEYINFO {g2} {_...}
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {g2}
pin 123456
data-verify 02 sha256 {digest}
< OK
log-has left out: private key 'lonely' with CKA_ID 01: the token shows no public key
> PKSIGN --hash=sha256 {g1}
< ERR {NO_SECKEY} {_...}
> PKSIGN --hash=sha256 P15.01
< ERR {NOT_FOUND} {_...}
