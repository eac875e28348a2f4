# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# PASSWD: the current PIN, then the new one; after that only the new one works.
# Nobody logs in for it, and what was not logged in stays so.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> PASSWD  1
< INQUIRE NEEDPIN ||Please enter the current PIN to change it.%0A%0AToken: demo%0ASerial: {serial}
calls C_SetPIN 0
> D 123456
> END
< INQUIRE NEEDPIN |N|Please enter a new PIN for the token.%0A%0AToken: demo%0ASerial: {serial}
calls C_SetPIN 0
> D new-pin-1
> END
< OK
calls C_SetPIN 1
calls C_Login 0
> GETATTR CHV-STATUS
< S CHV-STATUS -2
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
> D new-pin-1
> END
data-verify 01 sha256 {digest}
< OK
# Logged in, it stays logged in: SoftHSM does that.
> PASSWD
pin new-pin-1
pin new-pin-2
< OK
calls C_SetPIN 1
calls C_Login 0
> GETATTR CHV-STATUS
< S CHV-STATUS -5
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls C_Login 0
> DISCONNECT
< OK
> CHECKPIN
pin new-pin-2
< OK
calls-total C_SetPIN 2
