# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Without "private-mask", or with 0, a key is used as its attributes say: C_Sign
# and C_Decrypt, and the other functions only for want of these.
token demo
key rsa2048 01 mykey
config provider-p-private-mask 0
let grip = keygrip 01
let digest = hash sha256 616263
let cipher = rsa-encrypt 01 00112233
start
> LEARN --force
<~ S KEYPAIRINFO {grip} P15.01 sc{_} {_...}
<* OK
> CHECKPIN
pin 123456
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-any 2
calls C_SignInit 1
calls C_Sign 1
setdata {cipher}
> PKDECRYPT P15.01
< S PADDING 0
data-is 00112233
< OK
calls-any 2
calls C_DecryptInit 1
calls C_Decrypt 1
# That it decrypts by unwrapping only is the key's own word.
shim attr CKO_PRIVATE_KEY CKA_DECRYPT hex=00
> LEARN --force
<~ S KEYPAIRINFO {grip} P15.01 scae {_...}
<* OK
> PKDECRYPT P15.01
< S PADDING 0
data-is 00112233
< OK
calls C_UnwrapKey 1
calls C_Decrypt 0
calls C_DestroyObject 1
> PKDECRYPT P15.01
< S PADDING 0
data-is 00112233
< OK
calls-any 3
# That it signs with recovery is what some tokens say of all keys: it counts if
# the mechanism does so too.
shim attr CKO_PRIVATE_KEY CKA_SIGN hex=00
shim attr CKO_PRIVATE_KEY CKA_SIGN_RECOVER hex=01
> LEARN --force
<~ S KEYPAIRINFO {grip} P15.01 e {_...}
<* OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< ERR {WRONG_KEY_USAGE} {_...}
calls-any 0
eof
exit 0
shim mechanism-flags +CKF_SIGN_RECOVER
shim fail C_GetMechanismInfo 1 CKR_DEVICE_ERROR
start
> CHECKPIN
pin 123456
< OK
> LEARN --force
<~ S KEYPAIRINFO {grip} P15.01 scae {_...}
<* OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls C_SignRecover 1
calls C_Sign 0
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-any 2
calls C_SignRecoverInit 1
calls C_SignRecover 1
