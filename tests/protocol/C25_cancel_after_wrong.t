# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Somebody who thinks better of it after one wrong PIN has used one try of
# three: nothing is tried in the background, now or at the next prompt.
token demo
key rsa2048 01 mykey
key rsa2048 02 careful aa
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 654321
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
> CAN
< ERR {CANCELED} {_...}
calls C_Login 1
> KEYINFO --list
<* OK
> LEARN --force
<* OK
> SERIALNO
<* OK
> RESTART
< OK
calls-total C_Login 1
> SETDATA {digest}
< OK
shim token-flags +CKF_USER_PIN_FINAL_TRY
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN ||1 try is left: one more wrong PIN locks the token!{_...}
> CAN
< ERR {CANCELED} {_...}
calls-total C_Login 1
unshim token-flags +CKF_USER_PIN_FINAL_TRY
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 2
# A key that wants it at each use.
> PKSIGN --hash=sha256 P15.02
pin 654321
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
> CAN
< ERR {CANCELED} {_...}
calls C_Login 1
calls-total C_Login 3
