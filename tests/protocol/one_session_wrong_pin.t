# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The same token while a PIN is wrong, cancelled, and waited for.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
shim max-sessions 1
start
> SETDATA {digest}
< OK
2> SETDATA {digest}
2< OK
> PKSIGN --hash=sha256 P15.01
pin 654321
< INQUIRE NEEDPIN {_...}
# Nobody has the session while the person thinks.
2> KEYINFO --list
2< S KEYINFO {_...}
2< OK
2> LEARN --force
2<* OK
2> PKSIGN --hash=sha256 P15.01
> CAN
< ERR {CANCELED} {_...}
2pin 123456
2data-verify 01 sha256 {digest}
2< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 2
