# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# PKAUTH: what gpg-agent sends for ssh with every kind of key.
token demo
key rsa2048 01 rsa
key p256 02 p256
key p384 03 p384
key p521 04 p521
key ed25519 05 ed
let sha1 = hash sha1 616263
let sha256 = hash sha256 616263
let sha384 = hash sha384 616263
let sha512 = hash sha512 616263
let i1 = digestinfo sha1 {sha1}
let i256 = digestinfo sha256 {sha256}
let i384 = digestinfo sha384 {sha384}
let i512 = digestinfo sha512 {sha512}
start
> SETDATA {i1}
< OK
> PKAUTH P15.01
pin 123456
data-verify 01 sha1 {sha1}
< OK
> SETDATA {i256}
< OK
> PKAUTH P15.01
data-verify 01 sha256 {sha256}
< OK
> PKAUTH --challenge-response P15.01
data-verify 01 sha256 {sha256}
< OK
> PKAUTH P15.02
data-verify 02 sha256 {sha256}
< OK
> SETDATA {i512}
< OK
> PKAUTH P15.01
data-verify 01 sha512 {sha512}
< OK
> PKAUTH P15.04
data-verify 04 sha512 {sha512}
< OK
> SETDATA {i384}
< OK
> PKAUTH P15.03
data-verify 03 sha384 {sha384}
< OK
calls-total C_Login 1
