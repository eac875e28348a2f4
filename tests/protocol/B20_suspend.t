# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# All sessions, the login and every object handle are gone at once, as after a
# suspend: the next operation works, whatever it is, with one prompt at most.
token demo
key rsa2048 01 mykey cert
key p256 02 other
key rsa2048 03 careful aa
let digest = hash sha256 616263
let plain = random 32
let c = rsa-encrypt 01 {plain}
let q x = ecdh 02
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
shim suspend
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_Login 1
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-any 2
unshim suspend
setdata {c}
> PKDECRYPT P15.01
< S PADDING 0
data-is {plain}
< OK
shim suspend
> PKDECRYPT P15.01
pin 123456
< S PADDING 0
data-is {plain}
< OK
calls C_Login 1
unshim suspend
> SETDATA {q}
< OK
> PKDECRYPT P15.02
data-is 41{x}
< OK
shim suspend
> PKDECRYPT P15.02
pin 123456
data-is 41{x}
< OK
calls C_Login 1
unshim suspend
# A key that wants its PIN at each use: the one prompt does for both logins.
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.03
pin 123456
data-verify 03 sha256 {digest}
< OK
shim suspend
> PKSIGN --hash=sha256 P15.03
pin 123456
data-verify 03 sha256 {digest}
< OK
calls C_Login 2
unshim suspend
# Lists need no PIN.
> SERIALNO
< S SERIALNO {_}
< OK
shim suspend
> LEARN --force
<~ S KEYPAIRINFO {_} P15.01 {_...}
<~ S KEYPAIRINFO {_} P15.02 {_...}
<~ S CERTINFO {_} P15.01
<* OK
calls C_OpenSession 1
unshim suspend
> SERIALNO
< S SERIALNO {_}
< OK
shim suspend
> SERIALNO
< S SERIALNO {_}
< OK
> READKEY P15.02
data-is-key 02
< OK
calls C_Login 0
# Two clients at once: one of them is asked.
2> SETDATA {digest}
2< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_...}
2> PKSIGN --hash=sha256 P15.02
> D 123456
> END
data-verify 01 sha256 {digest}
< OK
2data-verify 02 sha256 {digest}
2< OK
calls-total C_Login 8
