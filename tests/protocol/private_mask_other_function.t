# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# With two functions for one use the first is taken, and if the token refuses
# it for the key the other, from then on.
token demo
key rsa2048 01 mykey
config provider-p-private-mask F
let digest = hash sha256 616263
let cipher = rsa-encrypt 01 00112233
start
> CHECKPIN
pin 123456
< OK
> SETDATA {digest}
< OK
shim fail C_SignInit 1 CKR_KEY_FUNCTION_NOT_PERMITTED
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls C_SignInit 1
calls C_SignRecover 1
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-any 2
calls C_SignRecover 1
setdata {cipher}
shim fail C_Decrypt 1 CKR_FUNCTION_NOT_SUPPORTED
> PKDECRYPT P15.01
< S PADDING 0
data-is 00112233
< OK
calls C_Decrypt 1
calls C_UnwrapKey 1
> PKDECRYPT P15.01
< S PADDING 0
data-is 00112233
< OK
calls-any 3
calls C_UnwrapKey 1
# Both are refused: an error; then all is tried again.
shim fail C_UnwrapKey 1 CKR_KEY_FUNCTION_NOT_PERMITTED
> PKDECRYPT P15.01
< ERR {WRONG_KEY_USAGE} {_...}
> PKDECRYPT P15.01
< S PADDING 0
data-is 00112233
< OK
calls C_Decrypt 1
calls C_UnwrapKey 0
# A ciphertext that is damaged is not refused in another way than by C_Decrypt.
shim fail C_DecryptInit 1 CKR_KEY_FUNCTION_NOT_PERMITTED
shim fail C_UnwrapKey 1 CKR_WRAPPED_KEY_INVALID
> PKDECRYPT P15.01
< ERR {DECRYPT_FAILED} {_...}
calls-total C_Login 1
