# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What clients have said stays: their data, their card, the card that anybody
# asked for last, the lock.
token one
key p256 01 k1
token two
key p256 01 k2
let g1 = keygrip k1
let g2 = keygrip k2
let digest = hash sha256 616263
start
> GETINFO card_list
< S SERIALNO {one}
< S SERIALNO {two}
< OK
2> SERIALNO --demand={two}
2< S SERIALNO {two}
2< OK
2> SETDATA {digest}
2< OK
2> LOCK
2< OK
> RELOADCONF
< OK
2> PKSIGN --hash=sha256 P15.01
2pin 123456
2data-verify k2 sha256 {digest}
2< OK
3> LOCK
3< ERR {LOCKED} {_...}
2> UNLOCK
2< OK
3> SERIALNO
3< S SERIALNO {two}
3< OK
# A card that the new configuration leaves out is gone for who chose it.
config match-uri pkcs11:token=one
> RELOADCONF
< OK
2> PKSIGN --hash=sha256 P15.01
2< ERR {CARD_NOT_PRESENT} {_...}
2> RESTART
2< OK
2> SERIALNO
2< S SERIALNO {one}
2< OK
