# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# KEYINFO: the keys of all tokens, filtered by what they can do; one key by its
# keygrip.
token one
key rsa2048 01 signer usage=s
key rsa2048 02 reader usage=d
key p256 03 agreement usage=d
token two
key ed25519 01 login
key x25519 02 box
key bp256 03 brainpool usage=s
let k1 = keygrip signer
let k2 = keygrip reader
let k3 = keygrip agreement
let k4 = keygrip login
let k5 = keygrip box
let k6 = keygrip brainpool
let none = repeat AB 20
start
> KEYINFO --list
<~ S KEYINFO {k1} T {sn1:FF500B00[0-9A-F]{16}} P15.01 sca
<~ S KEYINFO {k2} T {sn1} P15.02 e
<~ S KEYINFO {k3} T {sn1} P15.03 e
<~ S KEYINFO {k4} T {sn2:FF500B00[0-9A-F]{16}} P15.01 sca
<~ S KEYINFO {k5} T {sn2} P15.02 e
<~ S KEYINFO {k6} T {sn2} P15.03 sc
< OK
> KEYINFO --list=sign
<~ S KEYINFO {k1} {_...}
<~ S KEYINFO {k4} {_...}
<~ S KEYINFO {k6} {_...}
< OK
> KEYINFO --list=encr
<~ S KEYINFO {k2} {_...}
<~ S KEYINFO {k3} {_...}
<~ S KEYINFO {k5} {_...}
< OK
# No key that ssh cannot use.
> KEYINFO --list=auth
<~ S KEYINFO {k1} {_...}
<~ S KEYINFO {k4} {_...}
< OK
> KEYINFO {k5}
< S KEYINFO {k5} T {sn2} P15.02 e
< OK
> KEYINFO --data {k1}
data-text {k1} T {sn1} P15.01 sca{_:\n}
< OK
> KEYINFO --list=auth --data
data-text {_:(.{40} T .{24} P15.01 sca\n){2}}
< OK
> KEYINFO {none}
< ERR {NOT_FOUND} {_...}
> KEYINFO --data {none}
< ERR {NOT_FOUND} {_...}
> KEYINFO P15.01
< ERR {PARAMETER} {_...}
> KEYINFO {k1} {k2}
< ERR {PARAMETER} {_...}
> KEYINFO --list {k1}
< ERR {PARAMETER} {_...}
> KEYINFO --list=sca
< ERR {PARAMETER} {_...}
> KEYINFO 00{none}
< ERR {PARAMETER} {_...}
calls-total C_Login 0
