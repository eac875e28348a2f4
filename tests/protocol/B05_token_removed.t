# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The token is pulled out: CARD_REMOVED, then an empty list; when it is back, it
# wants its PIN again.  No error is a general one, and no PIN is asked for.
token demo
key rsa2048 01 mykey
let grip = keygrip 01
let digest = hash sha256 616263
let cipher = rsa-encrypt 01 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
shim absent
> PKSIGN --hash=sha256 P15.01
< ERR {CARD_REMOVED} {_...}
> KEYINFO --list
< OK
> SERIALNO
< ERR {ENODEV} {_...}
# What is known to be gone is not there; what never was is unknown.
> PKSIGN --hash=sha256 {grip}
< ERR {CARD_NOT_PRESENT} {_...}
> READKEY {grip}
< ERR {CARD_NOT_PRESENT} {_...}
> READKEY 0000000000000000000000000000000000000001
< ERR {NO_SECKEY} {_...}
unshim absent
> SERIALNO
< S SERIALNO {sn}
< OK
> KEYINFO --list
< S KEYINFO {_...}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 2
# Before it has had its PIN: nobody is asked for that of a token that is not
# there.
shim absent
> SERIALNO
< ERR {ENODEV} {_...}
unshim absent
> SERIALNO --demand={sn}
< S SERIALNO {sn}
< OK
shim absent
> PKSIGN --hash=sha256 P15.01
< ERR {CARD_REMOVED} {_...}
> PKSIGN --hash=sha256 P15.01
< ERR {_:100663408|100663323} {_...}
> CHECKPIN
< ERR {ENODEV} {_...}
> SERIALNO --demand={sn}
< ERR {ENODEV} {_...}
> READKEY P15.01
< ERR {CARD_NOT_PRESENT} {_...}
> LEARN --force
< ERR {ENODEV} {_...}
unshim absent
> SERIALNO --demand={sn}
< S SERIALNO {sn}
< OK
shim absent
> SETDATA {cipher}
< OK
> PKDECRYPT P15.01
< ERR {CARD_REMOVED} {_...}
calls-total C_Login 2
