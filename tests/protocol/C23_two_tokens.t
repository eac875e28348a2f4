# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Two tokens with different PINs: each C_Login has the PIN that was typed for its
# token, whatever happens to the other one in between.
token one pin=PIN-of-one
key rsa2048 01 k1
key rsa2048 02 careful1 aa
let g1 = keygrip k1
let a1 = keygrip careful1
token two pin=PIN-of-two
key rsa2048 01 k2
key rsa2048 02 careful2 aa
let g2 = keygrip k2
let a2 = keygrip careful2
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
2> SETDATA {digest}
2< OK
# Both prompts are open; they are answered in the other order.
> PKSIGN --hash=sha256 {g1}
< INQUIRE NEEDPIN {_:.*}Token: one{_...}
2> PKSIGN --hash=sha256 {g2}
2< INQUIRE NEEDPIN {_:.*}Token: two{_...}
2> D PIN-of-two
2> END
2data-verify k2 sha256 {digest}
2< OK
> D PIN-of-one
> END
data-verify k1 sha256 {digest}
< OK
calls-total C_Login 2
# Keys that want the PIN at each use.
> PKSIGN --hash=sha256 {a1}
< INQUIRE NEEDPIN {_:.*}Token: one{_...}
2> PKSIGN --hash=sha256 {a2}
2< INQUIRE NEEDPIN {_:.*}Token: two{_...}
> D PIN-of-one
> END
data-verify careful1 sha256 {digest}
< OK
2> D PIN-of-two
2> END
2data-verify careful2 sha256 {digest}
2< OK
calls-total C_Login 4
# A second try on one of them, with both logins lost: no PIN is left to be sent.
shim suspend
> PKSIGN --hash=sha256 {g1}
< INQUIRE NEEDPIN {_:.*}Token: one{_...}
> D PIN-of-one
> END
data-verify k1 sha256 {digest}
< OK
calls C_Login 1
> PKSIGN --hash=sha256 {a2}
< INQUIRE NEEDPIN {_:.*}Token: two{_...}
> D PIN-of-two
> END
data-verify careful2 sha256 {digest}
< OK
calls C_Login 2
# None of them was wrong.
run test "$(grep '^C_Login' calls | sort -u)" = 'C_Login 0x0'
# A wrong one: what was typed for one token is no reason to ask for the other's.
> GETATTR SERIALNO {g1}
< S SERIALNO {one}
< OK
> SWITCHCARD {one}
< S SERIALNO {one}
< OK
> DISCONNECT
< OK
> PKSIGN --hash=sha256 {g1}
< INQUIRE NEEDPIN {_:.*}Token: one{_...}
> D PIN-of-two
> END
< INQUIRE NEEDPIN ||That PIN was wrong.{_:.*}Token: one{_...}
calls C_Login 1
> CAN
< ERR {CANCELED} {_...}
> PKSIGN --hash=sha256 {g2}
data-verify k2 sha256 {digest}
< OK
calls C_Login 0
# The token goes while its PIN is typed: the other one does not get it.
> PKSIGN --hash=sha256 {g1}
< INQUIRE NEEDPIN {_:.*}Token: one{_...}
shim absent one
> D PIN-of-one
> END
< ERR {CARD_REMOVED} {_...}
run test "$(grep -c '^C_Login 0x0$' calls)" -eq 7
run test "$(grep -c '^C_Login 0xa0$' calls)" -eq 1
> PKSIGN --hash=sha256 {g2}
data-verify k2 sha256 {digest}
< OK
run test "$(grep -c '^C_Login 0xa0$' calls)" -eq 1
