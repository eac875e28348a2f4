# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# RSA: ciphertexts as gpg-agent has them, with a zero byte in front or without
# their leading zeros; the answer says that it has no padding.
token demo
key rsa2048 01 mykey
key rsa2048 02 reader usage=d
let plain = random 32
let long = random 245
let c = rsa-encrypt 01 {plain}
let short = rsa-encrypt-short 01 {plain}
let c2 = rsa-encrypt 02 {long}
let empty = rsa-encrypt 01 ""
start
setdata {c}
> PKDECRYPT P15.01
pin 123456
< S PADDING 0
data-is {plain}
< OK
setdata 00{c}
> PKDECRYPT P15.01
< S PADDING 0
data-is {plain}
< OK
setdata {short}
> PKDECRYPT P15.01
< S PADDING 0
data-is {plain}
< OK
setdata 0000{short}
> PKDECRYPT P15.01
< S PADDING 0
data-is {plain}
< OK
setdata {c2}
> PKDECRYPT P15.02
< S PADDING 0
data-is {long}
< OK
calls-total C_Login 1
log-excludes {plain}
