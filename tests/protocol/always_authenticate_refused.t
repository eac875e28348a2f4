# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key that wants its PIN at each use, and a module that refuses what comes
# before or after the login: a PIN the token has not had is kept, one that it
# has had is not sent again.
token demo
key rsa2048 01 mykey aa
let digest = hash sha256 616263
let info = digestinfo sha256 {digest}
start
> SETDATA {info}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_Login 2
# Before the login: one dialog, though it takes two tries.
shim fail C_SignInit 1 CKR_KEY_TYPE_INCONSISTENT
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_SignInit 2
calls C_Login 1
shim fail C_SignInit 1 CKR_KEY_HANDLE_INVALID
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_Login 1
# After it: the other way takes another PIN.
shim fail C_Sign 1 CKR_MECHANISM_INVALID
> PKSIGN --hash=sha256 P15.01
pin 123456
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_Login 2
calls C_Sign 2
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_Login 1
