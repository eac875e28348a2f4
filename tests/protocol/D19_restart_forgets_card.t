# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# RESTART and RESET forget which card was chosen.
token one
key rsa2048 01 k1
token two
key rsa2048 01 k2
let g1 = keygrip k1
let g2 = keygrip k2
start
> GETATTR SERIALNO {g1}
< S SERIALNO {one}
< OK
> GETATTR SERIALNO {g2}
< S SERIALNO {two}
< OK
> SWITCHCARD {two}
< S SERIALNO {two}
< OK
> READKEY P15.01
data-is-key k2
< OK
# Another client's demand is what a session without a choice falls back to.
2> SERIALNO --demand={one}
2< S SERIALNO {one}
2< OK
> GETATTR SERIALNO
< S SERIALNO {two}
< OK
> RESTART
< OK
> GETATTR SERIALNO
< S SERIALNO {one}
< OK
> READKEY P15.01
data-is-key k1
< OK
> SWITCHCARD {two}
< S SERIALNO {two}
< OK
> RESET
< OK{_...}
> GETATTR SERIALNO
< S SERIALNO {one}
< OK
