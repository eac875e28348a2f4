# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key that wants its PIN at each use, on a token whose own login is lost: the PIN
# that was typed for the key and not looked at yet does for that login first, and
# nobody is asked twice; however the module tells.
token demo
key rsa2048 01 mykey aa
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
shim suspend
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_Login 2
unshim suspend
# The key is not there any more without the login.
shim log-out
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_Login 2
unshim log-out
> SERIALNO
<* OK
shim log-out
shim fail C_SignInit 1 CKR_USER_NOT_LOGGED_IN
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_Login 2
unshim log-out
> SERIALNO
<* OK
# The login for the key says it; but the token says that it is logged in, so
# that nothing but this login is done again.
shim fail C_Login 1 CKR_USER_NOT_LOGGED_IN
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_Login 2
# A wrong one is one C_Login, and is asked for again.
shim log-out
> PKSIGN --hash=sha256 P15.01
pin 654321
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
calls C_Login 1
> D 123456
> END
data-verify 01 sha256 {digest}
< OK
calls C_Login 3
