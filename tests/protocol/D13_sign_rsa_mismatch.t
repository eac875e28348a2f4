# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A DigestInfo of another algorithm than --hash names, and data of another
# length, are refused before the PIN is asked for.
token demo
key rsa2048 01 mykey
let sha1 = hash sha1 616263
let sha256 = hash sha256 616263
let i_sha1 = digestinfo sha1 {sha1}
let i_sha256 = digestinfo sha256 {sha256}
start
> SETDATA {i_sha256}
< OK
> PKSIGN --hash=sha512 P15.01
< ERR {CONFLICT} {_...}
> PKSIGN --hash=sha1 P15.01
< ERR {CONFLICT} {_...}
> SETDATA {i_sha1}
< OK
> PKSIGN --hash=rmd160 P15.01
< ERR {CONFLICT} {_...}
> SETDATA {sha256}
< OK
> PKSIGN --hash=sha512 P15.01
< ERR {INV_LENGTH} {_...}
> PKSIGN --hash=sha1 P15.01
< ERR {INV_LENGTH} {_...}
# A DigestInfo that lacks its last byte.
let short = run echo {i_sha256} | cut -c1-100
> SETDATA {short}
< OK
> PKSIGN --hash=sha256 P15.01
< ERR {INV_LENGTH} {_...}
> SETDATA 00
< OK
> PKSIGN --hash=sha257 P15.01
< ERR {PARAMETER} {_...}
> PKSIGN --hash= P15.01
< ERR {PARAMETER} {_...}
calls-total C_Login 0
calls-total C_SignInit 0
