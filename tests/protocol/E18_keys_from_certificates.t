# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key of which a token shows only the certificate; a certificate whose key is
# elsewhere is taken back after the login.
token demo
key rsa2048 01 mine nopub cert
key p256 02 foreign
cert 02 foreign foreign
delete 02 priv
delete 02 pub
let g1 = keygrip 01
let digest = hash sha256 616263
start
> KEYINFO --list
<~ S KEYINFO {g1} T {_} P15.01 {_}
<* OK
> READKEY {g1}
data-is-key 01
< OK
> READCERT P15.01
data-is-cert 01
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {g1}
pin 123456
data-verify 01 sha256 {digest}
< OK
> KEYINFO --list
< S KEYINFO {g1} {_...}
< OK
> LEARN --force
<~ S CERTINFO 100 P15.01
<~ S CERTINFO {_:10[0-2]} {ref}
<! S KEYPAIRINFO {_} {ref} {_...}
<* OK
> READCERT {ref}
data-is-cert 02
< OK
