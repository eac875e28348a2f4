# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The same key on two tokens: the first has it for GnuPG; when that is pulled
# out, an operation goes on with the other one, and its own PIN.
token one pin=11111111
key rsa8192 01 same
token two pin=22222222
key rsa8192 02 same
let grip = keygrip same
let digest = hash sha256 616263
let cipher = rsa-encrypt same 736563726574
start
> KEYINFO --list
< S KEYINFO {grip} T {one} P15.01 {_}
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {grip}
< INQUIRE NEEDPIN {_:.*}Token: one{_...}
> D 11111111
> END
data-verify same sha256 {digest}
< OK
# No SERIALNO, which would look: the operation finds that the token is gone.
shim absent one
> PKSIGN --hash=sha256 {grip}
< INQUIRE NEEDPIN {_:.*}Token: two{_...}
> D 22222222
> END
data-verify same sha256 {digest}
< OK
calls C_Login 1
> KEYINFO {grip}
< S KEYINFO {grip} T {two} P15.02 {_}
< OK
> KEYINFO --list
< S KEYINFO {grip} T {two} P15.02 {_}
< OK
# From then on it is the usual two calls.
> PKSIGN --hash=sha256 {grip}
data-verify same sha256 {digest}
< OK
calls-any 2
# Back again, and the second goes: decryption finds the first.
unshim absent one
> SERIALNO
< S SERIALNO {one}
< OK
> SERIALNO --demand={two}
< S SERIALNO {two}
< OK
setdata {cipher}
shim absent two
> PKDECRYPT {grip}
< INQUIRE NEEDPIN {_:.*}Token: one{_...}
> D 11111111
> END
< S PADDING 0
data-is 736563726574
< OK
calls-total C_Login 3
# Nobody is asked for the PIN of a token that is not there, and there is an
# end.
shim absent one
> PKDECRYPT {grip}
< ERR {CARD_REMOVED} {_...}
> PKDECRYPT {grip}
< ERR {CARD_NOT_PRESENT} {_...}
> KEYINFO {grip}
< ERR {NOT_FOUND} {_...}
> SERIALNO --all
< ERR {ENODEV} {_...}
calls-total C_Login 3
