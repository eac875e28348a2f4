# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that says nothing, or nonsense, about an attribute of every object:
# no crash, no answer that breaks the protocol, and all is well when it tells
# the truth again.
token demo
key rsa2048 01 one cert
key p256 02 two
key ed25519 03 three
start
each attribute CKA_ID CKA_LABEL CKA_KEY_TYPE CKA_MODULUS CKA_PUBLIC_EXPONENT CKA_EC_PARAMS CKA_EC_POINT CKA_VALUE CKA_VERIFY CKA_CERTIFICATE_TYPE
each how unavailable silent length=0 length=1 length=65537 length=1099511627776 length=18446744073709551614 length=18446744073709551615 hex= hex=00 hex=04FF hex=3080 hex=308400000000
shim attr * {attribute} {how}
> LEARN --force
<* S SERIALNO {sn}
<* OK
unshim attr * {attribute} {how}
done
done
> LEARN --force
<~ S KEYPAIRINFO {_} P15.01 {_} {_:[0-9]+} rsa2048
<~ S KEYPAIRINFO {_} P15.02 {_} {_:[0-9]+} nistp256
<~ S KEYPAIRINFO {_} P15.03 {_} {_:[0-9]+} ed25519
<* OK
calls-total C_Login 0
