# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A reference that GnuPG 2.2 has in a stub goes on meaning its key when the
# login shows another one with the same CKA_ID, and the other way round.
token demo
key rsa2048 0C public
key rsa2048 0C hidden nopub
let public = keygrip public
let digest = hash sha256 616263
start
> LEARN --keypairinfo
< S KEYPAIRINFO {public} P15.0C {_} {_:[0-9]+} rsa2048
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.0C
pin 123456
data-verify public sha256 {digest}
< OK
> LEARN --keypairinfo
<* S KEYPAIRINFO {public} {new} {_} {_:[0-9]+} rsa2048
<* OK
> PKSIGN --hash=sha256 P15.0C
data-verify public sha256 {digest}
< OK
> PKSIGN --hash=sha256 {new}
data-verify public sha256 {digest}
< OK
