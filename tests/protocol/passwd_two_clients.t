# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# While somebody changes the PIN, another client that has to enter it waits for
# the outcome.  One that needs none does not.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> PASSWD 1
< INQUIRE NEEDPIN ||{_...}
2> CHECKPIN
3> KEYINFO --list
3< S KEYINFO {_...}
3< OK
3> LEARN --force
3<* OK
> D 123456
> END
< INQUIRE NEEDPIN |N|{_...}
> D new-pin-1
> END
< OK
2< INQUIRE NEEDPIN ||Please enter the PIN to unlock the token.{_...}
2> D new-pin-1
2> END
2< OK
# Logged in, nobody waits.
> PASSWD 1
< INQUIRE NEEDPIN ||{_...}
2> SETDATA {digest}
2< OK
2> PKSIGN --hash=sha256 P15.01
2data-verify 01 sha256 {digest}
2< OK
calls C_Sign 1
> CAN
< ERR {CANCELED} {_...}
calls-total C_Login 1
