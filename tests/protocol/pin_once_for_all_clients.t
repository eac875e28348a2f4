# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# One PIN is enough for all keys and all clients.
token demo
key rsa2048 01 first
key p256 02 second
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
2> SETDATA {digest}
2< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
2> PKSIGN --hash=sha256 P15.02
2data-verify 02 sha256 {digest}
2< OK
> PKAUTH P15.02
data-verify 02 sha256 {digest}
< OK
3> CHECKPIN
3< OK
calls-total C_Login 1
