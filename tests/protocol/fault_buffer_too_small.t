# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that wants ever more room for a signature is an error in the end, and
# the next command works.
token demo
key rsa2048 01 rsa
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
shim fail C_Sign 1 CKR_BUFFER_TOO_SMALL *
> PKSIGN --hash=sha256 P15.01
< ERR {_} {_...}
unshim fail C_Sign 1 CKR_BUFFER_TOO_SMALL *
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
