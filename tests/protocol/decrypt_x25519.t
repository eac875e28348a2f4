# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# X25519: points of 32 bytes, or of 33 with 40 in front; the answer is 40 and
# the shared X.
token demo
key x25519 01 box
let q x = ecdh 01
start
> SETDATA {q}
< OK
> PKDECRYPT P15.01
pin 123456
data-is 40{x}
< OK
> SETDATA 40{q}
< OK
> PKDECRYPT P15.01
data-is 40{x}
< OK
calls-total C_Login 1
log-excludes {x}
