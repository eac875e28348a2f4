# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# References as 0.10 told them have the token's label in them.  They name its
# keys whatever bytes that has, in both spellings; so do ours.
token "ее щ\"%+/"
key rsa2048 a5 "kе \"%+"
let grip = keygrip a5
let ref = text SoftHSM\x20project/SoftHSM\x20v2/{serial}/\xA5\xA5\x20\xE9\x22\x25\x2B\x2F
let uri = text pkcs11:model=SoftHSM%20v2;token=%a5%a5%20%e9%22%25%2b%2f;manufacturer=SoftHSM%20project;serial={serial}
let digest = hash sha256 616263
start
> LEARN --force
<~ S KEYPAIRINFO {grip} P15.A5 {_...}
<* OK
each id P15.A5 {ref}/A5 {uri};id=%a5
> READKEY {id}
data-is-key a5
< OK
done
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {ref}/A5
pin 123456
data-verify a5 sha256 {digest}
< OK
> PKSIGN --hash=sha256 {uri};id=%a5
data-verify a5 sha256 {digest}
< OK
