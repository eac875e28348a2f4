# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key that wants its PIN at each use takes one call more than another: the login
# for that use.  What the token said last is believed while nothing says that it
# is near to being locked; then it is asked before each dialog.
token demo
key rsa2048 01 careful aa
key p256 02 curve aa
let digest = hash sha256 616263
let plain = random 32
let cipher = rsa-encrypt 01 {plain}
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
<* OK
> PKSIGN --hash=sha256 P15.02
pin 123456
<* OK
each key 01 02
> PKSIGN --hash=sha256 P15.{key}
pin 123456
data-verify {key} sha256 {digest}
< OK
calls-any 3
calls C_SignInit 1
calls C_Login 1
calls C_Sign 1
> PKAUTH P15.{key}
pin 123456
<* OK
calls-any 3
done
setdata {cipher}
> PKDECRYPT P15.01
pin 123456
< S PADDING 0
data-is {plain}
< OK
calls-any 3
calls C_DecryptInit 1
calls C_Login 1
calls C_Decrypt 1
# A wrong PIN: before the next dialog the token is asked how near it is to being
# locked.
> PKDECRYPT P15.01
pin 654321
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
calls C_GetTokenInfo 1
calls C_GetSessionInfo 0
shim token-flags +CKF_USER_PIN_FINAL_TRY
> CAN
< ERR {CANCELED} {_...}
> PKDECRYPT P15.01
< INQUIRE NEEDPIN ||1 try is left: one more wrong PIN locks the token!{_...}
calls-any 1
> D 123456
> END
< S PADDING 0
data-is {plain}
< OK
calls-any 4
# That was right, but the token is near to it still, as far as is known.
> PKDECRYPT P15.01
< INQUIRE NEEDPIN ||1 try is left: one more wrong PIN locks the token!{_...}
calls C_GetTokenInfo 1
> CAN
< ERR {CANCELED} {_...}
shim token-flags +CKF_USER_PIN_LOCKED
> PKDECRYPT P15.01
< ERR {PIN_BLOCKED} {_...}
calls-any 1
unshim token-flags +CKF_USER_PIN_LOCKED
unshim token-flags +CKF_USER_PIN_FINAL_TRY
shim token-flags -CKF_USER_PIN_COUNT_LOW
> PKDECRYPT P15.01
pin 123456
< S PADDING 0
data-is {plain}
< OK
calls-any 4
> PKDECRYPT P15.01
pin 123456
< S PADDING 0
data-is {plain}
< OK
calls-any 3
# It locked itself meanwhile: with the PIN that is typed it says so.
shim fail C_Login 1 CKR_PIN_LOCKED
> PKDECRYPT P15.01
pin 123456
< ERR {PIN_BLOCKED} {_...}
calls C_Login 1
> PKDECRYPT P15.01
pin 123456
< S PADDING 0
data-is {plain}
< OK
calls C_GetTokenInfo 1
# A look at the slots sees what another program did.
shim token-flags +CKF_USER_PIN_FINAL_TRY
> SERIALNO
< S SERIALNO {_}
< OK
> PKDECRYPT P15.01
< INQUIRE NEEDPIN ||1 try is left: one more wrong PIN locks the token!{_...}
> CAN
< ERR {CANCELED} {_...}
