# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Of the keys on a token those are used that a URI means; the others are not
# listed and cannot be used by any name.
token demo
key rsa2048 01 one cert
key p256 02 two cert
key p384 03 three
key p256 04 four
let g1 = keygrip 01
let g2 = keygrip 02
let g3 = keygrip 03
let g4 = keygrip 04
let digest = hash sha256 616263
config match-uri pkcs11:token=demo;id=%01
config match-uri pkcs11:token=demo;object=three
config match-uri pkcs11:token=other
start
> LEARN --force
<~ S KEYPAIRINFO {g1} P15.01 {_...}
<~ S KEYPAIRINFO {g3} P15.03 {_...}
<~ S CERTINFO {_} P15.01{_...}
<! S CERTINFO {_...}
<! S KEYPAIRINFO {_...}
<! {_...}{g2}{_...}
<! {_...}{g4}{_...}
<* OK
> KEYINFO --list
<~ S KEYINFO {g1} T {sn} P15.01 {_}
<~ S KEYINFO {g3} T {sn} P15.03 {_}
< OK
each name {g2} P15.02 {g4} P15.04
> READKEY {name}
< ERR {_:100663313|100663323} {_...}
> READCERT {name}
< ERR {NOT_FOUND} {_...}
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {name}
< ERR {_:100663313|100663323} {_...}
> PKAUTH {name}
< ERR {_:100663313|100663323} {_...}
> PKDECRYPT {name}
< ERR {_:100663313|100663323} {_...}
done
> KEYINFO {g2}
< ERR {NOT_FOUND} {_...}
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
# The private keys are seen now, and nothing else is meant.
> KEYINFO --list
<~ S KEYINFO {g1} T {sn} P15.01 {_}
<~ S KEYINFO {g3} T {sn} P15.03 {_}
< OK
log-has 'demo': left out: public key 'two' with CKA_ID 02: no match-uri fits
log-has 'demo': left out: private key 'two' with CKA_ID 02: no match-uri fits
calls-total C_Login 1
