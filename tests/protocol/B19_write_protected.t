# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that cannot be written to opens no read-write session: read-only ones
# do for listing, signing, decrypting and deriving.  Its PIN cannot be changed,
# which is said before anybody types one.
token demo
key rsa2048 01 rsa cert
key p256 02 p256
key rsa2048 03 careful aa
let digest = hash sha256 616263
let info = digestinfo sha256 {digest}
let plain = random 32
let c = rsa-encrypt 01 {plain}
let q x = ecdh 02
shim write-protected
start
> LEARN --force
<~ S KEYPAIRINFO {_} P15.01 {_...}
<~ S KEYPAIRINFO {_} P15.02 {_...}
<~ S CERTINFO {_} P15.01
<* OK
> SETDATA {info}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
> PKAUTH P15.02
data-verify 02 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.03
pin 123456
data-verify 03 sha256 {digest}
< OK
setdata {c}
> PKDECRYPT P15.01
< S PADDING 0
data-is {plain}
< OK
> SETDATA {q}
< OK
> PKDECRYPT P15.02
data-is 41{x}
< OK
# Not even tried.
run ! grep '^C_OpenSession' calls | grep -v ' 0x0$'
> PASSWD 1
< ERR {EACCES} {_} {_...}write-protected{_...}
calls C_SetPIN 0
