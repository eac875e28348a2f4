# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# RSA: every digest, as a DigestInfo and bare with --hash, gives the same kind
# of signature.
token demo
key rsa2048 01 mykey
let md5 = hash md5 616263
let sha1 = hash sha1 616263
let rmd160 = random 20
let sha224 = hash sha224 616263
let sha256 = hash sha256 616263
let sha384 = hash sha384 616263
let sha512 = hash sha512 616263
let i_md5 = digestinfo md5 {md5}
let i_sha1 = digestinfo sha1 {sha1}
let i_rmd160 = digestinfo rmd160 {rmd160}
let i_sha224 = digestinfo sha224 {sha224}
let i_sha256 = digestinfo sha256 {sha256}
let i_sha384 = digestinfo sha384 {sha384}
let i_sha512 = digestinfo sha512 {sha512}
start
> CHECKPIN
pin 123456
< OK
> SETDATA {i_md5}
< OK
> PKSIGN --hash=md5 P15.01
data-verify 01 md5 {md5}
data-length 256
< OK
> SETDATA {md5}
< OK
> PKSIGN --hash=md5 P15.01
data-verify 01 md5 {md5}
< OK
> SETDATA {i_sha1}
< OK
> PKSIGN --hash=sha1 P15.01
data-verify 01 sha1 {sha1}
data-length 256
< OK
> SETDATA {sha1}
< OK
> PKSIGN --hash=sha1 P15.01
data-verify 01 sha1 {sha1}
< OK
> SETDATA {i_rmd160}
< OK
> PKSIGN --hash=rmd160 P15.01
data-verify 01 rmd160 {rmd160}
data-length 256
< OK
> SETDATA {rmd160}
< OK
> PKSIGN --hash=rmd160 P15.01
data-verify 01 rmd160 {rmd160}
< OK
> SETDATA {i_sha224}
< OK
> PKSIGN --hash=sha224 P15.01
data-verify 01 sha224 {sha224}
data-length 256
< OK
> SETDATA {sha224}
< OK
> PKSIGN --hash=sha224 P15.01
data-verify 01 sha224 {sha224}
< OK
> SETDATA {i_sha256}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {sha256}
data-length 256
< OK
> SETDATA {sha256}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {sha256}
< OK
> SETDATA {i_sha384}
< OK
> PKSIGN --hash=sha384 P15.01
data-verify 01 sha384 {sha384}
data-length 256
< OK
> SETDATA {sha384}
< OK
> PKSIGN --hash=sha384 P15.01
data-verify 01 sha384 {sha384}
< OK
> SETDATA {i_sha512}
< OK
> PKSIGN --hash=sha512 P15.01
data-verify 01 sha512 {sha512}
data-length 256
< OK
> SETDATA {sha512}
< OK
> PKSIGN --hash=sha512 P15.01
data-verify 01 sha512 {sha512}
< OK
