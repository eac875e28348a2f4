# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# private-mask 5: keys sign and decrypt.  What the key says of itself does
# not count.
token demo
key rsa2048 01 mykey
config provider-p-private-mask 5
shim attr CKO_PRIVATE_KEY CKA_SIGN hex=00
shim attr CKO_PRIVATE_KEY CKA_DECRYPT hex=00
shim attr CKO_PRIVATE_KEY CKA_UNWRAP hex=00
let grip = keygrip 01
let digest = hash sha256 616263
let cipher = rsa-encrypt 01 0000112233
start
> LEARN --force
<~ S KEYPAIRINFO {grip} P15.01 scae {_...}
<* OK
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
<~ S KEYPAIRINFO {grip} P15.01 scae {_...}
<* OK
calls-total C_SignRecover 0
setdata {cipher}
> PKDECRYPT P15.01
< S PADDING 0
data-is 0000112233
< OK
calls C_Decrypt 1
> PKDECRYPT P15.01
< S PADDING 0
data-is 0000112233
< OK
calls-any 2
calls C_DecryptInit 1
calls C_Decrypt 1
calls-total C_UnwrapKey 0
calls-total C_GetMechanismInfo 0
calls-total C_Login 1
