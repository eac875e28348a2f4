# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that answers to C_Login that it is logged in is logged in: nothing is
# asked for again, and the operation is done.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
# A module that cannot be asked for the state of a session.
shim fail C_GetSessionInfo 1 CKR_FUNCTION_NOT_SUPPORTED *
start
> SETDATA {digest}
< OK
> CHECKPIN
pin 123456
< OK
calls C_Login 1
shim fail C_SignInit 1 CKR_USER_NOT_LOGGED_IN
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_Login 1
run grep -qx 'C_Login 0x100' calls
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-any 2
# The login for one use of a key, too.
shim fail C_Login 1 CKR_USER_ALREADY_LOGGED_IN
shim attr CKO_PRIVATE_KEY CKA_ALWAYS_AUTHENTICATE hex=01
> LEARN --force
<* OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 3
