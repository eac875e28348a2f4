# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A client of the socket that vanishes at the prompt leaves everything usable,
# and its half-typed PIN is not sent.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
2> CHECKPIN
2< INQUIRE NEEDPIN {_...}
2> D 1234
2gone
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 1
# Those that vanish before the answer, or in the middle of a command.
3> KEYINFO --list
3gone
4> SETDATA 00
4>x 504B
4gone
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
