# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that is locked gets no PIN, and nobody is asked for one.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
shim token-flags +CKF_USER_PIN_LOCKED
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< ERR {PIN_BLOCKED} {_...}
> CHECKPIN
< ERR {PIN_BLOCKED} {_...}
calls-total C_Login 0
# Somebody unlocked it.
unshim token-flags +CKF_USER_PIN_LOCKED
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
