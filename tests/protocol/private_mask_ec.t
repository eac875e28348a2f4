# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Keys on elliptic curves sign with C_Sign if "private-mask" has 1 or 2, and
# derive if it has 4 or 8: there is no recovery and no unwrapping.
token demo
key p256 01 ec
key ed25519 02 ed
key x25519 03 box
config provider-p-private-mask 2
let g1 = keygrip 01
let g2 = keygrip 02
let g3 = keygrip 03
let digest = hash sha256 616263
let point secret = ecdh 01
let box shared = ecdh 03
start
> LEARN --force
<~ S KEYPAIRINFO {g1} P15.01 sca {_...}
<~ S KEYPAIRINFO {g2} P15.02 sca {_...}
<~ S KEYPAIRINFO {g3} P15.03 - {_...}
<* OK
> SETDATA {point}
< OK
> PKDECRYPT P15.01
< ERR {WRONG_KEY_USAGE} {_...}
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-any 2
calls C_Sign 1
eof
exit 0
config provider-p-private-mask 8
start
> LEARN --force
<~ S KEYPAIRINFO {g1} P15.01 e {_...}
<~ S KEYPAIRINFO {g2} P15.02 - {_...}
<~ S KEYPAIRINFO {g3} P15.03 e {_...}
<* OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< ERR {WRONG_KEY_USAGE} {_...}
calls-any 0
> PKSIGN --hash=sha256 P15.02
< ERR {WRONG_KEY_USAGE} {_...}
calls-any 0
> SETDATA {point}
< OK
> PKDECRYPT P15.01
pin 123456
data-is 41{secret}
< OK
calls C_DeriveKey 1
> SETDATA 40{box}
< OK
> PKDECRYPT P15.03
data-is 40{shared}
< OK
calls C_DeriveKey 1
calls-total C_UnwrapKey 0
