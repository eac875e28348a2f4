# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key that has no CKA_ID, and two that share one, still have references that
# are their own.
token demo
key rsa2048 01 nameless noid
key rsa2048 02 twin1
run "$KEYMAKER" "$MODULE" gen "$TOKEN" "$PIN" rsa2048 02 twin2
key rsa2048 03 single
let g1 = keygrip nameless
let g2 = keygrip twin1
let digest = hash sha256 616263
let x1 = run echo {g1} | cut -c1-16
let x2 = run echo {g2} | cut -c1-16
start
> KEYINFO --list
<~ S KEYINFO {g1} T {_} P15.X{x1} {_}
<~ S KEYINFO {g2} T {_} P15.X{x2} {_}
<~ S KEYINFO {g3} T {_} P15.X{_} {_}
<~ S KEYINFO {g4} T {_} P15.03 {_}
< OK
> READKEY P15.X{x1}
data-is-key nameless
< OK
> READKEY P15.X{x2}
data-is-key twin1
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.X{x1}
pin 123456
data-verify nameless sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.X{x2}
data-verify twin1 sha256 {digest}
< OK
> PKSIGN --hash=sha256 {g3}
data-length 256
< OK
> PKSIGN --hash=sha256 P15.03
data-verify single sha256 {digest}
< OK
