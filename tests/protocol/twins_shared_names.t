# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What names two tokens that tell the same: the serial number without a mark,
# from before there was the second, and 0.10's references.  It means a key that
# only one of them has, and never one of two.
token one
key p256 01 k1
key p256 02 k1b
token two
key p256 01 k2
let g1 = keygrip k1
let g1b = keygrip k1b
let digest = hash sha256 616263
shim token-text * serial 00
shim token-text * label tpm
shim absent two
start
> SERIALNO
< S SERIALNO {plain}
< OK
unshim absent two
> SERIALNO --demand={plain}
< S SERIALNO {plain}
< OK
> KEYINFO {g1}
< S KEYINFO {g1} T {one} P15.01 sca
< OK
> READKEY P15.02
data-is-key k1b
< OK
> READKEY P15.01
< ERR {AMBIGUOUS_NAME} {_...}
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< ERR {AMBIGUOUS_NAME} {_...}
> READKEY {g1}
data-is-key k1
< OK
> READKEY P15.03
< ERR {NOT_FOUND} {_...}
let id = text SoftHSM\x20project/SoftHSM\x20v2/00/tpm
> READKEY {id}/01
< ERR {AMBIGUOUS_NAME} {_...}
> READKEY {id}/02
data-is-key k1b
< OK
> RESTART
< OK
> READKEY {id}/01
< ERR {AMBIGUOUS_NAME} {_...}
> READKEY {id}/02
data-is-key k1b
< OK
> SERIALNO --demand={one}
< S SERIALNO {one}
< OK
> READKEY {id}/01
data-is-key k1
< OK
> READKEY P15.01
data-is-key k1
< OK
calls-total C_Login 0
# Alone again, it is meant by both.
shim absent two
> SERIALNO --demand={plain}
< S SERIALNO {plain}
< OK
> READKEY P15.01
data-is-key k1
< OK
> READKEY {id}/01
data-is-key k1
< OK
