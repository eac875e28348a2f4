# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# ECDSA: two halves of the order's length, whether the digest is shorter or
# longer than the order, as DigestInfo or bare.
token demo
key p256 02 p256
key p384 03 p384
key p521 05 p521
key bp256 06 brainpool
key k256 07 k256
let sha1 = hash sha1 616263
let sha256 = hash sha256 616263
let sha384 = hash sha384 616263
let sha512 = hash sha512 616263
let i1 = digestinfo sha1 {sha1}
let i256 = digestinfo sha256 {sha256}
let i384 = digestinfo sha384 {sha384}
let i512 = digestinfo sha512 {sha512}
start
> CHECKPIN
pin 123456
< OK
> SETDATA {i1}
< OK
> PKSIGN --hash=sha1 P15.02
data-verify 02 sha1 {sha1}
data-length 64
< OK
> SETDATA {i256}
< OK
> PKSIGN --hash=sha256 P15.02
data-verify 02 sha256 {sha256}
< OK
> SETDATA {sha384}
< OK
> PKSIGN --hash=sha384 P15.02
data-verify 02 sha384 {sha384}
< OK
> SETDATA {i512}
< OK
> PKSIGN --hash=sha512 P15.02
data-verify 02 sha512 {sha512}
data-length 64
< OK
> SETDATA {i1}
< OK
> PKSIGN --hash=sha1 P15.03
data-verify 03 sha1 {sha1}
data-length 96
< OK
> SETDATA {i256}
< OK
> PKSIGN --hash=sha256 P15.03
data-verify 03 sha256 {sha256}
< OK
> SETDATA {sha384}
< OK
> PKSIGN --hash=sha384 P15.03
data-verify 03 sha384 {sha384}
< OK
> SETDATA {i512}
< OK
> PKSIGN --hash=sha512 P15.03
data-verify 03 sha512 {sha512}
data-length 96
< OK
> SETDATA {i1}
< OK
> PKSIGN --hash=sha1 P15.05
data-verify 05 sha1 {sha1}
data-length 132
< OK
> SETDATA {i256}
< OK
> PKSIGN --hash=sha256 P15.05
data-verify 05 sha256 {sha256}
< OK
> SETDATA {sha384}
< OK
> PKSIGN --hash=sha384 P15.05
data-verify 05 sha384 {sha384}
< OK
> SETDATA {i512}
< OK
> PKSIGN --hash=sha512 P15.05
data-verify 05 sha512 {sha512}
data-length 132
< OK
> SETDATA {i1}
< OK
> PKSIGN --hash=sha1 P15.06
data-verify 06 sha1 {sha1}
data-length 64
< OK
> SETDATA {i256}
< OK
> PKSIGN --hash=sha256 P15.06
data-verify 06 sha256 {sha256}
< OK
> SETDATA {sha384}
< OK
> PKSIGN --hash=sha384 P15.06
data-verify 06 sha384 {sha384}
< OK
> SETDATA {i512}
< OK
> PKSIGN --hash=sha512 P15.06
data-verify 06 sha512 {sha512}
data-length 64
< OK
> SETDATA {i1}
< OK
> PKSIGN --hash=sha1 P15.07
data-verify 07 sha1 {sha1}
data-length 64
< OK
> SETDATA {i256}
< OK
> PKSIGN --hash=sha256 P15.07
data-verify 07 sha256 {sha256}
< OK
> SETDATA {sha384}
< OK
> PKSIGN --hash=sha384 P15.07
data-verify 07 sha384 {sha384}
< OK
> SETDATA {i512}
< OK
> PKSIGN --hash=sha512 P15.07
data-verify 07 sha512 {sha512}
data-length 64
< OK
# What is no digest is refused.
> SETDATA 00112233
< OK
> PKSIGN --hash=sha256 P15.02
< ERR {INV_LENGTH} {_...}
> PKSIGN --hash=none P15.02
< ERR {INV_LENGTH} {_...}
> SETDATA {i256}
< OK
> PKSIGN --hash=sha512 P15.02
< ERR {CONFLICT} {_...}
