# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# private-mask 1: keys sign.  What the key says of itself does
# not count.
token demo
key rsa2048 01 mykey
config provider-p-private-mask 1
shim attr CKO_PRIVATE_KEY CKA_SIGN hex=00
shim attr CKO_PRIVATE_KEY CKA_DECRYPT hex=01
shim attr CKO_PRIVATE_KEY CKA_UNWRAP hex=01
let grip = keygrip 01
let digest = hash sha256 616263
let cipher = rsa-encrypt 01 0000112233
start
> LEARN --force
<~ S KEYPAIRINFO {grip} P15.01 sca {_...}
<* OK
setdata {cipher}
> PKDECRYPT P15.01
< ERR {WRONG_KEY_USAGE} {_...}
calls-any 0
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_Sign 1
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-any 2
calls C_SignInit 1
calls C_Sign 1
> LEARN --force
<~ S KEYPAIRINFO {grip} P15.01 sca {_...}
<* OK
calls-total C_SignRecover 0
calls-total C_GetMechanismInfo 0
calls-total C_Login 1
