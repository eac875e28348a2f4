# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that wants no login is not given one: no prompt for any use.
token demo
key rsa2048 01 mykey open
key p256 02 other open
let digest = hash sha256 616263
let plain = random 32
let c = rsa-encrypt 01 {plain}
shim token-flags -CKF_LOGIN_REQUIRED
start
> KEYINFO --list
<~ S KEYINFO {_} T {_} P15.01 {_}
<~ S KEYINFO {_} T {_} P15.02 {_}
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
> PKAUTH P15.02
data-verify 02 sha256 {digest}
< OK
setdata {c}
> PKDECRYPT P15.01
< S PADDING 0
data-is {plain}
< OK
> CHECKPIN
< ERR {NO_PIN} {_...}
calls-total C_Login 0
