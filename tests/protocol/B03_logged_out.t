# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that is not logged in any more is logged in again, if need be with a
# PIN, once, and the operation is done: each PIN typed is sent once.
token demo
key rsa2048 01 mykey
key p256 02 other
let digest = hash sha256 616263
let plain = random 32
let c = rsa-encrypt 01 {plain}
let q x = ecdh 02
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
# It is not: one PIN.
shim log-out
shim fail C_SignInit 1 CKR_USER_NOT_LOGGED_IN
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_Login 1
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-any 2
unshim log-out
setdata {c}
> PKDECRYPT P15.01
< S PADDING 0
data-is {plain}
< OK
shim log-out
shim fail C_DecryptInit 1 CKR_USER_NOT_LOGGED_IN
> PKDECRYPT P15.01
pin 123456
< S PADDING 0
data-is {plain}
< OK
calls C_Login 1
unshim log-out
> SETDATA {q}
< OK
> PKDECRYPT P15.02
data-is 41{x}
< OK
shim log-out
shim fail C_DeriveKey 1 CKR_USER_NOT_LOGGED_IN
> PKDECRYPT P15.02
pin 123456
data-is 41{x}
< OK
calls C_Login 1
unshim log-out
> PKDECRYPT P15.02
data-is 41{x}
< OK
# A module that does not say so, but knows the key no more.
shim log-out
> PKDECRYPT P15.02
pin 123456
data-is 41{x}
< OK
calls C_Login 1
calls-total C_Login 5
# If it never is, there is an end to it.
> SETDATA {digest}
< OK
shim fail C_SignInit 1 CKR_USER_NOT_LOGGED_IN *
> PKSIGN --hash=sha256 P15.01
< ERR {NO_PIN} {_...}
calls-total C_Login 5
unshim fail C_SignInit 1 CKR_USER_NOT_LOGGED_IN *
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
