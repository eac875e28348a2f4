# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A locked token with a PIN pad: nobody is sent to it.
token demo
key rsa2048 01 mykey
config provider-p-allow-protected-auth
shim pinpad 123456
shim token-flags +CKF_USER_PIN_LOCKED
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< ERR {PIN_BLOCKED} {_...}
calls-total C_Login 0
