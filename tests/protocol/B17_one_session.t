# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that allows one session at a time, and says so or does not: listing,
# signing and decrypting by two clients all work.
token demo
key rsa2048 01 mykey
key p256 02 other
let digest = hash sha256 616263
let plain = random 32
let c = rsa-encrypt 01 {plain}
let q x = ecdh 02
shim max-sessions 1
start
> KEYINFO --list
<~ S KEYINFO {_} T {_} P15.01 {_}
<~ S KEYINFO {_} T {_} P15.02 {_}
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
2> LEARN --force
2<* OK
setdata {c}
2> SETDATA {digest}
2< OK
> PKDECRYPT P15.01
2> PKSIGN --hash=sha256 P15.02
2data-verify 02 sha256 {digest}
2< OK
< S PADDING 0
data-is {plain}
< OK
> SETDATA {q}
< OK
> PKDECRYPT P15.02
data-is 41{x}
< OK
# A failure of the token does not use the session up.
shim fail C_DecryptInit 1 CKR_GENERAL_ERROR
setdata 00
> PKDECRYPT P15.01
< ERR {DECRYPT_FAILED} {_...}
> LEARN --force
<* OK
calls-total C_Login 1
# One that has not said so: the second session is refused.
eof
<eof
exit 0
unshim max-sessions 1
shim fail C_OpenSession 2 CKR_SESSION_COUNT *
shim delay C_Sign 200
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
2> SETDATA {digest}
2< OK
3> SETDATA {digest}
3< OK
2> PKSIGN --hash=sha256 P15.01
3> PKSIGN --hash=sha256 P15.02
> LEARN --force
2data-verify 01 sha256 {digest}
2< OK
3data-verify 02 sha256 {digest}
3< OK
<~ S KEYPAIRINFO {_} P15.01 {_...}
<~ S KEYPAIRINFO {_} P15.02 {_...}
<* OK
calls-total C_Login 1
# Who has to wait does not ask again and again: each of the three once at most.
run test "$(grep -c '^C_OpenSession 0xb1$' calls)" -le 3
