# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A client that cancels, or vanishes, while others wait for its login hands the
# prompt over to the next.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
2> SETDATA {digest}
2< OK
3> SETDATA {digest}
3< OK
# One that says CAN.
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_...}
2> PKSIGN --hash=sha256 P15.01
sleep 100
> CAN
< ERR {CANCELED} {_...}
2< INQUIRE NEEDPIN {_...}
# One that is gone.
3> PKSIGN --hash=sha256 P15.01
sleep 100
2gone
3< INQUIRE NEEDPIN {_...}
3> D 123456
3> END
3data-verify 01 sha256 {digest}
3< OK
calls-total C_Login 1
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
