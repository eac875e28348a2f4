# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Without the configuration's leave the PIN is asked for on the screen, whatever
# the token says of a PIN pad.
token demo
key rsa2048 01 mykey
shim pinpad 654321
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 1
