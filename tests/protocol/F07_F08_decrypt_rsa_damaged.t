# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A ciphertext that does not decrypt is one error, always the same one, and the
# next command works without another PIN.
token demo
key rsa2048 01 mykey
let plain = random 32
let c = rsa-encrypt 01 {plain}
let bad1 = random 255
let bad2 = random 255
let ones = repeat FF 256
let toolong = random 300
start
setdata {c}
> PKDECRYPT P15.01
pin 123456
< S PADDING 0
data-is {plain}
< OK
# What a token says of a damaged one differs, and OpenSSL 3.2 and later give
# something made up; here it says what it may say.
shim fail C_Decrypt 1 CKR_ENCRYPTED_DATA_INVALID
setdata 00{bad1}
> PKDECRYPT P15.01
< ERR {DECRYPT_FAILED} {_...}
shim fail C_Decrypt 1 CKR_GENERAL_ERROR
setdata 00{bad2}
> PKDECRYPT P15.01
< ERR {DECRYPT_FAILED} {_...}
# As large as the modulus or larger: not for the token to see.
setdata {ones}
> PKDECRYPT P15.01
< ERR {DECRYPT_FAILED} {_...}
calls-any 0
setdata 01{toolong}
> PKDECRYPT P15.01
< ERR {DECRYPT_FAILED} {_...}
calls-any 0
shim fail C_Decrypt 1 CKR_DATA_LEN_RANGE
setdata 00
> PKDECRYPT P15.01
< ERR {DECRYPT_FAILED} {_...}
setdata {c}
> PKDECRYPT P15.01
< S PADDING 0
data-is {plain}
< OK
calls-total C_Login 1
