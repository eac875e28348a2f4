# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# private-mask 8: keys unwrap.  What the key says of itself does
# not count.
token demo
key rsa2048 01 mykey
config provider-p-private-mask 8
shim attr CKO_PRIVATE_KEY CKA_SIGN hex=01
shim attr CKO_PRIVATE_KEY CKA_DECRYPT hex=00
shim attr CKO_PRIVATE_KEY CKA_UNWRAP hex=00
let grip = keygrip 01
let digest = hash sha256 616263
let cipher = rsa-encrypt 01 0000112233
start
> LEARN --force
<~ S KEYPAIRINFO {grip} P15.01 e {_...}
<* OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< ERR {WRONG_KEY_USAGE} {_...}
calls-any 0
> PKAUTH P15.01
< ERR {WRONG_KEY_USAGE} {_...}
calls-any 0
setdata {cipher}
> PKDECRYPT P15.01
pin 123456
< S PADDING 0
data-is 0000112233
< OK
calls C_UnwrapKey 1
> PKDECRYPT P15.01
< S PADDING 0
data-is 0000112233
< OK
calls-any 3
calls C_UnwrapKey 1
calls C_GetAttributeValue 1
calls C_DestroyObject 1
calls-total C_Decrypt 0
# A damaged ciphertext: the error that C_Decrypt would have given.
# (OpenSSL 3.2 and later give a made-up plaintext: it is injected.)
shim fail C_UnwrapKey 1 CKR_WRAPPED_KEY_INVALID
> SETDATA 01
< OK
> PKDECRYPT P15.01
< ERR {DECRYPT_FAILED} {_...}
calls C_UnwrapKey 1
calls C_Login 0
calls-total C_GetMechanismInfo 0
calls-total C_Login 1
