# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Without --hash a DigestInfo is signed as it is, 20 bytes are a SHA-1 digest,
# and anything else is refused before the PIN is asked for.
token demo
key rsa2048 01 mykey
let sha1 = hash sha1 616263
let sha256 = hash sha256 616263
let info = digestinfo sha256 {sha256}
start
> SETDATA {sha256}
< OK
> PKSIGN P15.01
< ERR {INV_DATA} {_...}
calls-total C_Login 0
> SETDATA {info}
< OK
> PKSIGN P15.01
pin 123456
data-verify 01 sha256 {sha256}
< OK
> SETDATA {sha1}
< OK
> PKSIGN P15.01
data-verify 01 sha1 {sha1}
< OK
> SETDATA 
< ERR {PARAMETER} {_...}
