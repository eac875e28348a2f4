# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The references of 0.10, upstream's and Fedora's, name keys wherever a key can
# be named, on any card whatever the session's is.
token one
key rsa2048 01 k1
token "two, 2"
key rsa2048 01 k2 cert
key rsa2048 0a1B k3
let ref = text SoftHSM\x20project/SoftHSM\x20v2/{serial}/two\x2C\x202
let uri = text pkcs11:model=SoftHSM%20v2;token=two%2c%202;manufacturer=SoftHSM%20project;serial={serial}
let g1 = keygrip k1
let digest = hash sha256 616263
start
> GETATTR SERIALNO {g1}
< S SERIALNO {sn}
< OK
> SWITCHCARD {sn}
< S SERIALNO {sn}
< OK
> READKEY {ref}/01
data-is-key k2
< OK
> READKEY {uri};id=%01
data-is-key k2
< OK
> READKEY {ref}/0A1B
data-is-key k3
< OK
> READKEY {ref}/0a1b
data-is-key k3
< OK
> READKEY {uri};id=%0a%1b
data-is-key k3
< OK
# In another spelling and order, as RFC 7512 allows.
> READKEY pkcs11:id=%0A%1B;serial={serial};manufacturer=SoftHSM%20project;token=two%2C%202;model=SoftHSM%20v2
data-is-key k3
< OK
> READCERT {ref}/01
data-is-cert k2
< OK
> GETATTR SERIALNO {ref}/01
< S SERIALNO {other}
< OK
run test {sn} != {other}
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {ref}/0A1B
pin 123456
data-verify k3 sha256 {digest}
< OK
> PKSIGN --hash=sha256 {uri};id=%01
data-verify k2 sha256 {digest}
< OK
> PKAUTH {uri};id=%01
data-verify k2 none {digest}
< OK
> READKEY {ref}/77
< ERR {NOT_FOUND} {_...}
> READKEY {ref}
< ERR {_:100663323|100663414} {_...}
> READKEY {uri}
< ERR {_:100663323|100663414} {_...}
> READKEY {ref}/0
< ERR {_:100663323|100663414} {_...}
# Another token, one that is not here.
> READKEY a/b/c/d/01
< ERR {CARD_NOT_PRESENT} {_...}
> READKEY pkcs11:
< ERR {_:100663323|100663414} {_...}
> READKEY pkcs11:id=%zz
< ERR {_:100663323|100663414} {_...}
> READKEY a\x/b/c/d/01
< ERR {_:100663323|100663414} {_...}
