# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Each PIN typed is one C_Login; the next prompt says that it was wrong, and as
# much as the token tells of the tries that are left.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN ||Please enter the PIN to sign.{_...}
> D 654321
> END
< INQUIRE NEEDPIN ||That PIN was wrong.  Few tries may be left.%0A%0APlease enter the PIN to sign.{_...}
calls C_Login 1
shim token-flags +CKF_USER_PIN_FINAL_TRY
> D 54321
> END
< INQUIRE NEEDPIN ||That PIN was wrong.  1 try is left: one more wrong PIN locks the token!%0A%0APlease enter the PIN to sign.{_...}
calls C_Login 2
> D 123456
> END
data-verify 01 sha256 {digest}
< OK
calls C_Login 3
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 3
# A token that does not tell: no more is said than is known.
unshim token-flags +CKF_USER_PIN_FINAL_TRY
shim token-flags -CKF_USER_PIN_COUNT_LOW
> DISCONNECT
< OK
> PKSIGN --hash=sha256 P15.01
pin 654321
< INQUIRE NEEDPIN ||That PIN was wrong.%0A%0APlease enter the PIN to sign.{_...}
> D 123456
> END
data-verify 01 sha256 {digest}
< OK
calls C_Login 2
