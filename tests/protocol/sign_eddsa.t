# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Ed25519: what is behind the DigestInfo header is the message.
token demo
key ed25519 01 ed
let sha256 = hash sha256 616263
let sha512 = hash sha512 616263
let i256 = digestinfo sha256 {sha256}
let i512 = digestinfo sha512 {sha512}
start
> SETDATA {i512}
< OK
> PKSIGN --hash=sha512 P15.01
pin 123456
data-verify-eddsa 01 {sha512}
data-length 64
< OK
> SETDATA {i256}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify-eddsa 01 {sha256}
< OK
> SETDATA {sha256}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify-eddsa 01 {sha256}
< OK
> PKSIGN --hash=sha512 P15.01
< ERR {INV_LENGTH} {_...}
> SETDATA {i256}
< OK
> PKSIGN --hash=sha512 P15.01
< ERR {CONFLICT} {_...}
