# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that leaves the padding on although it was asked to remove it; some
# lose the zero byte that it begins with.
token demo
key rsa2048 01 mykey
let plain = random 32
let most = random 245
let c = rsa-encrypt 01 {plain}
let c2 = rsa-encrypt 01 {most}
let empty = rsa-encrypt 01 ""
let wrong = run python3 -c 'print("0003" + "5A" * 221 + "00" + "33" * 32)'
let bad = rsa-raw 01 {wrong}
start
> CHECKPIN
pin 123456
< OK
each how full short
shim padded-plaintext {how}
setdata {c}
> PKDECRYPT P15.01
< S PADDING 0
data-is {plain}
< OK
setdata {c2}
> PKDECRYPT P15.01
< S PADDING 0
data-is {most}
< OK
setdata {empty}
> PKDECRYPT P15.01
< S PADDING 0
< OK
setdata {bad}
> PKDECRYPT P15.01
< ERR {DECRYPT_FAILED} {_...}
unshim padded-plaintext {how}
done
log-excludes {plain}
