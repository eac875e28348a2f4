# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key that is remembered and not there any more: not found when it is used,
# and forgotten, as everything is corrected by the login that it took.
token demo
key rsa2048 01 stays private
key rsa2048 02 goes private cert
let g1 = keygrip 01
let g2 = keygrip 02
let digest = hash sha256 616263
start
> CHECKPIN
pin 123456
< OK
eof
exit 0
delete 02 all
key rsa2048 03 comes private
let g3 = keygrip 03
start
> LEARN --force
<~ S KEYPAIRINFO {g1} P15.01 {_...}
<~ S KEYPAIRINFO {g2} P15.02 {_...}
<~ S CERTINFO {_} P15.02
<! S KEYPAIRINFO {g3} {_...}
<* OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {g2}
pin 123456
< ERR {NO_SECKEY} {_...}
> LEARN
<~ S KEYPAIRINFO {g1} P15.01 {_...}
<! S KEYPAIRINFO {g2} {_...}
<! S CERTINFO {_...}
<~ S KEYPAIRINFO {g3} P15.03 {_...}
<* OK
> PKSIGN --hash=sha256 {g3}
data-verify 03 sha256 {digest}
< OK
calls-total C_Login 1
eof
exit 0
start
> LEARN --force
<~ S KEYPAIRINFO {g1} P15.01 {_...}
<! S KEYPAIRINFO {g2} {_...}
<~ S KEYPAIRINFO {g3} P15.03 {_...}
<* OK
calls-total C_Login 0
