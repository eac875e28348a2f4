# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that has the mechanism on its list, begins with it, and refuses it
# when it is to sign or decrypt.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
let info = digestinfo sha256 {digest}
let plain = random 32
let c = rsa-encrypt 01 {plain}
start
> SETDATA {info}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
shim fail C_Sign 1 CKR_MECHANISM_INVALID
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls C_Sign 2
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-any 2
setdata {c}
shim fail C_Decrypt 1 CKR_MECHANISM_INVALID
> PKDECRYPT P15.01
< S PADDING 0
data-is {plain}
< OK
calls-total C_Login 1
