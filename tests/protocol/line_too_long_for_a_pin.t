# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# An answer to NEEDPIN that is too long for a line costs no try.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
let long = repeat 7 1100
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_...}
> D {long}
< ERR {_} {_...}
> NOP
<* OK{_...}
calls-total C_Login 0
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 1
