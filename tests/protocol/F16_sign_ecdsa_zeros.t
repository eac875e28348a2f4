# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# r or s that begins with a zero byte keeps it; a module that leaves out zero
# bytes of both has them put back.
token demo
key p256 01 p256
key p521 02 p521
let digest = hash sha256 616263
let info = digestinfo sha256 {digest}
start
> CHECKPIN
pin 123456
< OK
> SETDATA {info}
< OK
shim ecdsa zero
each round 1 2 3
> PKSIGN --hash=sha256 P15.01
data-length 64
data-verify 01 sha256 {digest}
< OK
done
unshim ecdsa zero
shim ecdsa short
each round 1 2 3 4
> PKSIGN --hash=sha256 P15.02
data-length 132
data-verify 02 sha256 {digest}
< OK
done
