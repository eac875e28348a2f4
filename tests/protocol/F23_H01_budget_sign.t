# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A signature, once the PIN is known, is two calls of the module for every kind
# of key, for PKSIGN and PKAUTH, by any name, also after RESTART.
token demo
key rsa2048 01 rsa
key p256 02 p256
key p521 03 p521
key ed25519 04 ed
let grip = keygrip 03
let digest = hash sha256 616263
let info = digestinfo sha256 {digest}
start
> CHECKPIN
pin 123456
< OK
> SETDATA {info}
< OK
# The first use of a key finds it.
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-any 2
calls C_SignInit 1
calls C_Sign 1
> PKAUTH P15.01
data-verify 01 sha256 {digest}
< OK
calls-any 2
calls C_SignInit 1
calls C_Sign 1
> PKSIGN --hash=sha256 P15.02
data-verify 02 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.02
data-verify 02 sha256 {digest}
< OK
calls-any 2
calls C_SignInit 1
calls C_Sign 1
> PKAUTH P15.02
data-verify 02 sha256 {digest}
< OK
calls-any 2
calls C_SignInit 1
calls C_Sign 1
> PKSIGN --hash=sha256 {grip}
data-verify 03 sha256 {digest}
< OK
> PKSIGN --hash=sha256 {grip}
data-verify 03 sha256 {digest}
< OK
calls-any 2
calls C_SignInit 1
calls C_Sign 1
> PKAUTH {grip}
data-verify 03 sha256 {digest}
< OK
calls-any 2
calls C_SignInit 1
calls C_Sign 1
> PKSIGN --hash=sha256 P15.04
data-verify-eddsa 04 {digest}
< OK
> PKSIGN --hash=sha256 P15.04
data-verify-eddsa 04 {digest}
< OK
calls-any 2
calls C_SignInit 1
calls C_Sign 1
> PKAUTH P15.04
data-verify-eddsa 04 {digest}
< OK
calls-any 2
calls C_SignInit 1
calls C_Sign 1
> RESTART
< OK
calls-any 0
> SETDATA {info}
< OK
> SERIALNO --all
<* OK
> KEYINFO {grip}
<* OK
calls-any 0
> PKSIGN --hash=sha256 {grip}
data-verify 03 sha256 {digest}
< OK
calls-any 2
# Another client has it as cheap.
2> SETDATA {info}
2< OK
2> PKSIGN --hash=sha256 {grip}
2data-verify 03 sha256 {digest}
2< OK
calls-any 2
calls-total C_Login 1
