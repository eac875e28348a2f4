# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# C_Login that says "already logged in" is as good as one that logs in, since
# nobody has to know who did.
token demo
key rsa2048 01 mykey open
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
shim fail C_Login 1 CKR_USER_ALREADY_LOGGED_IN
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_Login 1
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-any 2
