# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# "pin-cache 0" with two clients inside at the same time: the token is not
# logged out under the operation of the other one, but after the last.
token demo
key rsa2048 01 plain
key rsa2048 02 careful aa
config pin-cache 0
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
2> SETDATA {digest}
2< OK
# The token is logged in to, and the key's own login fails: it asks again, so
# that this client is inside for as long as nobody types.
shim fail C_Login 2 CKR_PIN_INCORRECT
> PKSIGN --hash=sha256 P15.02
pin 123456
< INQUIRE NEEDPIN ||That PIN was wrong.{_:.*}this one signature{_...}
2> PKSIGN --hash=sha256 P15.01
2data-verify 01 sha256 {digest}
2< OK
calls C_Login 0
calls C_Logout 0
# What was refused is not sent again, although it is right now.
> D 123456
> END
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
> CAN
< ERR {CANCELED} {_...}
calls-total C_Login 2
calls-total C_Logout 1
