# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that can only hash and sign, or only decrypt OAEP, or has no
# mechanism for a curve: the error is always the same, and the log says what
# is missing and what there is.
token demo
key rsa2048 01 mykey
key p256 02 p256
key ed25519 03 ed
let digest = hash sha256 616263
let info = digestinfo sha256 {digest}
let plain = random 32
let c = rsa-encrypt 01 {plain}
let q x = ecdh 02
shim mechanisms -CKM_RSA_PKCS -CKM_RSA_X_509 -CKM_ECDSA -CKM_EDDSA -CKM_ECDH1_DERIVE
start
> SETDATA {info}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
< ERR {UNSUPPORTED_ALGORITHM} {_...}names what it lacks
calls C_Sign 0
log-has token 'demo', key 'mykey': it cannot be used with RSA_PKCS or RSA_X_509
log-has SHA256_RSA_PKCS
> PKSIGN --hash=sha256 P15.02
< ERR {UNSUPPORTED_ALGORITHM} {_...}
log-has key 'p256': it cannot be used with ECDSA, and
> PKSIGN --hash=sha256 P15.03
< ERR {UNSUPPORTED_ALGORITHM} {_...}
log-has key 'ed': it cannot be used with EDDSA, and
setdata {c}
> PKDECRYPT P15.01
< ERR {UNSUPPORTED_ALGORITHM} {_...}
calls C_Decrypt 0
log-has RSA_PKCS_OAEP
> SETDATA {q}
< OK
> PKDECRYPT P15.02
< ERR {UNSUPPORTED_ALGORITHM} {_...}
log-has key 'p256': it cannot be used with ECDH1_DERIVE, and
# It is not given up for ever.
unshim mechanisms -CKM_RSA_PKCS -CKM_RSA_X_509 -CKM_ECDSA -CKM_EDDSA -CKM_ECDH1_DERIVE
> SETDATA {info}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.02
data-verify 02 sha256 {digest}
< OK
calls-total C_Login 1
