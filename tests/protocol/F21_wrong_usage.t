# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key that may not do what is asked is refused before the PIN is asked for,
# without a call of the module.
token demo
key rsa2048 01 rsa-s usage=s
key rsa2048 02 rsa-d usage=d
key p256 03 ec-s usage=s
key p256 04 ec-d usage=d
key ed25519 05 ed
key x25519 06 box
let digest = hash sha256 616263
let info = digestinfo sha256 {digest}
let cipher = rsa-encrypt 01 00112233
let point secret = ecdh 03
start
> SERIALNO
< S SERIALNO {_}
< OK
> SETDATA {cipher}
< OK
> PKDECRYPT P15.01
< ERR {WRONG_KEY_USAGE} {_...}
calls-any 0
> SETDATA {point}
< OK
> PKDECRYPT P15.05
< ERR {WRONG_KEY_USAGE} {_...}
calls-any 0
> SETDATA {info}
< OK
> PKSIGN --hash=sha256 P15.02
< ERR {WRONG_KEY_USAGE} {_...}
calls-any 0
> PKAUTH P15.02
< ERR {WRONG_KEY_USAGE} {_...}
calls-any 0
> PKSIGN --hash=sha256 P15.04
< ERR {WRONG_KEY_USAGE} {_...}
calls-any 0
> PKSIGN --hash=sha256 P15.06
< ERR {WRONG_KEY_USAGE} {_...}
calls-any 0
> PKAUTH P15.06
< ERR {WRONG_KEY_USAGE} {_...}
calls-any 0
calls-total C_Login 0
# When private keys are in sight, the same holds.
> CHECKPIN
pin 123456
< OK
> PKSIGN --hash=sha256 P15.02
< ERR {WRONG_KEY_USAGE} {_...}
calls-any 0
> SETDATA {point}
< OK
> PKDECRYPT P15.03
< ERR {WRONG_KEY_USAGE} {_...}
calls-any 0
> SETDATA {info}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
