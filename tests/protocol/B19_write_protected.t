# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A write-protected token is used in read-only sessions: signing, decrypting and
# agreeing on a secret work.  Its PIN cannot be changed, which is said before
# anybody types one.
token demo
key rsa2048 01 rsa
key p256 02 ec
shim write-protected
let digest = hash sha256 616263
let c = rsa-encrypt 01 00112233
let point secret = ecdh 02
start
> PASSWD 1
< ERR {EACCES} {_} {_...}write-protected{_...}
calls C_SetPIN 0
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
setdata {c}
> PKDECRYPT P15.01
<? 
data-is 00112233
< OK
setdata {point}
> PKDECRYPT P15.02
<? 
data-is 41{secret}
< OK
calls-total C_Login 1
calls-total C_SetPIN 0
