# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A certificate of somebody else is taken for one's own until the first login
# has shown that its key is not here: from then on that is known at each start.
token demo
key rsa2048 01 mine cert
key p256 02 foreign
cert 02 foreign
delete 02 priv
delete 02 pub
key rsa8192 03 half
delete 03 priv
let g1 = keygrip 01
let g2 = keygrip 02
let g3 = keygrip 03
let digest = hash sha256 616263
start
> LEARN --force
<~ S KEYPAIRINFO {g1} P15.01 {_...}
<~ S KEYPAIRINFO {g2} P15.02 {_...}
<~ S KEYPAIRINFO {g3} P15.03 {_...}
<* OK
> CHECKPIN
pin 123456
< OK
eof
exit 0
start
> LEARN --force
<~ S KEYPAIRINFO {g1} P15.01 {_...}
<! S KEYPAIRINFO {g2} {_...}
<! S KEYPAIRINFO {g3} {_...}
<~ S CERTINFO {_} P15.01
<~ S CERTINFO {_} P15.02
<* OK
> READCERT P15.02
data-is-cert 02
< OK
> KEYINFO {g2}
< ERR {NOT_FOUND} {_...}
calls-total C_Login 0
eof
exit 0
# One that gets its private key is a key again after the next login.
key rsa8192 03 half
start
> CHECKPIN
pin 123456
< OK
> LEARN
<~ S KEYPAIRINFO {g1} P15.01 {_...}
<! S KEYPAIRINFO {g2} {_...}
<~ S KEYPAIRINFO {g3} P15.03 {_...}
<* OK
eof
exit 0
start
> LEARN --force
<~ S KEYPAIRINFO {g3} P15.03 {_...}
<* OK
