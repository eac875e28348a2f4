# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# DISCONNECT logs out the token that the client chose; of one that chose none,
# as after RESTART, all tokens.
token one
key rsa2048 01 first
token two
key rsa2048 02 second
let digest = hash sha256 616263
let g1 = keygrip first
let g2 = keygrip second
start
> SETDATA {digest}
< OK
each name first second
let grip = keygrip {name}
> PKSIGN --hash=sha256 {grip}
pin 123456
data-verify {name} sha256 {digest}
< OK
done
# It knows the token that a client asked for last; the other one counts too.
> GETATTR SERIALNO {g2}
< S SERIALNO {two}
< OK
> SERIALNO --demand={two}
< S SERIALNO {two}
< OK
> RESTART
< OK
> DISCONNECT
< OK
> SETDATA {digest}
< OK
each name first second
let grip = keygrip {name}
> PKSIGN --hash=sha256 {grip}
pin 123456
data-verify {name} sha256 {digest}
< OK
done
calls-total C_Login 4
# The one that was chosen, and no other.
> SWITCHCARD {two}
< S SERIALNO {two}
< OK
> DISCONNECT
< OK
> PKSIGN --hash=sha256 {g1}
data-verify first sha256 {digest}
< OK
> PKSIGN --hash=sha256 {g2}
pin 123456
data-verify second sha256 {digest}
< OK
calls-total C_Login 5
