# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key whose public value is nonsense is left out, or known from its
# certificate; the others are listed.
token demo
key rsa2048 01 one cert
key p256 02 two
key rsa2048 03 three
let g1 = keygrip 01
let g2 = keygrip 02
let g3 = keygrip 03
start
each how unavailable silent length=0 length=18446744073709551614 hex= hex=00
shim attr * CKA_EC_POINT {how}
> LEARN --force
<~ S KEYPAIRINFO {g1} P15.01 {_} {_:[0-9]+} rsa2048
<~ S KEYPAIRINFO {g3} P15.03 {_} {_:[0-9]+} rsa2048
<! S KEYPAIRINFO {g2} {_...}
<! S KEYPAIRINFO {_} P15.02 {_...}
<* OK
unshim attr * CKA_EC_POINT {how}
shim attr * CKA_MODULUS {how}
> LEARN --force
<~ S KEYPAIRINFO {g1} P15.01 {_} {_:[0-9]+} rsa2048
<~ S KEYPAIRINFO {g2} P15.02 {_} {_:[0-9]+} nistp256
<! S KEYPAIRINFO {_} P15.03 {_...}
<* OK
unshim attr * CKA_MODULUS {how}
done
log-has left out: public key 'two' with CKA_ID 02
