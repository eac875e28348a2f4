# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# PASSWD --clear: the PIN is asked for again, whoever is next.  gpg-auth sends
# the number of a PIN and a keygrip.
token one
key rsa2048 01 k1
token two
key rsa2048 02 k2
let g1 = keygrip k1
let g2 = keygrip k2
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {g1}
pin 123456
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 {g2}
pin 123456
data-verify 02 sha256 {digest}
< OK
> PASSWD --clear OPENPGP.2 {g1}
< OK
calls C_Logout 1
calls C_SetPIN 0
> GETATTR CHV-STATUS {g1}
< S CHV-STATUS -2
< OK
2> SETDATA {digest}
2< OK
2> PKSIGN --hash=sha256 {g1}
2pin 123456
2data-verify 01 sha256 {digest}
2< OK
> PKSIGN --hash=sha256 {g2}
data-verify 02 sha256 {digest}
< OK
calls-any 2
calls-total C_Login 3
# The other one, and a second time, which is as good.
> PASSWD --clear {g2}
< OK
> PASSWD --clear {g2}
< OK
> PKSIGN --hash=sha256 {g1}
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 {g2}
pin 123456
data-verify 02 sha256 {digest}
< OK
# A module that does not log out: the login goes with the last session.
shim fail C_Logout 1 CKR_FUNCTION_NOT_SUPPORTED
> PASSWD --clear {g1}
< OK
> PKSIGN --hash=sha256 {g1}
pin 123456
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 5
