# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# ssh's Ed25519: the header of SHA-1, and behind it the whole message, of any
# length.
token demo
key ed25519 01 ed
let m0 = random 1
let m20 = random 20
let m300 = random 300
let m2000 = random 2000
let m60000 = random 60000
start
> SETDATA 3021300906052B0E03021A05000414{m300}
< OK
> PKAUTH P15.01
pin 123456
data-verify-eddsa 01 {m300}
< OK
> SETDATA 3021300906052B0E03021A05000414{m0}
< OK
> PKAUTH P15.01
data-verify-eddsa 01 {m0}
< OK
> SETDATA 3021300906052B0E03021A05000414{m20}
< OK
> PKAUTH P15.01
data-verify-eddsa 01 {m20}
< OK
setdata 3021300906052B0E03021A05000414{m2000}
> PKAUTH P15.01
data-verify-eddsa 01 {m2000}
< OK
setdata 3021300906052B0E03021A05000414{m60000}
> PKAUTH P15.01
data-verify-eddsa 01 {m60000}
< OK
# Data without a header are the message.
> SETDATA {m300}
< OK
> PKAUTH --challenge-response P15.01
data-verify-eddsa 01 {m300}
< OK
