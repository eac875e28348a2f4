# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that shows its private keys to everybody: what they may not do is
# refused without a PIN, for EC keys too.
token demo
key p256 01 ec-s usage=s open
key p256 02 ec-d usage=d open
key rsa2048 03 rsa-d usage=d open
let digest = hash sha256 616263
let point secret = ecdh 01
start
> LEARN --keypairinfo
< S KEYPAIRINFO {_} P15.01 sca {_:[0-9]+} nistp256
< S KEYPAIRINFO {_} P15.02 e {_:[0-9]+} nistp256
< S KEYPAIRINFO {_} P15.03 e {_:[0-9]+} rsa2048
< OK
> SETDATA {point}
< OK
> PKDECRYPT P15.01
< ERR {WRONG_KEY_USAGE} {_...}
calls-any 0
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.02
< ERR {WRONG_KEY_USAGE} {_...}
calls-any 0
> PKAUTH P15.03
< ERR {WRONG_KEY_USAGE} {_...}
calls-any 0
calls-total C_Login 0
