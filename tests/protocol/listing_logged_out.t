# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that is logged in is not asked whether it is, as long as it shows what it
# hides without a login.  If it does not, it is asked: what it hides has not gone.
token demo
key rsa2048 01 mykey cert
key rsa2048 02 hidden nopub
let g2 = keygrip 02
start
> CHECKPIN
pin 123456
< OK
> LEARN --force
<~ S KEYPAIRINFO {_} P15.01 {_...}
<~ S KEYPAIRINFO {g2} P15.02 {_...}
<* OK
calls C_GetSessionInfo 0
shim log-out
> LEARN --force
<~ S KEYPAIRINFO {_} P15.01 {_...}
<~ S KEYPAIRINFO {g2} P15.02 {_...}
<* OK
calls C_GetSessionInfo 1
calls-total C_Login 1
> CHECKPIN
< OK
# It is logged in again with the next use of a key.
> SETDATA 00
< OK
> PKSIGN --hash=none {g2}
pin 123456
<* OK
> LEARN --force
<~ S KEYPAIRINFO {g2} P15.02 {_...}
<* OK
calls C_GetSessionInfo 0
# All private keys are deleted: it is asked, and they are gone.
delete 02 all
delete 01 priv
> LEARN --force
<! S KEYPAIRINFO {_...}
<* OK
calls C_GetSessionInfo 1
