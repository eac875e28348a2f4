# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What modules give as the shared secret: X, X without its leading zeros, or
# the whole point; it becomes 41 and X in full length.  What cannot be one is
# refused.
token demo
key p256 01 p256 usage=d
key p521 02 p521 usage=d
key x25519 03 box
let q x = ecdh 01
let q5 x5 = ecdh 02
let qb xb = ecdh 03
let y = random 32
let y5 = random 66
let tail = random 29
let tail5 = random 60
let zeros = repeat 00 32
start
> CHECKPIN
pin 123456
< OK
> SETDATA {q}
< OK
shim attr CKO_SECRET_KEY CKA_VALUE hex={tail}
> PKDECRYPT P15.01
data-is 41000000{tail}
< OK
unshim attr CKO_SECRET_KEY CKA_VALUE hex={tail}
shim attr CKO_SECRET_KEY CKA_VALUE hex=04{x}{y}
> PKDECRYPT P15.01
data-is 41{x}
< OK
unshim attr CKO_SECRET_KEY CKA_VALUE hex=04{x}{y}
each bad {zeros} 05{x}{y} 00{x}{y} {x}00 {x}{y} 04{zeros}{y} 04{x}{y}00
shim attr CKO_SECRET_KEY CKA_VALUE hex={bad}
> PKDECRYPT P15.01
< ERR {_} {_...}
calls C_DestroyObject 1
unshim attr CKO_SECRET_KEY CKA_VALUE hex={bad}
done
> SETDATA {q5}
< OK
> PKDECRYPT P15.02
data-is 41{x5}
data-length 67
< OK
shim attr CKO_SECRET_KEY CKA_VALUE hex={tail5}
> PKDECRYPT P15.02
data-is 41000000000000{tail5}
< OK
unshim attr CKO_SECRET_KEY CKA_VALUE hex={tail5}
shim attr CKO_SECRET_KEY CKA_VALUE hex=04{x5}{y5}
> PKDECRYPT P15.02
data-is 41{x5}
< OK
unshim attr CKO_SECRET_KEY CKA_VALUE hex=04{x5}{y5}
> SETDATA {qb}
< OK
> PKDECRYPT P15.03
data-is 40{xb}
< OK
> SETDATA 40{qb}
< OK
> PKDECRYPT P15.03
data-is 40{xb}
data-length 33
< OK
# X25519: all zeros, or too short, is none.
each bad {zeros} {tail}
shim attr CKO_SECRET_KEY CKA_VALUE hex={bad}
> PKDECRYPT P15.03
< ERR {DECRYPT_FAILED} {_...}
unshim attr CKO_SECRET_KEY CKA_VALUE hex={bad}
done
log-excludes {x}
log-excludes {xb}
