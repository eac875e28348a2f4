# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key is meant if its certificate is, and then has all its certificates; a
# certificate without a key is meant or not by itself.
token demo
key rsa2048 01 one
cert 01 staff
cert 01 visitor
key p256 02 two cert
key p256 03 issuer
cert 03 issuer foreign
delete 03 pub
delete 03 priv
key p256 04 stranger
cert 04 stranger foreign
delete 04 pub
delete 04 priv
let g1 = keygrip 01
let g2 = keygrip 02
config match-uri pkcs11:object=staff;type=cert
config match-uri pkcs11:object=issuer
start
> LEARN --force
<~ S KEYPAIRINFO {g1} P15.01 {_...}
<~ S KEYPAIRINFO {_} P15.03 {_...}
<! S KEYPAIRINFO {_...}
<* OK
log-has left out: public key 'two' with CKA_ID 02: no match-uri fits
log-has left out: certificate 'stranger' with CKA_ID 04: no match-uri fits
> CHECKPIN P15.01
pin 123456
< OK
# With the private keys in sight, those of 03 and 04 are certificates alone.
> LEARN --force
<~ S KEYPAIRINFO {g1} P15.01 {_...}
<! S KEYPAIRINFO {_...}
<~ S CERTINFO {_} P15.01{_...}
<~ S CERTINFO {_} P15.03{_...}
<~ S CERTINFO {_...}
<! S CERTINFO {_...}
<* OK
> READCERT P15.04
< ERR {NOT_FOUND} {_...}
