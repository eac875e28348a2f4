# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# "pin-cache N": the token is logged out that long after its last use, also if
# no client says anything.
token demo
key rsa2048 01 mykey
config pin-cache 1
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
log-has token 'demo': logged out
calls-total C_Logout 1
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 2
