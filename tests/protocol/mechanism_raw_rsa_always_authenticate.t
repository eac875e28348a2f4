# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key that wants its PIN at each use, on a token that does not pad: still one
# dialog for each use.
token demo
key rsa2048 01 mykey aa
let digest = hash sha256 616263
let info = digestinfo sha256 {digest}
shim mechanisms -CKM_RSA_PKCS
start
> SETDATA {info}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_SignInit 1
calls C_Login 1
