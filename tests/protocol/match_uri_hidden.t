# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What is remembered of a token goes through "match-uri" like what is seen: also
# if there was another one when it was written.
token demo
key rsa2048 01 first private cert
key p256 02 second private cert
let g1 = keygrip 01
let g2 = keygrip 02
start
> CHECKPIN
pin 123456
< OK
> LEARN
<~ S KEYPAIRINFO {g1} P15.01 {_...}
<~ S KEYPAIRINFO {g2} P15.02 {_...}
<* OK
eof
exit 0
config match-uri pkcs11:id=%02
start
> LEARN --force
<! S KEYPAIRINFO {g1} {_...}
<~ S KEYPAIRINFO {g2} P15.02 {_...}
<! S CERTINFO {_} P15.01
<~ S CERTINFO {_} P15.02
<* OK
calls C_Login 0
> CHECKPIN
pin 123456
< OK
> LEARN
<! S KEYPAIRINFO {g1} {_...}
<~ S KEYPAIRINFO {g2} P15.02 {_...}
<! S CERTINFO {_} P15.01
<~ S CERTINFO {_} P15.02
<* OK
eof
exit 0
start
> LEARN --force
<! S KEYPAIRINFO {g1} {_...}
<~ S KEYPAIRINFO {g2} P15.02 {_...}
<! S CERTINFO {_} P15.01
<* OK
calls C_Login 0
