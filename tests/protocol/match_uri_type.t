# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# URIs are often copied from tools that write type=private.  As long as private
# keys are hidden, what belongs to them stands for them.
token demo
key rsa2048 01 one
key p256 02 two
key p256 03 three
cert 03 three
delete 03 pub
key p256 04 four
delete 04 priv
let g1 = keygrip 01
let g2 = keygrip 02
let g3 = keygrip 03
let g4 = keygrip 04
config match-uri pkcs11:token=demo;id=%01;type=private
config match-uri pkcs11:token=demo;id=%02;type=secret-key
config match-uri pkcs11:token=demo;object=three;type=private
config match-uri pkcs11:token=demo;id=%04;type=private
start
> KEYINFO --list
<~ S KEYINFO {g1} T {sn} P15.01 {_}
<~ S KEYINFO {g3} T {sn} P15.03 {_}
<~ S KEYINFO {g4} T {sn} P15.04 {_}
< OK
> CHECKPIN P15.01
pin 123456
< OK
> KEYINFO --list
<~ S KEYINFO {g1} T {sn} P15.01 {_}
<~ S KEYINFO {g3} T {sn} P15.03 {_}
< OK
