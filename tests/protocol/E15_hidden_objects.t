# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that shows nothing before the login: its keys are known after the
# first one, and from then on at each start, without any.
token demo
key rsa2048 01 first private cert
key p256 02 second private
key rsa2048 03 third nopub
let g1 = keygrip 01
let g2 = keygrip 02
let g3 = keygrip 03
let digest = hash sha256 616263
start
> LEARN --force
<! S KEYPAIRINFO {_...}
<! S CERTINFO {_...}
<* OK
> KEYINFO --list
< OK
# The one prompt.
> CHECKPIN
pin 123456
< OK
> KEYINFO --list
<~ S KEYINFO {g1} T {s} P15.01 {_...}
<~ S KEYINFO {g2} T {s} P15.02 {_...}
<~ S KEYINFO {g3} T {s} P15.03 {_...}
< OK
> READCERT {g1}
data-is-cert 01
< OK
> LEARN --force
<~ S KEYPAIRINFO {g1} P15.01 {rest1...}
<~ S KEYPAIRINFO {g2} P15.02 {rest2...}
<~ S KEYPAIRINFO {g3} P15.03 {rest3...}
<~ S CERTINFO 100 P15.01
<* OK
eof
exit 0
# Again, and nobody is asked.
start
> LEARN --force
<~ S KEYPAIRINFO {g1} P15.01 {rest1...}
<~ S KEYPAIRINFO {g2} P15.02 {rest2...}
<~ S KEYPAIRINFO {g3} P15.03 {rest3...}
<~ S CERTINFO 100 P15.01
<* OK
> KEYINFO --list
<~ S KEYINFO {g1} T {s} P15.01 {_...}
<~ S KEYINFO {g2} T {s} P15.02 {_...}
<~ S KEYINFO {g3} T {s} P15.03 {_...}
< OK
> KEYINFO {g3}
< S KEYINFO {g3} T {s} P15.03 {_...}
< OK
> READKEY {g1}
data-is-key 01
< OK
> READKEY P15.02
data-is-key 02
< OK
> READKEY {g3}
data-is-key 03
< OK
> READCERT P15.01
data-is-cert 01
< OK
calls-total C_Login 0
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {g2}
pin 123456
data-verify 02 sha256 {digest}
< OK
> PKSIGN --hash=sha256 {g3}
data-verify 03 sha256 {digest}
< OK
> PKSIGN --hash=sha256 {g3}
data-verify 03 sha256 {digest}
< OK
calls-any 2
calls-total C_Login 1
eof
exit 0
# DISCONNECT logs out: what was seen stays known.
start
> CHECKPIN
pin 123456
< OK
> DISCONNECT
< OK
> LEARN --force
<~ S KEYPAIRINFO {g1} P15.01 {rest1...}
<~ S KEYPAIRINFO {g3} P15.03 {rest3...}
<* OK
calls C_Login 0
