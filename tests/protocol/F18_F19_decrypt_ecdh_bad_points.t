# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Points that are not on the curve, of low order, or of a wrong length never
# get to the token, and cost no PIN.
token demo
key p256 01 p256 usage=d
key p384 02 p384 usage=d
key x25519 03 box
let q x = ecdh 01
let q3 x3 = ecdh 03
let zeros32 = repeat 00 32
let zeros31 = repeat 00 31
let zeros64 = repeat 00 64
let ones64 = repeat FF 64
let damaged = run echo {q} | python3 -c 'q = bytearray.fromhex(input()); q[-1] ^= 1; print(q.hex())'
let cut = run echo {q} | cut -c1-128
let cut3 = run echo {q3} | cut -c1-62
start
> SERIALNO
< S SERIALNO {_}
< OK
# Not on the curve.
> SETDATA {damaged}
< OK
> PKDECRYPT P15.01
< ERR {BAD_PUBKEY} {_...}
calls-any 0
> SETDATA 04{zeros64}
< OK
> PKDECRYPT P15.01
< ERR {_} {_...}
calls-any 0
> SETDATA 04{ones64}
< OK
> PKDECRYPT P15.01
< ERR {_} {_...}
calls-any 0
# Of another curve.
> SETDATA {q}
< OK
> PKDECRYPT P15.02
< ERR {_} {_...}
calls-any 0
# Too short, too long, infinity, no format at all.
> SETDATA {cut}
< OK
> PKDECRYPT P15.01
< ERR {_} {_...}
calls-any 0
> SETDATA {q}00
< OK
> PKDECRYPT P15.01
< ERR {_} {_...}
calls-any 0
> SETDATA 00
< OK
> PKDECRYPT P15.01
< ERR {_} {_...}
calls-any 0
> SETDATA 09{q}
< OK
> PKDECRYPT P15.01
< ERR {_} {_...}
calls-any 0
> SETDATA 04
< OK
> PKDECRYPT P15.01
< ERR {_} {_...}
calls-any 0
# X25519: 0, 1, p - 1, p, p + 1, and both points of order 8.
> SETDATA {zeros32}
< OK
> PKDECRYPT P15.03
< ERR {_} {_...}
calls-any 0
> SETDATA 40{zeros32}
< OK
> PKDECRYPT P15.03
< ERR {_} {_...}
calls-any 0
> SETDATA 01{zeros31}
< OK
> PKDECRYPT P15.03
< ERR {_} {_...}
calls-any 0
> SETDATA ECFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7F
< OK
> PKDECRYPT P15.03
< ERR {_} {_...}
calls-any 0
> SETDATA EDFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7F
< OK
> PKDECRYPT P15.03
< ERR {_} {_...}
calls-any 0
> SETDATA EEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7F
< OK
> PKDECRYPT P15.03
< ERR {_} {_...}
calls-any 0
> SETDATA E0EB7A7C3B41B8AE1656E3FAF19FC46ADA098DEB9C32B1FD866205165F49B800
< OK
> PKDECRYPT P15.03
< ERR {_} {_...}
calls-any 0
> SETDATA 5F9C95BCA3508C24B1D0B1559C83EF5B04445CC4581C8E86D8224EDDD09F1157
< OK
> PKDECRYPT P15.03
< ERR {_} {_...}
calls-any 0
# The same with the bit that is ignored.
> SETDATA 5F9C95BCA3508C24B1D0B1559C83EF5B04445CC4581C8E86D8224EDDD09F11D7
< OK
> PKDECRYPT P15.03
< ERR {_} {_...}
calls-any 0
# Wrong lengths, a wrong first byte.
> SETDATA {cut3}
< OK
> PKDECRYPT P15.03
< ERR {_} {_...}
calls-any 0
> SETDATA {q3}00
< OK
> PKDECRYPT P15.03
< ERR {_} {_...}
calls-any 0
> SETDATA 41{q3}
< OK
> PKDECRYPT P15.03
< ERR {_} {_...}
calls-any 0
> SETDATA 04{q}
< OK
> PKDECRYPT P15.03
< ERR {_} {_...}
calls-any 0
calls-total C_Login 0
> SETDATA {q}
< OK
> PKDECRYPT P15.01
pin 123456
data-is 41{x}
< OK
