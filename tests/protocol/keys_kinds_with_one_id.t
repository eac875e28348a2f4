# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Keys of different kinds that share a CKA_ID do not get into each other's way.
token demo
key p256 01 small
key p384 01 large
key ed25519 02 edwards
key p256 02 weier
key rsa2048 02 rsa
let small = keygrip small
let large = keygrip large
let edwards = keygrip edwards
let weier = keygrip weier
let rsa = keygrip rsa
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {small}
pin 123456
data-verify small sha256 {digest}
< OK
> PKSIGN --hash=sha256 {large}
data-verify large sha256 {digest}
< OK
> PKSIGN --hash=sha256 {weier}
data-verify weier sha256 {digest}
< OK
> PKSIGN --hash=sha256 {edwards}
data-verify-eddsa edwards {digest}
< OK
> PKSIGN --hash=sha256 {rsa}
data-verify rsa sha256 {digest}
< OK
> GETATTR KEY-LABEL
<~ S KEY-LABEL {_} small
<~ S KEY-LABEL {_} large
<~ S KEY-LABEL {_} edwards
<~ S KEY-LABEL {_} weier
<~ S KEY-LABEL {_} rsa
< OK
