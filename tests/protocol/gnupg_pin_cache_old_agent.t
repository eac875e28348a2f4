# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# GnuPG 2.2 fails an operation in which it is asked PINCACHE_GET: a client is
# asked only when it has done what 2.2 does not.
token demo
key rsa2048 01 mykey
config pin-cache 0
config use-gnupg-pin-cache
let digest = hash sha256 616263
let grip = keygrip 01
start
> SERIALNO
<* OK
> LEARN --force
<* OK
> READKEY {grip}
<* OK
> SETDATA {digest}
< OK
each time 1 2
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
done
# One that lists all is newer, also if another one is not.
2> SERIALNO --all
2<* OK
2> SETDATA {digest}
2< OK
2> PKSIGN --hash=sha256 P15.01
2pin 123456
2< S PINCACHE_PUT {_...}
2data-verify 01 sha256 {digest}
2< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
3> KEYINFO --list
3<* OK
3> CHECKPIN
3< INQUIRE PINCACHE_GET {_...}
# And one that says no is not asked again.
3> CAN
3pin 123456
3< OK
3> CHECKPIN
3pin 123456
3< OK
