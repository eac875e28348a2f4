# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key that is nowhere: the error by the kind of name, and no PIN prompt.
token demo
key rsa2048 01 mykey
let none = repeat AB 20
start
> SETDATA 00
< OK
> PKSIGN --hash=sha256 {none}
< ERR {NO_SECKEY} {_...}
> PKAUTH {none}
< ERR {NO_SECKEY} {_...}
> PKDECRYPT {none}
< ERR {NO_SECKEY} {_...}
> READKEY {none}
< ERR {NO_SECKEY} {_...}
> KEYINFO {none}
< ERR {NOT_FOUND} {_...}
> PKSIGN --hash=sha256 P15.77
< ERR {NOT_FOUND} {_...}
> PKAUTH P15.77
< ERR {NOT_FOUND} {_...}
> PKDECRYPT P15.77
< ERR {NOT_FOUND} {_...}
> CHECKPIN {none}
< ERR {NO_SECKEY} {_...}
> CHECKPIN P15.77
< ERR {NOT_FOUND} {_...}
> CHECKPIN FF500B000000000000000000
< ERR {_} {_...}
calls-total C_Login 0
