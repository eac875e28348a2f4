# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that gives DER instead of two halves: it has room for it, and the
# halves are made of it.
token demo
key p256 01 p256
key p384 02 p384
key p521 03 p521
key bp512 04 bp512
key k256 05 k256
let digest = hash sha512 616263
let info = digestinfo sha512 {digest}
shim ecdsa der
start
> CHECKPIN
pin 123456
< OK
> SETDATA {info}
< OK
each id 01 02 03 04 05
each round 1 2 3 4 5 6
> PKSIGN --hash=sha512 P15.{id}
data-verify {id} sha512 {digest}
< OK
calls C_Sign 1
done
done
