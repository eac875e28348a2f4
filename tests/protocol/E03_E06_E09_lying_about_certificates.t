# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A certificate that is not to be had, is none, or is too large to be one takes
# nothing from its key.
token demo
key rsa2048 01 one cert
key p256 02 two
let g1 = keygrip 01
let g2 = keygrip 02
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> CHECKPIN
pin 123456
< OK
each how unavailable silent length=0 length=1099511627776 length=140737488355328 length=18446744073709551614 hex= hex=3080 hex=30820400
shim attr CKO_CERTIFICATE CKA_VALUE {how}
> LEARN --force
<~ S KEYPAIRINFO {g1} P15.01 {_} {_:[0-9]+} rsa2048
<~ S KEYPAIRINFO {g2} P15.02 {_} {_:[0-9]+} nistp256
<! S CERTINFO {_...}
<* OK
> READCERT P15.01
< ERR {NOT_FOUND} {_...}
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
unshim attr CKO_CERTIFICATE CKA_VALUE {how}
done
> LEARN --force
<* OK
> READCERT P15.01
data-is-cert 01
< OK
