# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The token is pulled out: CARD_REMOVED, then an empty list; when it is back, it
# wants its PIN again.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
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
unshim absent
> SERIALNO
< S SERIALNO {_}
< OK
> KEYINFO --list
< S KEYINFO {_...}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 2
