# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# "pin-cache 0": each operation asks, and the token is logged out after it; what
# a login has shown stays known.
token demo
key rsa2048 01 mykey
delete 01 pub
config pin-cache 0
let digest = hash sha256 616263
let grip = keygrip 01
start
> SETDATA {digest}
< OK
> CHECKPIN
pin 123456
< OK
calls C_Login 1
calls C_Logout 1
each time 1 2
> PKSIGN --hash=sha256 {grip}
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_Login 1
calls C_Logout 1
calls C_GetSlotList 0
done
# A login that was refused is none to end.
> PKSIGN --hash=sha256 {grip}
pin 654321
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
> CAN
< ERR {CANCELED} {_...}
calls C_Logout 0
# Looking at the token neither asks nor logs out, and loses nothing.
> SERIALNO
<* OK
> KEYINFO {grip}
< S KEYINFO {grip} {_...}
< OK
calls C_Logout 0
> GETATTR CHV-STATUS
< S CHV-STATUS -2
< OK
