# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A reload logs out of all tokens, for all clients, whose connections stay; a PIN
# that the agent remembers for us is not used any more.
token one
key rsa2048 01 k1
token two
key p256 02 k2
config use-gnupg-pin-cache
let g1 = keygrip k1
let g2 = keygrip k2
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
each grip {g1} {g2}
> PKSIGN --hash=sha256 {grip}
pin 123456
< S PINCACHE_PUT {_} {_}
< D {_...}
< OK
done
2> SETDATA {digest}
2< OK
2> PKSIGN --hash=sha256 {g2}
calls C_Login 0
2data-verify k2 sha256 {digest}
2< OK
> RELOADCONF
< OK
calls C_Logout 2
2> PKSIGN --hash=sha256 {g2}
2< INQUIRE NEEDPIN ||Please enter{_...}
2> D 123456
2> END
2< S PINCACHE_PUT {_} {_}
2data-verify k2 sha256 {digest}
2< OK
> PKSIGN --hash=sha256 {g1}
pin 123456
< S PINCACHE_PUT {_} {_}
data-verify k1 sha256 {digest}
< OK
calls-total C_Login 4
