# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A PIN shorter or longer than the token's can be is not sent to it; the next
# prompt says why.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
let long = repeat 7 256
let huge = repeat 7 900
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_...}
> D 123
> END
< INQUIRE NEEDPIN ||That PIN was not tried: this token's PIN has 4 to 255 characters.{_...}
calls-total C_Login 0
> D {long}
> END
< INQUIRE NEEDPIN ||That PIN was not tried: {_...}
calls-total C_Login 0
> D 123456
> END
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 1
> DISCONNECT
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_...}
> D 1
> END
< INQUIRE NEEDPIN {_...}
> D {huge}
> D {huge}
> END
< ERR {_} {_...}
calls C_Login 0
# Three of them, and the command fails.
> PKSIGN --hash=sha256 P15.01
pin 1
pin 12
pin 123
< ERR {BAD_PIN} {_...}
calls C_Login 0
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 2
