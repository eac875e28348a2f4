# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that says it is not logged in is logged in again, if need be with a
# PIN: each that is typed is sent once.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
# The token is logged in still: no PIN.
shim fail C_SignInit 1 CKR_USER_NOT_LOGGED_IN
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
shim fail C_Sign 1 CKR_USER_NOT_LOGGED_IN
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 1
shim fail C_SignInit 1 CKR_USER_NOT_LOGGED_IN *
> PKSIGN --hash=sha256 P15.01
< ERR {NO_PIN} {_...}
calls-total C_Login 1
unshim fail C_SignInit 1 CKR_USER_NOT_LOGGED_IN *
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
