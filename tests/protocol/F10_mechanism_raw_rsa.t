# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that has RSA without padding only: we pad and unpad.  It is asked for
# the other once for each key.
token demo
key rsa2048 01 mykey
key rsa1025 02 odd
key rsa2048 03 pss
let plain = random 32
let most = random 245
let digest = hash sha512 616263
let info = digestinfo sha512 {digest}
let tls = random 36
shim mechanisms -CKM_RSA_PKCS
start
> CHECKPIN
pin 123456
< OK
> SETDATA {info}
< OK
> PKSIGN --hash=sha512 P15.01
data-verify 01 sha512 {digest}
< OK
calls C_SignInit 2
calls C_Sign 1
calls C_GetMechanismList 0
> PKSIGN --hash=sha512 P15.01
data-verify 01 sha512 {digest}
< OK
calls-any 2
> SETDATA {digest}
< OK
> PKSIGN --hash=sha512 P15.01
data-verify 01 sha512 {digest}
< OK
> PKSIGN --hash=sha512 P15.02
data-verify 02 sha512 {digest}
< OK
> SETDATA {tls}
< OK
> PKSIGN --hash=tls-md5sha1 P15.01
data-verify 01 none {tls}
< OK
> SETDATA {most}
< OK
> PKSIGN --hash=none P15.01
data-verify 01 none {most}
< OK
let block = pss 03 sha512 {digest}
setdata {block}
> PKSIGN --hash=none P15.03
data-verify-pss 03 sha512 {digest}
< OK
# Decryption: also nothing, as much as there is room for, and without the
# leading zeros of the ciphertext.
each id 01 02
let c = rsa-encrypt {id} {plain}
let short = rsa-encrypt-short {id} {plain}
let empty = rsa-encrypt {id} ""
setdata {c}
> PKDECRYPT P15.{id}
< S PADDING 0
data-is {plain}
< OK
> PKDECRYPT P15.{id}
< S PADDING 0
data-is {plain}
< OK
calls-any 2
setdata {short}
> PKDECRYPT P15.{id}
< S PADDING 0
data-is {plain}
< OK
setdata 00{c}
> PKDECRYPT P15.{id}
< S PADDING 0
data-is {plain}
< OK
setdata {empty}
> PKDECRYPT P15.{id}
< S PADDING 0
< OK
done
let c = rsa-encrypt 01 {most}
setdata {c}
> PKDECRYPT P15.01
< S PADDING 0
data-is {most}
< OK
calls-total C_Login 1
log-excludes {plain}
