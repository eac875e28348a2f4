# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The log names the mechanism that failed, not the one that was refused before.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
let info = digestinfo sha256 {digest}
shim mechanisms -CKM_RSA_PKCS
start
> SETDATA {info}
< OK
shim fail C_Sign 1 CKR_FUNCTION_REJECTED
> PKSIGN --hash=sha256 P15.01
pin 123456
< ERR {_...}
log-has key 'mykey', RSA_X_509: CKR_FUNCTION_REJECTED
