# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that allows one session, and a command of the configuration before the
# reload that waits for something else: the session is given up for the new one.
token demo
key rsa2048 01 mykey
token other pin=654321
key rsa2048 01 otherkey
let grip = keygrip mykey
let ogrip = keygrip otherkey
let digest = hash sha256 616263
shim max-sessions 1
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {grip}
pin 123456
data-verify mykey sha256 {digest}
< OK
2> SETDATA {digest}
2< OK
2> PKSIGN --hash=sha256 {ogrip}
2< INQUIRE NEEDPIN {prompt...}
config card-type pkcs11
> RELOADCONF
< OK
> PKSIGN --hash=sha256 {grip}
pin 123456
data-verify mykey sha256 {digest}
< OK
2> D 654321
2> END
2data-verify otherkey sha256 {digest}
2< OK
# Its own token is there for the others when it has finished.
> PKSIGN --hash=sha256 {ogrip}
pin 654321
data-verify otherkey sha256 {digest}
< OK
