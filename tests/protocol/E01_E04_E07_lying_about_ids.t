# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Without a CKA_ID, or with a length that cannot be, keys have references by
# their keygrip; the other names work all the same.
token demo
key rsa2048 01 one
key p256 02 two
let g1 = keygrip 01
let g2 = keygrip 02
let x1 = run echo {g1} | cut -c1-16
let digest = hash sha256 616263
start
each how unavailable silent length=0 hex= length=140737488355328 length=18446744073709551614
shim attr * CKA_ID {how}
> LEARN --force
<~ S KEYPAIRINFO {g1} P15.X{x1} {_} {_:[0-9]+} rsa2048
<~ S KEYPAIRINFO {g2} P15.X{_} {_} {_:[0-9]+} nistp256
<* OK
> READKEY P15.X{x1}
data-is-key 01
< OK
unshim attr * CKA_ID {how}
done
shim attr * CKA_ID unavailable
> LEARN --force
<* OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {g1}
pin 123456
data-verify 01 sha256 {digest}
< OK
