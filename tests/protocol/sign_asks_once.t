# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A signature asks for the PIN once; the next one is two calls of the module.
token demo
key rsa2048 01 mykey
let grip = keygrip 01
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {grip}
< INQUIRE NEEDPIN {prompt...}
> D 123456
> END
data-verify 01 sha256 {digest}
< OK
calls C_Login 1
calls C_Sign 1
> PKSIGN --hash=sha256 {grip}
data-verify 01 sha256 {digest}
< OK
calls-any 2
calls C_SignInit 1
calls C_Sign 1
