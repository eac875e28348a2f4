# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that takes longer to be read than a row of questions may rest: the time in
# which it is read is no rest, and the next question no reason to read it again.
token demo
key rsa2048 01 mykey
let none = repeat AB 20
let other = repeat CD 20
start
> KEYINFO --list
< S KEYINFO {_...}
< OK
calls C_FindObjectsInit 2
shim delay C_FindObjectsInit 1200
> READKEY {none}
< ERR {NO_SECKEY} {_...}
calls C_FindObjectsInit 2
> READKEY {other}
< ERR {NO_SECKEY} {_...}
calls-any 0
2> READKEY {other}
2< ERR {NO_SECKEY} {_...}
calls-any 0
