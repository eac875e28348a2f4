# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Keys that want the PIN at every use, of each kind; three wrong PINs end it.
token demo
key p256 01 p256 aa
key ed25519 02 ed aa
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.02
pin 123456
data-verify-eddsa 02 {digest}
< OK
> PKSIGN --hash=sha256 P15.02
pin 654321
pin 654322
pin 654323
< ERR {BAD_PIN} {_...}
calls C_Login 3
# The token is logged in for other keys' use still.
> GETATTR CHV-STATUS
< S CHV-STATUS -5
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_Login 1
