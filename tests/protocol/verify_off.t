# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# With no-verify-signatures the token's answer is handed out as it is.
config no-verify-signatures
token demo
key rsa2048 01 rsa
key p256 02 p256
key ed25519 03 ed
let digest = hash sha256 616263
let info = digestinfo sha256 {digest}
start
> SETDATA {info}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.02
data-verify 02 sha256 {digest}
< OK
shim corrupt-signature
> PKSIGN --hash=sha256 P15.01
data-length 256
< OK
calls-any 2
> PKSIGN --hash=sha256 P15.02
data-length 64
< OK
calls-any 2
> PKSIGN --hash=sha256 P15.03
data-length 64
< OK
