# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# With "cert-private" certificates are looked for after a login only; then they
# are remembered.  Nobody is asked for a PIN because of them.
token demo
key rsa2048 01 mykey cert
key rsa2048 02 other nopub cert
config provider-p-cert-private
let g1 = keygrip 01
let g2 = keygrip 02
let digest = hash sha256 616263
start
> LEARN --force
<~ S KEYPAIRINFO {g1} P15.01 {_...}
<! S KEYPAIRINFO {g2} {_...}
<! S CERTINFO {_...}
<* OK
# Public keys and private keys are searched for, no certificates.
calls C_FindObjectsInit 2
> READCERT P15.01
< ERR {NOT_FOUND} {_:.*after the PIN was given: CHECKPIN.*}
> READCERT P15.02
< ERR {NOT_FOUND} {_:.*after the PIN was given: CHECKPIN.*}
> READCERT {g2}
< ERR {NOT_FOUND} {_:.*after the PIN was given: CHECKPIN.*}
calls-total C_Login 0
> CHECKPIN
pin 123456
< OK
calls C_Login 1
calls C_FindObjectsInit 2
> LEARN
<~ S KEYPAIRINFO {g1} P15.01 {rest1...}
<~ S KEYPAIRINFO {g2} P15.02 {rest2...}
<~ S CERTINFO 100 P15.01
<~ S CERTINFO 100 P15.02
<* OK
> READCERT P15.01
data-is-cert 01
< OK
calls-any 0
> READCERT P15.03
< ERR {NOT_FOUND} Not found <{_}>
eof
exit 0
# At the next start they are known.
start
> LEARN --force
<~ S KEYPAIRINFO {g1} P15.01 {rest1...}
<~ S KEYPAIRINFO {g2} P15.02 {rest2...}
<~ S CERTINFO 100 P15.01
<~ S CERTINFO 100 P15.02
<* OK
calls C_FindObjectsInit 2
> READCERT P15.01
data-is-cert 01
< OK
> READCERT {g2}
data-is-cert 02
< OK
calls-total C_Login 0
# A signature is a login too.
delete 02 cert
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {g1}
pin 123456
data-verify 01 sha256 {digest}
< OK
> LEARN
<~ S CERTINFO 100 P15.01
<! S CERTINFO {_} P15.02
<* OK
calls-total C_Login 1
