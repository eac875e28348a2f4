# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# ECDSA: two halves of the order's length, whether the digest is shorter or
# longer than the order, as DigestInfo or bare.
token demo
key p256 02 p256
key p384 03 p384
key p521 05 p521
key bp256 06 brainpool
key k256 07 k256
start
> CHECKPIN
pin 123456
< OK
each id 02 03 05 06 07
each hash sha1 sha224 sha256 sha384 sha512
let digest = hash {hash} 616263
let info = digestinfo {hash} {digest}
> SETDATA {info}
< OK
> PKSIGN --hash={hash} P15.{id}
data-verify {id} {hash} {digest}
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash={hash} P15.{id}
data-verify {id} {hash} {digest}
< OK
done
done
> PKSIGN --hash=sha512 P15.05
data-length 132
< OK
# What is no digest is refused.
> SETDATA 00112233
< OK
> PKSIGN --hash=sha256 P15.02
< ERR {INV_LENGTH} {_...}
> PKSIGN --hash=none P15.02
< ERR {INV_LENGTH} {_...}
> SETDATA {info}
< OK
> PKSIGN --hash=sha256 P15.02
< ERR {CONFLICT} {_...}
