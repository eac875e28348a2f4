# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Labels that are not to be had leave every key where it is, and usable.
token demo
key rsa2048 01 one
key p256 02 two
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> CHECKPIN
pin 123456
< OK
each how unavailable silent length=0 hex= length=65537 length=140737488355328 length=18446744073709551614
shim attr * CKA_LABEL {how}
> LEARN --force
<~ S KEYPAIRINFO {_} P15.01 {_} {_:[0-9]+} rsa2048
<~ S KEYPAIRINFO {_} P15.02 {_} {_:[0-9]+} nistp256
<* OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
unshim attr * CKA_LABEL {how}
done
