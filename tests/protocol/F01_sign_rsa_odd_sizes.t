# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# RSA keys whose size is no multiple of eight, and a very large one: digests,
# PSS blocks and decryption.
token demo
key rsa1024 01 small
key rsa1025 02 bitmore
key rsa2047 03 bitless
key rsa8192 04 huge
let digest = hash sha256 616263
let info = digestinfo sha256 {digest}
let plain = random 40
start
> CHECKPIN
pin 123456
< OK
each id 01 02 03 04
> SETDATA {info}
< OK
> PKSIGN --hash=sha256 P15.{id}
data-verify {id} sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.{id}
data-verify {id} sha256 {digest}
< OK
calls-any 2
let pss = pss {id} sha256 {digest}
setdata {pss}
> PKSIGN --hash=none P15.{id}
data-verify-pss {id} sha256 {digest}
< OK
let c = rsa-encrypt {id} {plain}
setdata {c}
> PKDECRYPT P15.{id}
< S PADDING 0
data-is {plain}
< OK
setdata 00{c}
> PKDECRYPT P15.{id}
< S PADDING 0
data-is {plain}
< OK
done
> READKEY P15.04
data-is-key 04
< OK
calls-total C_Login 1
