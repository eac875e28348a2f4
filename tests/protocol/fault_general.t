# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Errors that mean nothing in particular are reported once, with the name of
# the token's code in the log, and the next command works.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
shim fail C_Sign 1 CKR_GENERAL_ERROR
> PKSIGN --hash=sha256 P15.01
< ERR {CARD} {_...}
calls C_Sign 1
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
shim fail C_Sign 1 CKR_FUNCTION_FAILED
> PKSIGN --hash=sha256 P15.01
< ERR {CARD} {_...}
calls C_Sign 1
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
shim fail C_Sign 1 CKR_DEVICE_ERROR
> PKSIGN --hash=sha256 P15.01
< ERR {CARD} {_...}
calls C_Sign 1
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
shim fail C_Sign 1 CKR_DEVICE_MEMORY
> PKSIGN --hash=sha256 P15.01
< ERR {CARD} {_...}
calls C_Sign 1
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
shim fail C_Sign 1 0x80001234
> PKSIGN --hash=sha256 P15.01
< ERR {CARD} {_...}
calls C_Sign 1
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
log-has CKR_FUNCTION_FAILED
log-has 0x80001234
calls-total C_Login 1
