# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A prompt that nobody answers delays no other client's questions.
token demo
key rsa2048 01 mykey cert
token other
key rsa2048 01 otherkey
let digest = hash sha256 616263
let grip = keygrip mykey
let ogrip = keygrip otherkey
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {grip}
< INQUIRE NEEDPIN {_...}
2> KEYINFO --list
2<~ S KEYINFO {grip} {_...}
2<~ S KEYINFO {ogrip} {_...}
2< OK
2> READKEY {grip}
2data-is-key mykey
2< OK
2> READCERT {grip}
2data-is-cert mykey
2< OK
2> SERIALNO --all
2< S SERIALNO {_}
2< OK
2> LEARN --force
2<* OK
2> GETATTR $DISPSERIALNO {grip}
2< S $DISPSERIALNO {_}
2< OK
# Nor the use of another token.
2> SETDATA {digest}
2< OK
2> PKSIGN --hash=sha256 {ogrip}
2pin 123456
2data-verify otherkey sha256 {digest}
2< OK
> D 123456
> END
data-verify mykey sha256 {digest}
< OK
