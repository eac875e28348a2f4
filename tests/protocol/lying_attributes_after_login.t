# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The same of private keys, whose attributes show after the login only; and a
# key is used although its attributes are not to be had.
token demo
key rsa2048 01 one
key p256 02 two
let digest = hash sha256 616263
start
> CHECKPIN
pin 123456
< OK
> SETDATA {digest}
< OK
each attribute CKA_ID CKA_LABEL CKA_KEY_TYPE CKA_MODULUS CKA_EC_PARAMS CKA_EC_POINT CKA_SIGN CKA_DERIVE CKA_ALWAYS_AUTHENTICATE
each how unavailable silent length=0 length=65537 length=18446744073709551614 hex= hex=3080
shim attr CKO_PRIVATE_KEY {attribute} {how}
> LEARN --force
<* S SERIALNO {sn}
<* OK
> PKSIGN --hash=sha256 P15.02
<* {_:OK|ERR .*}
> NOP
<* OK{_...}
unshim attr CKO_PRIVATE_KEY {attribute} {how}
done
done
