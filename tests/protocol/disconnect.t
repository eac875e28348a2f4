# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# DISCONNECT closes the sessions, so that other programs can have the token;
# the next use asks for the PIN again.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> DISCONNECT
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
> DISCONNECT
< OK
calls C_Login 0
> KEYINFO --list
< S KEYINFO {_...}
< OK
calls-any 0
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
# The handle from before is not tried.
calls C_SignInit 1
calls-total C_Login 2
