# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# An EC key without a CKA_ID, whose private half shows no point, is usable
# before and after the login: the label pairs its halves.
token demo
key p256 01 onlyec noid
key p256 02 otherec noid
let digest = hash sha256 616263
start
> LEARN --keypairinfo
< S KEYPAIRINFO {one} {ref1} sca {_:[0-9]+} nistp256
< S KEYPAIRINFO {two} {ref2} sca {_:[0-9]+} nistp256
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {one}
pin 123456
data-length 64
< OK
> LEARN --keypairinfo
< S KEYPAIRINFO {one} {ref1} sca {_:[0-9]+} nistp256
< S KEYPAIRINFO {two} {ref2} sca {_:[0-9]+} nistp256
< OK
> PKSIGN --hash=sha256 {ref1}
data-length 64
< OK
> PKSIGN --hash=sha256 {ref2}
data-length 64
< OK
