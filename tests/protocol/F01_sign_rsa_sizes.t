# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# RSA keys of other sizes; the signature is always as long as the modulus.
token demo
key rsa1024 01 small
key rsa3072 03 middle
key rsa4096 04 large
let sha512 = hash sha512 616263
let info = digestinfo sha512 {sha512}
start
> SETDATA {info}
< OK
> PKSIGN --hash=sha512 P15.01
pin 123456
data-length 128
data-verify 01 sha512 {sha512}
< OK
> PKSIGN --hash=sha512 P15.03
data-length 384
data-verify 03 sha512 {sha512}
< OK
> PKSIGN --hash=sha512 P15.04
data-length 512
data-verify 04 sha512 {sha512}
< OK
