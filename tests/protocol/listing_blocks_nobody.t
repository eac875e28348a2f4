# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# While all objects are read again, which takes long on a token with many, others
# search for their keys and sign.  Here each of the two searches for all objects
# waits for one for a key.  (That public keys claim to be private makes the
# reading begin with a call that tells us when.)
token demo
key rsa2048 01 mykey
key p256 02 other
let digest = hash sha256 616263
shim attr CKO_PUBLIC_KEY CKA_PRIVATE hex=01
start
> CHECKPIN
pin 123456
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
shim gather C_FindObjectsInit 2
2> LEARN --force
calls C_GetSessionInfo 1
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.02
data-verify 02 sha256 {digest}
< OK
2<~ S KEYPAIRINFO {_} P15.01 {_...}
2<~ S KEYPAIRINFO {_} P15.02 {_...}
2<* OK
