# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# CAN and an empty answer cancel; neither costs a try.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
let pad = repeat %00 90
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_...}
> CAN
< ERR {CANCELED} {_...}
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_...}
> END
< ERR {CANCELED} {_...}
# gpg-agent's empty PIN: its buffer with nothing in it.
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_...}
> D {pad}
> END
< ERR {CANCELED} {_...}
calls-total C_Login 0
# Behind a wrong one.
> PKSIGN --hash=sha256 P15.01
pin 654321
< INQUIRE NEEDPIN {_...}
> CAN
< ERR {CANCELED} {_...}
calls-total C_Login 1
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN ||A wrong PIN was entered before.{_...}
> D 123456
> END
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 2
