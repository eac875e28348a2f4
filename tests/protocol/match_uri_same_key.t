# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The same keys on two tokens, each used on one of them only.
token demo
key rsa2048 01 one
key rsa2048 02 two
let g1 = keygrip 01
let g2 = keygrip 02
let digest = hash sha256 616263
shim more-slots 1
config match-uri pkcs11:token=demo;id=%01
config match-uri pkcs11:serial=0;id=%02
start
> GETINFO card_list
< S SERIALNO {sn}
< S SERIALNO {more}
< OK
> KEYINFO --list
<~ S KEYINFO {g1} T {sn} P15.01 {_}
<~ S KEYINFO {g2} T {more} P15.02 {_}
< OK
> SERIALNO --demand={sn}
<* OK
> READKEY P15.02
< ERR {NOT_FOUND} {_...}
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {g2}
< INQUIRE NEEDPIN {_:.*}Token: more 0{_...}
> D 123456
> END
data-verify 02 sha256 {digest}
< OK
> SERIALNO --demand={more}
<* OK
> READKEY P15.01
< ERR {NOT_FOUND} {_...}
> READKEY P15.02
data-is-key 02
< OK
> READKEY {g1}
data-is-key 01
< OK
