# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A decryption, once the PIN is known, is two calls of the module; with ECDH
# three: derive the secret, read it, destroy it.
token demo
key rsa2048 01 rsa
key p256 02 p256 usage=d
key x25519 03 box
let plain = random 32
let c = rsa-encrypt 01 {plain}
let q x = ecdh 02
let q3 x3 = ecdh 03
start
> CHECKPIN
pin 123456
< OK
setdata {c}
> PKDECRYPT P15.01
< S PADDING 0
data-is {plain}
< OK
> PKDECRYPT P15.01
< S PADDING 0
data-is {plain}
< OK
calls-any 2
calls C_DecryptInit 1
calls C_Decrypt 1
> SETDATA {q}
< OK
> PKDECRYPT P15.02
data-is 41{x}
< OK
> PKDECRYPT P15.02
data-is 41{x}
< OK
calls-any 3
calls C_DeriveKey 1
calls C_GetAttributeValue 1
calls C_DestroyObject 1
> SETDATA {q3}
< OK
> PKDECRYPT P15.03
data-is 40{x3}
< OK
> PKDECRYPT P15.03
data-is 40{x3}
< OK
calls-any 3
calls-total C_Login 1
