# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that says it wants no login and then refuses without one: the PIN is
# asked for, once.
token demo
key rsa2048 01 mykey open
let digest = hash sha256 616263
shim token-flags -CKF_LOGIN_REQUIRED
shim fail C_SignInit 1 CKR_USER_NOT_LOGGED_IN
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-any 2
calls-total C_Login 1
