# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# private-mask 2: keys sign with recovery.  What the key says of itself does
# not count.
token demo
key rsa2048 01 mykey
config provider-p-private-mask 2
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
calls C_SignRecover 1
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-any 2
calls C_SignRecoverInit 1
calls C_SignRecover 1
> LEARN --force
<~ S KEYPAIRINFO {grip} P15.01 sca {_...}
<* OK
calls-total C_Sign 0
calls-total C_GetMechanismInfo 0
calls-total C_Login 1
# A module that does not have the function.
> SETDATA {digest}
< OK
shim fail C_SignRecoverInit 1 CKR_FUNCTION_NOT_SUPPORTED
> PKSIGN --hash=sha256 P15.01
< ERR {NOT_SUPPORTED} {_...}
calls C_Sign 0
log-has CKR_FUNCTION_NOT_SUPPORTED for the function that private-mask chose
