# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Whatever is wrong with a padding that we remove: one error, and the calls of
# a good one.
token demo
key rsa1024 01 mykey
let filling = run printf '5A%.0s' $(seq 1 93)
let ff = run printf 'FF%.0s' $(seq 1 93)
let message = repeat 33 32
# 00 02, 93 bytes of padding, 00, 32 bytes; and what may be wrong with it.
let good = text 0002{filling}00{message}
let first = text 0102{filling}00{message}
let type1 = text 0001{ff}00{message}
let type0 = text 0000{filling}00{message}
let type3 = text 0003{filling}00{message}
let noend = text 0002{filling}33{message}
let seven = run python3 -c 'print("0002" + "5A" * 7 + "00" + "5A" * 85 + "00" + "33" * 32)'
let none = run python3 -c 'print("000200" + "5A" * 92 + "00" + "33" * 32)'
let eight = run python3 -c 'print("0002" + "5A" * 8 + "00" + "33" * 117)'
let zero = repeat 00 128
start
> CHECKPIN
pin 123456
< OK
let c = rsa-raw 01 {good}
setdata {c}
shim mechanisms -CKM_RSA_PKCS
> PKDECRYPT P15.01
< S PADDING 0
data-is {message}
< OK
each block {first} {type1} {type0} {type3} {noend} {seven} {none} {zero}
let c = rsa-raw 01 {block}
setdata {c}
> PKDECRYPT P15.01
< ERR {DECRYPT_FAILED} {_...}
calls C_DecryptInit 1
calls C_Decrypt 1
calls-any 2
done
let c = rsa-raw 01 {eight}
setdata {c}
> PKDECRYPT P15.01
< S PADDING 0
data-length 117
< OK
calls-any 2
log-excludes {message}
