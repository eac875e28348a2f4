# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Keys and certificates that come or go while the daemon runs are seen by LEARN
# --force, at once by all clients.
token demo
key rsa2048 01 first
start
> KEYINFO --list
< S KEYINFO {_} T {_} P15.01 {_}
< OK
key p256 02 second cert
let g2 = keygrip 02
> KEYINFO --list
< S KEYINFO {_} T {_} P15.01 {_}
< OK
calls-any 0
> LEARN --force
<~ S KEYPAIRINFO {_} P15.01 {_...}
<~ S KEYPAIRINFO {g2} P15.02 {_...}
<~ S CERTINFO 100 P15.02
<* OK
2> KEYINFO --list
2<~ S KEYINFO {_} T {_} P15.01 {_}
2<~ S KEYINFO {g2} T {_} P15.02 {_}
2< OK
delete 01 all
> LEARN --force
<! S KEYPAIRINFO {_} P15.01 {_...}
<~ S KEYPAIRINFO {g2} P15.02 {_...}
<* OK
> READKEY P15.01
< ERR {NOT_FOUND} {_...}
